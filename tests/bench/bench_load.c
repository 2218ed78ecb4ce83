/* SPDX-License-Identifier: MIT
 *
 * bench/bench_load.c: many calls at once, and large ones, in CPU time of both ends: 64 threads
 * on one connection, or 64 started by one; 1 MiB arguments; 64 connections on one loop and on
 * two.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"

enum {
    NUM_THREADS = 64,
    CALLS_OF_THREAD = 300,
    SMALL_LEN = 56, /* with length and count a stub of 64 bytes */
    BULK_LEN = 1 << 20,
    NUM_BULK = 12,
    LARGE_FRAGMENT = 65528,
};

struct worker {
    pthread_t thread;
    struct rpcsec_client *client;
    int num_calls;
};

static void *work(void *arg)
{
    const struct worker *worker = arg;
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    const uint8_t data[SMALL_LEN] = {1, 2, 3};

    if (!arena)
        bench_give_up("arena");
    for (int i = 0; i < worker->num_calls; i++)
        bench_echo(worker->client, arena, data, SMALL_LEN);
    rpcsec_arena_free(arena);
    return NULL;
}

static void run_all(struct worker workers[NUM_THREADS], int num_calls)
{
    for (int i = 0; i < NUM_THREADS; i++) {
        workers[i].num_calls = num_calls;
        if (pthread_create(&workers[i].thread, NULL, work, &workers[i]))
            bench_give_up("pthread_create");
    }
    for (int i = 0; i < NUM_THREADS; i++)
        pthread_join(workers[i].thread, NULL);
}

/* ---- One connection ---- */

static void bench_flight(void)
{
    struct bench_server server = bench_serve(true, 0);
    struct rpcsec_client *client = bench_open(&server, RPCSEC_LEVEL_PRIVACY, 0);
    struct worker workers[NUM_THREADS];
    double per_second[BENCH_ROUNDS];

    for (int i = 0; i < NUM_THREADS; i++)
        workers[i].client = client;
    run_all(workers, 10);
    for (int round = 0; round < BENCH_ROUNDS; round++) {
        double start = bench_cpu_us(server.pid);

        run_all(workers, CALLS_OF_THREAD);
        per_second[round] =
            NUM_THREADS * CALLS_OF_THREAD * 1e6 / (bench_cpu_us(server.pid) - start);
    }
    bench_figure("flight.sealed", bench_median(per_second), "calls per CPU-second");
    rpcsec_client_close(client);
    bench_stop(&server);
}

/* As many outstanding, all of one thread: nobody is woken for each. */
static void start_and_receive(struct rpcsec_client *client, struct rpcsec_arena *arena)
{
    const uint8_t data[SMALL_LEN] = {1, 2, 3};
    struct rpcsec_pending *calls[NUM_THREADS];
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    uint8_t *copy = NULL;

    rpcsec_arena_reset(arena);
    for (int i = 0; i < NUM_THREADS; i++) {
        if (rpcecho_EchoData_send(client, SMALL_LEN, data, NULL, NULL, &calls[i], &err))
            bench_give_up(rpcsec_error_text(&err));
    }
    for (int i = 0; i < NUM_THREADS; i++) {
        if (rpcecho_EchoData_recv(calls[i], arena, &copy, &err))
            bench_give_up(rpcsec_error_text(&err));
        if (memcmp(copy, data, SMALL_LEN) != 0)
            exit(1);
    }
}

static void bench_started(void)
{
    struct bench_server server = bench_serve(true, 0);
    struct rpcsec_client *client = bench_open(&server, RPCSEC_LEVEL_PRIVACY, 0);
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    double per_second[BENCH_ROUNDS];

    if (!arena)
        bench_give_up("arena");
    start_and_receive(client, arena);
    for (int round = 0; round < BENCH_ROUNDS; round++) {
        double start = bench_cpu_us(server.pid);

        for (int i = 0; i < CALLS_OF_THREAD; i++)
            start_and_receive(client, arena);
        per_second[round] =
            NUM_THREADS * CALLS_OF_THREAD * 1e6 / (bench_cpu_us(server.pid) - start);
    }
    bench_figure("flight.started", bench_median(per_second), "calls per CPU-second");
    rpcsec_arena_free(arena);
    rpcsec_client_close(client);
    bench_stop(&server);
}

/* ---- Bulk ---- */

static double bulk_round(struct rpcsec_client *client, pid_t server, const uint8_t *data)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    double start = bench_cpu_us(server);

    for (int i = 0; i < NUM_BULK; i++) {
        rpcsec_arena_reset(arena);
        if (rpcecho_SinkData(client, arena, BULK_LEN, data, &err))
            bench_give_up(rpcsec_error_text(&err));
    }
    rpcsec_arena_free(arena);
    return (double)NUM_BULK * BULK_LEN / (bench_cpu_us(server) - start);
}

static void bench_bulk(const char *name, uint64_t fragment)
{
    struct bench_server server = bench_serve(true, fragment);
    struct rpcsec_client *client = bench_open(&server, RPCSEC_LEVEL_PRIVACY, fragment);
    uint8_t *data = malloc(BULK_LEN);
    double rate[BENCH_ROUNDS];

    if (!data)
        bench_give_up("malloc");
    memset(data, 'b', BULK_LEN);
    bulk_round(client, server.pid, data);
    for (int round = 0; round < BENCH_ROUNDS; round++)
        rate[round] = bulk_round(client, server.pid, data);
    bench_figure(name, bench_median(rate), "MB per CPU-second");
    free(data);
    rpcsec_client_close(client);
    bench_stop(&server);
}

/* ---- Loops ---- */

/* Many connections, both ends free to use that many processors; elapsed time. */
static double calls_on(int num_cpus)
{
    struct bench_server server;
    struct worker workers[NUM_THREADS];
    double start;
    double us;

    bench_pin(num_cpus);
    server = bench_serve(true, 0);
    for (int i = 0; i < NUM_THREADS; i++) {
        workers[i].client = bench_open(&server, RPCSEC_LEVEL_PRIVACY, 0);
        workers[i].num_calls = 1; /* binds; the first gets the ticket for all */
        work(&workers[i]);
    }
    start = bench_now_us();
    run_all(workers, CALLS_OF_THREAD);
    us = bench_now_us() - start;
    for (int i = 0; i < NUM_THREADS; i++)
        rpcsec_client_close(workers[i].client);
    bench_stop(&server);
    return NUM_THREADS * CALLS_OF_THREAD * 1e6 / us;
}

/* In children: a process cannot take back what it was pinned to. */
static void bench_loops(const char *name, int num_cpus)
{
    double rate[BENCH_ROUNDS];
    int ends[2];

    if (pipe(ends))
        bench_give_up("pipe");
    for (int round = 0; round < BENCH_ROUNDS; round++) {
        if (fork() == 0) {
            double one = calls_on(num_cpus);

            _exit(write(ends[1], &one, sizeof(one)) != sizeof(one));
        }
        if (read(ends[0], &rate[round], sizeof(double)) != sizeof(double))
            bench_give_up("loops");
    }
    bench_figure(name, bench_median(rate), "calls per second");
    close(ends[0]);
    close(ends[1]);
}

int main(void)
{
    if (sysconf(_SC_NPROCESSORS_ONLN) > 1) {
        bench_loops("loops.one", 1);
        bench_loops("loops.two", 2);
    }
    bench_pin(1);
    bench_flight();
    bench_started();
    bench_bulk("bulk.sealed", 0);
    bench_bulk("bulk.sealed_64k", LARGE_FRAGMENT);
    return 0;
}
