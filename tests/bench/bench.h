/* SPDX-License-Identifier: MIT
 *
 * bench/bench.h: what the benchmarks share: a server in a child process, clients, clocks, and
 * the one way to tell a figure. Whatever fails ends the program with a message.
 */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include <sys/types.h>

#include "echo.h"

#define BENCH_ROUNDS 7

/* The realm's service (see local.mk). */
#define BENCH_SPN "bench/localhost"

void bench_give_up(const char *what);

/* Keeps this process and its later children on that many of its processors. */
void bench_pin(int num_cpus);

/* Elapsed time; and CPU time of this process and, where there is one, of another. */
double bench_now_us(void);
double bench_cpu_us(pid_t other);

/* Prints a figure for tests/bench/report: name, value, unit. */
void bench_figure(const char *name, double value, const char *unit);
double bench_median(double values[BENCH_ROUNDS]);

struct bench_server {
    pid_t pid;
    char binding[128];
};

/* A server of the echo interface at level integrity or better, on its loops or on its pool;
 * fragments of `fragment` bytes (0: the default), and any number of connections. */
struct bench_server bench_serve(bool non_blocking, uint64_t fragment);
void bench_stop(struct bench_server *server);
struct rpcsec_client *bench_open(const struct bench_server *server, enum rpcsec_level level,
                                 uint64_t fragment);
/* One call of EchoData that must give back what it got. */
void bench_echo(struct rpcsec_client *client, struct rpcsec_arena *arena, const uint8_t *data,
                uint32_t len);

/* A socket that listens on loopback, and one connected to such a port; Nagle's delay is off. */
int bench_listen(uint16_t *ret_port);
int bench_accept(int fd);
int bench_connect(uint16_t port);

#endif
