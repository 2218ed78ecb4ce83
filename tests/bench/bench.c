/* SPDX-License-Identifier: MIT
 *
 * bench/bench.c: see bench.h.
 */
#include "bench.h"

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

void bench_give_up(const char *what)
{
    perror(what);
    exit(1);
}

static void check(rpcsec_status status, const struct rpcsec_error *err)
{
    if (status != RPCSEC_OK) {
        fprintf(stderr, "bench: %s\n", rpcsec_error_text(err));
        exit(1);
    }
}

/* ---- Processors and clocks ---- */

void bench_pin(int num_cpus)
{
    cpu_set_t allowed, chosen;

    sched_getaffinity(0, sizeof(allowed), &allowed);
    CPU_ZERO(&chosen);
    for (size_t cpu = 0; cpu < CPU_SETSIZE && CPU_COUNT(&chosen) < num_cpus; cpu++) {
        if (CPU_ISSET(cpu, &allowed))
            CPU_SET(cpu, &chosen);
    }
    if (sched_setaffinity(0, sizeof(chosen), &chosen))
        bench_give_up("sched_setaffinity");
}

static double clock_us(clockid_t clock)
{
    struct timespec now;

    if (clock_gettime(clock, &now))
        bench_give_up("clock_gettime");
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

double bench_now_us(void)
{
    return clock_us(CLOCK_MONOTONIC);
}

double bench_cpu_us(pid_t other)
{
    double own = clock_us(CLOCK_PROCESS_CPUTIME_ID);
    clockid_t clock;

    if (other == 0)
        return own;
    if (clock_getcpuclockid(other, &clock) != 0)
        bench_give_up("clock_getcpuclockid");
    return own + clock_us(clock);
}

/* ---- Figures ---- */

void bench_figure(const char *name, double value, const char *unit)
{
    printf("%s\t%.3f\t%s\n", name, value, unit);
    fflush(stdout);
}

static int compare(const void *a, const void *b)
{
    const double *x = a;
    const double *y = b;

    return (*x > *y) - (*x < *y);
}

double bench_median(double values[BENCH_ROUNDS])
{
    qsort(values, BENCH_ROUNDS, sizeof(double), compare);
    return values[BENCH_ROUNDS / 2];
}

/* ---- The server ---- */

static rpcsec_status echo_data(struct rpcsec_call *call, uint32_t len, const uint8_t *in_data,
                               uint8_t **ret_out_data)
{
    (void)call;
    memcpy(*ret_out_data, in_data, len);
    return RPCSEC_OK;
}

static rpcsec_status sink_data(struct rpcsec_call *call, uint32_t len, const uint8_t *data)
{
    (void)call;
    (void)len;
    (void)data;
    return RPCSEC_OK;
}

static struct rpcsec_policy *policy_of(uint64_t fragment)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct rpcsec_policy *policy = NULL;

    check(rpcsec_policy_new(&policy, &err), &err);
    if (fragment > 0)
        check(rpcsec_policy_set_limit(policy, RPCSEC_LIMIT_FRAGMENT_BYTES, fragment), NULL);
    check(rpcsec_policy_set_limit(policy, RPCSEC_LIMIT_HANDSHAKES, 100000), NULL);
    check(rpcsec_policy_set_limit(policy, RPCSEC_LIMIT_CONNECTIONS, 100000), NULL);
    check(rpcsec_policy_set_limit(policy, RPCSEC_LIMIT_ADDRESS_CONNECTIONS, 100000), NULL);
    check(rpcsec_policy_set_limit(policy, RPCSEC_LIMIT_NAME_CONNECTIONS, 100000), NULL);
    return policy;
}

/* In the child: tells its binding through the pipe and serves. */
static void serve(bool non_blocking, uint64_t fragment, int tell)
{
    static const struct rpcecho_ops ops = {.EchoData = echo_data, .SinkData = sink_data};
    const struct rpcsec_service_options options = {
        .size = sizeof(options), .level = RPCSEC_LEVEL_INTEGRITY, .non_blocking = non_blocking};
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct rpcsec_server *server = NULL;
    char binding[128] = "";

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    check(rpcsec_server_new(policy_of(fragment), &server, &err), &err);
    check(rpcsec_server_add_with(server, rpcecho_interface(&ops), &options, &err), &err);
    check(rpcsec_server_listen(server, "ncacn_ip_tcp:127.0.0.1[0]", &err), &err);
    snprintf(binding, sizeof(binding), "%s", rpcsec_server_binding(server, 0));
    if (write(tell, binding, sizeof(binding)) < 0)
        bench_give_up("write");
    check(rpcsec_server_run(server, &err), &err);
    exit(1);
}

struct bench_server bench_serve(bool non_blocking, uint64_t fragment)
{
    struct bench_server server = {0};
    int ends[2];

    if (pipe(ends))
        bench_give_up("pipe");
    server.pid = fork();
    if (server.pid == 0)
        serve(non_blocking, fragment, ends[1]);
    close(ends[1]);
    if (read(ends[0], server.binding, sizeof(server.binding)) != sizeof(server.binding))
        exit(1);
    close(ends[0]);
    return server;
}

void bench_stop(struct bench_server *server)
{
    kill(server->pid, SIGKILL);
    waitpid(server->pid, NULL, 0);
}

/* ---- Clients ---- */

struct rpcsec_client *bench_open(const struct bench_server *server, enum rpcsec_level level,
                                 uint64_t fragment)
{
    struct rpcsec_client_options options = {.size = sizeof(options), .level = level};
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct rpcsec_client *client = NULL;

    options.policy = policy_of(fragment);
    check(rpcsec_client_open_with(server->binding, BENCH_SPN, &options, &client, &err), &err);
    rpcsec_policy_free(options.policy);
    return client;
}

void bench_echo(struct rpcsec_client *client, struct rpcsec_arena *arena, const uint8_t *data,
                uint32_t len)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    uint8_t *copy = NULL;

    rpcsec_arena_reset(arena);
    check(rpcecho_EchoData(client, arena, len, data, &copy, &err), &err);
    if (memcmp(copy, data, len) != 0)
        exit(1);
}

/* ---- Sockets ---- */

static int without_delay(int fd)
{
    const int on = 1;

    if (fd < 0 || setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)))
        bench_give_up("TCP_NODELAY");
    return fd;
}

int bench_listen(uint16_t *ret_port)
{
    struct sockaddr_in name = {.sin_family = AF_INET,
                               .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(name);
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    if (bind(fd, (struct sockaddr *)&name, sizeof(name)) || listen(fd, 64) ||
        getsockname(fd, (struct sockaddr *)&name, &len))
        bench_give_up("listen");
    *ret_port = ntohs(name.sin_port);
    return fd;
}

int bench_accept(int fd)
{
    return without_delay(accept(fd, NULL, NULL));
}

int bench_connect(uint16_t port)
{
    const struct sockaddr_in name = {.sin_family = AF_INET,
                                     .sin_port = htons(port),
                                     .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = without_delay(socket(AF_INET, SOCK_STREAM, 0));

    if (connect(fd, (const struct sockaddr *)&name, sizeof(name)))
        bench_give_up("connect");
    return fd;
}
