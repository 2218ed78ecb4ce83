/* SPDX-License-Identifier: MIT
 *
 * bench/bench_call.c: round trips, one at a time, both ends on one CPU, in turns: a 64-byte
 * stub through generated stubs, beside the same bytes bare over TCP and over TLS 1.3.
 */
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench.h"

enum {
    NUM_CALLS = 4000,            /* of a round */
    DATA_LEN = 56,               /* with length and count a stub of 64 bytes */
    WIRE_LEN = 24 + 64 + 8 + 76, /* header, stub, trailer, token of AES with SHA-1 */
};

/* ---- Bare TCP ---- */

static void move_all(int fd, uint8_t *data, bool sending)
{
    for (size_t at = 0; at < WIRE_LEN;) {
        ssize_t got = sending ? send(fd, data + at, WIRE_LEN - at, MSG_NOSIGNAL)
                              : recv(fd, data + at, WIRE_LEN - at, 0);

        if (got <= 0)
            exit(0);
        at += (size_t)got;
    }
}

/* Forks a server that sends back what it gets; gives a connection. */
static int start_raw(void)
{
    uint16_t port;
    int fd = bench_listen(&port);
    uint8_t data[WIRE_LEN];

    if (fork() == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        fd = bench_accept(fd);
        for (;;) {
            move_all(fd, data, false);
            move_all(fd, data, true);
        }
    }
    close(fd);
    return bench_connect(port);
}

static double time_raw(int fd)
{
    uint8_t data[WIRE_LEN] = {0};
    double start = bench_now_us();

    for (int i = 0; i < NUM_CALLS; i++) {
        move_all(fd, data, true);
        move_all(fd, data, false);
    }
    return (bench_now_us() - start) / NUM_CALLS;
}

/* ---- TLS 1.3 ---- */

static void certify(SSL_CTX *ctx)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *cert = X509_new();

    X509_gmtime_adj(X509_getm_notBefore(cert), 0);
    X509_gmtime_adj(X509_getm_notAfter(cert), 3600);
    X509_set_pubkey(cert, key);
    if (!X509_sign(cert, key, EVP_sha256()) || SSL_CTX_use_certificate(ctx, cert) != 1 ||
        SSL_CTX_use_PrivateKey(ctx, key) != 1)
        bench_give_up("certificate");
    X509_free(cert);
    EVP_PKEY_free(key);
}

static SSL *tls_over(int fd, bool server)
{
    SSL_CTX *ctx = SSL_CTX_new(server ? TLS_server_method() : TLS_client_method());
    SSL *ssl;

    SSL_CTX_set_min_proto_version(ctx, TLS1_3_VERSION);
    SSL_CTX_set_ciphersuites(ctx, "TLS_AES_256_GCM_SHA384");
    if (server)
        certify(ctx);
    ssl = SSL_new(ctx);
    SSL_set_fd(ssl, fd);
    if ((server ? SSL_accept(ssl) : SSL_connect(ssl)) != 1)
        bench_give_up("TLS");
    return ssl;
}

static void tls_move(SSL *ssl, uint8_t *data, bool sending)
{
    int got = sending ? SSL_write(ssl, data, DATA_LEN + 8) : SSL_read(ssl, data, DATA_LEN + 8);

    if (got != DATA_LEN + 8)
        exit(0);
}

static SSL *start_tls(void)
{
    uint16_t port;
    int fd = bench_listen(&port);
    uint8_t data[DATA_LEN + 8];

    if (fork() == 0) {
        SSL *ssl;

        prctl(PR_SET_PDEATHSIG, SIGKILL);
        ssl = tls_over(bench_accept(fd), true);
        for (;;) {
            tls_move(ssl, data, false);
            tls_move(ssl, data, true);
        }
    }
    close(fd);
    return tls_over(bench_connect(port), false);
}

static double time_tls(SSL *ssl)
{
    uint8_t data[DATA_LEN + 8] = {0};
    double start = bench_now_us();

    for (int i = 0; i < NUM_CALLS; i++) {
        tls_move(ssl, data, true);
        tls_move(ssl, data, false);
    }
    return (bench_now_us() - start) / NUM_CALLS;
}

/* ---- Calls ---- */

static double time_calls(struct rpcsec_client *client)
{
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    const uint8_t data[DATA_LEN] = {1, 2, 3};
    double start;
    double us;

    if (!arena)
        bench_give_up("arena");
    bench_echo(client, arena, data, DATA_LEN); /* binds */
    start = bench_now_us();
    for (int i = 0; i < NUM_CALLS; i++)
        bench_echo(client, arena, data, DATA_LEN);
    us = (bench_now_us() - start) / NUM_CALLS;
    rpcsec_arena_free(arena);
    return us;
}

static struct rpcsec_client *open_with(const char *protector, const struct bench_server *server,
                                       enum rpcsec_level level)
{
    struct rpcsec_client *client;

    setenv("RPCSEC_RECORD", protector, 1);
    client = bench_open(server, level, 0);
    time_calls(client); /* the context is made here, with that protector */
    return client;
}

enum row { RAW, TLS, SEALED, SIGNED, POOL, GSS, NUM_ROWS };

int main(void)
{
    static const char *const names[NUM_ROWS] = {"call.raw",    "call.tls",  "call.sealed",
                                                "call.signed", "call.pool", "call.sealed_gss"};
    double us[NUM_ROWS][BENCH_ROUNDS];
    struct bench_server on_loop, on_pool, with_gss;
    struct rpcsec_client *sealed, *only_signed, *pool, *gss;
    SSL *tls;
    int raw;

    bench_pin(1); /* children inherit it */
    setenv("RPCSEC_RECORD", "fast", 1);
    on_loop = bench_serve(true, 0);
    on_pool = bench_serve(false, 0);
    setenv("RPCSEC_RECORD", "gss", 1);
    with_gss = bench_serve(true, 0);
    raw = start_raw();
    tls = start_tls();
    sealed = open_with("fast", &on_loop, RPCSEC_LEVEL_PRIVACY);
    only_signed = open_with("fast", &on_loop, RPCSEC_LEVEL_INTEGRITY);
    pool = open_with("fast", &on_pool, RPCSEC_LEVEL_PRIVACY);
    gss = open_with("gss", &with_gss, RPCSEC_LEVEL_PRIVACY);
    for (int round = 0; round < BENCH_ROUNDS; round++) {
        us[RAW][round] = time_raw(raw);
        us[TLS][round] = time_tls(tls);
        us[SEALED][round] = time_calls(sealed);
        us[SIGNED][round] = time_calls(only_signed);
        us[POOL][round] = time_calls(pool);
        us[GSS][round] = time_calls(gss);
    }
    for (int row = 0; row < NUM_ROWS; row++)
        bench_figure(names[row], bench_median(us[row]), "us");
    return 0;
}
