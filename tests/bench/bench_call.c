/* SPDX-License-Identifier: MIT
 *
 * bench/bench_call.c: the sealed 64-byte call beside a raw TCP ping-pong of the same bytes,
 * both ends on one CPU, in turns within one run. Prints medians; judges nothing. Needs a realm:
 * make bench.
 */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "echo.h"

enum {
    NUM_ROUNDS = 7,
    NUM_CALLS = 5000,            /* of a round */
    DATA_LEN = 56,               /* with length and count a stub of 64 bytes */
    WIRE_LEN = 24 + 64 + 8 + 76, /* header, stub, trailer, token of AES with SHA-1 */
};

struct row {
    const char *name;
    double us[NUM_ROUNDS];
};

static void give_up(const char *what)
{
    perror(what);
    exit(1);
}

static double now_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static void pin_to_one_cpu(void)
{
    cpu_set_t allowed, one;
    size_t cpu = 0;

    sched_getaffinity(0, sizeof(allowed), &allowed);
    while (!CPU_ISSET(cpu, &allowed))
        cpu++;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    if (sched_setaffinity(0, sizeof(one), &one))
        give_up("sched_setaffinity");
}

/* ---- raw ---- */

static void move_all(int fd, uint8_t *data, int sending)
{
    for (size_t at = 0; at < WIRE_LEN;) {
        ssize_t got = sending ? send(fd, data + at, WIRE_LEN - at, MSG_NOSIGNAL)
                              : recv(fd, data + at, WIRE_LEN - at, 0);

        if (got <= 0)
            exit(0);
        at += (size_t)got;
    }
}

static int set_nodelay(int fd)
{
    const int on = 1;

    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    return fd;
}

/* Forks a server that sends back what it gets; gives the port. */
static uint16_t start_raw(void)
{
    struct sockaddr_in name = {.sin_family = AF_INET,
                               .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(name);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    uint8_t data[WIRE_LEN];

    if (bind(fd, (struct sockaddr *)&name, sizeof(name)) || listen(fd, 1) ||
        getsockname(fd, (struct sockaddr *)&name, &len))
        give_up("listen");
    if (fork() == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        fd = set_nodelay(accept(fd, NULL, NULL));
        for (;;) {
            move_all(fd, data, 0);
            move_all(fd, data, 1);
        }
    }
    close(fd);
    return ntohs(name.sin_port);
}

static int connect_raw(uint16_t port)
{
    const struct sockaddr_in name = {.sin_family = AF_INET,
                                     .sin_port = htons(port),
                                     .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = set_nodelay(socket(AF_INET, SOCK_STREAM, 0));

    if (connect(fd, (const struct sockaddr *)&name, sizeof(name)))
        give_up("connect");
    return fd;
}

static double time_raw(int fd)
{
    uint8_t data[WIRE_LEN] = {0};
    double start = now_us();

    for (int i = 0; i < NUM_CALLS; i++) {
        move_all(fd, data, 1);
        move_all(fd, data, 0);
    }
    return (now_us() - start) / NUM_CALLS;
}

/* ---- sealed ---- */

static rpcsec_status echo_data(struct rpcsec_call *call, uint32_t len, const uint8_t *in_data,
                               uint8_t **ret_out_data)
{
    (void)call;
    memcpy(*ret_out_data, in_data, len);
    return RPCSEC_OK;
}

/* In the child: tells its binding through the pipe and serves. */
static void serve(enum rpcsec_level level, bool non_blocking, int tell)
{
    static const struct rpcecho_ops ops = {.EchoData = echo_data};
    const struct rpcsec_service_options options = {
        .size = sizeof(options), .level = level, .non_blocking = non_blocking};
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct rpcsec_server *server = NULL;
    char binding[128] = "";

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (rpcsec_server_new(NULL, &server, &err) ||
        rpcsec_server_add_with(server, rpcecho_interface(&ops), &options, &err) ||
        rpcsec_server_listen(server, "ncacn_ip_tcp:127.0.0.1[0]", &err)) {
        fprintf(stderr, "bench: %s\n", rpcsec_error_text(&err));
        exit(1);
    }
    snprintf(binding, sizeof(binding), "%s", rpcsec_server_binding(server, 0));
    if (write(tell, binding, sizeof(binding)) < 0)
        give_up("write");
    if (rpcsec_server_run(server, &err))
        fprintf(stderr, "bench: %s\n", rpcsec_error_text(&err));
    exit(1);
}

static void start_server(enum rpcsec_level level, bool non_blocking, char binding[128])
{
    int ends[2];

    if (pipe(ends))
        give_up("pipe");
    if (fork() == 0)
        serve(level, non_blocking, ends[1]);
    close(ends[1]);
    if (read(ends[0], binding, 128) != 128)
        exit(1);
    close(ends[0]);
}

static void call_once(struct rpcsec_client *client, struct rpcsec_arena *arena,
                      const uint8_t data[DATA_LEN])
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    uint8_t *copy = NULL;

    rpcsec_arena_reset(arena);
    if (rpcecho_EchoData(client, arena, DATA_LEN, data, &copy, &err) ||
        memcmp(copy, data, DATA_LEN) != 0) {
        fprintf(stderr, "bench: %s\n", rpcsec_error_text(&err));
        exit(1);
    }
}

static struct rpcsec_client *open_client(const char *binding, enum rpcsec_level level)
{
    const struct rpcsec_client_options options = {.size = sizeof(options), .level = level};
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct rpcsec_client *client = NULL;

    if (rpcsec_client_open_with(binding, "bench/localhost", &options, &client, &err)) {
        fprintf(stderr, "bench: %s\n", rpcsec_error_text(&err));
        exit(1);
    }
    return client;
}

static double time_calls(struct rpcsec_client *client)
{
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    const uint8_t data[DATA_LEN] = {1, 2, 3};
    double start;
    double us;

    if (!arena)
        give_up("arena");
    call_once(client, arena, data); /* binds */
    start = now_us();
    for (int i = 0; i < NUM_CALLS; i++)
        call_once(client, arena, data);
    us = (now_us() - start) / NUM_CALLS;
    rpcsec_arena_free(arena);
    return us;
}

/* ---- the table ---- */

static int compare(const void *a, const void *b)
{
    const double *x = a;
    const double *y = b;

    return (*x > *y) - (*x < *y);
}

static void print_rows(struct row *rows, size_t num)
{
    printf("%-42s %10s %10s %8s\n", "one CPU, both ends", "us a call", "calls/s", "of raw");
    for (size_t i = 0; i < num; i++) {
        qsort(rows[i].us, NUM_ROUNDS, sizeof(double), compare);
        printf("%-42s %10.1f %10.0f %8.2f\n", rows[i].name, rows[i].us[NUM_ROUNDS / 2],
               1e6 / rows[i].us[NUM_ROUNDS / 2],
               rows[0].us[NUM_ROUNDS / 2] / rows[i].us[NUM_ROUNDS / 2]);
    }
}

int main(void)
{
    struct row rows[] = {
        {.name = "raw TCP ping-pong, 172 bytes"},
        {.name = "sealed 64-byte call, on the loop"},
        {.name = "signed 64-byte call, on the loop"},
        {.name = "sealed 64-byte call, on the pool"},
    };
    char inline_binding[128], pool_binding[128];
    struct rpcsec_client *sealed, *with_pool, *signed_only;
    int raw;

    pin_to_one_cpu(); /* children inherit it */
    start_server(RPCSEC_LEVEL_INTEGRITY, true, inline_binding);
    start_server(RPCSEC_LEVEL_PRIVACY, false, pool_binding);
    raw = connect_raw(start_raw());
    sealed = open_client(inline_binding, RPCSEC_LEVEL_PRIVACY);
    signed_only = open_client(inline_binding, RPCSEC_LEVEL_INTEGRITY);
    with_pool = open_client(pool_binding, RPCSEC_LEVEL_PRIVACY);
    for (int round = 0; round < NUM_ROUNDS; round++) {
        rows[0].us[round] = time_raw(raw);
        rows[1].us[round] = time_calls(sealed);
        rows[2].us[round] = time_calls(signed_only);
        rows[3].us[round] = time_calls(with_pool);
    }
    print_rows(rows, sizeof(rows) / sizeof(rows[0]));
    rpcsec_client_close(sealed);
    rpcsec_client_close(signed_only);
    rpcsec_client_close(with_pool);
    return 0;
}
