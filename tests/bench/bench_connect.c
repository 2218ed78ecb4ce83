/* SPDX-License-Identifier: MIT
 *
 * bench/bench_connect.c: what connections cost a server: CPU time of a bind beside a bare
 * server that makes the same accepts, reads, writes and gss_accept_sec_context; memory of idle
 * sealed connections; a call among many idle connections beside a call among few.
 */
#include <gssapi/gssapi.h>
#include <gssapi/gssapi_ext.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

enum { NUM_BINDS = 200, NUM_FEW = 10, MAX_TOKEN = 8192, SMALL_LEN = 56, NUM_CALLS = 2000 };

static const gss_OID_desc kerberos = {9, (void *)"\x2a\x86\x48\x86\xf7\x12\x01\x02\x02"};
static const OM_uint32 flags = GSS_C_MUTUAL_FLAG | GSS_C_REPLAY_FLAG | GSS_C_SEQUENCE_FLAG |
                               GSS_C_CONF_FLAG | GSS_C_INTEG_FLAG | GSS_C_DCE_STYLE;

static double cpu_of(pid_t pid)
{
    return bench_cpu_us(pid) - bench_cpu_us(0);
}

/* ---- The bare server ---- */

static void give_token(int fd, const gss_buffer_desc *token)
{
    uint8_t out[4 + MAX_TOKEN];
    uint32_t len = (uint32_t)token->length;

    if (len > MAX_TOKEN)
        exit(1);
    memcpy(out, &len, 4);
    memcpy(out + 4, token->value, len);
    if (send(fd, out, 4 + len, MSG_NOSIGNAL) != (ssize_t)(4 + len))
        exit(1);
}

static bool take_all(int fd, void *data, size_t len)
{
    return recv(fd, data, len, MSG_WAITALL) == (ssize_t)len;
}

static bool take_token(int fd, uint8_t data[MAX_TOKEN], gss_buffer_desc *token)
{
    uint32_t len;

    if (!take_all(fd, &len, 4) || len > MAX_TOKEN || !take_all(fd, data, len))
        return false;
    token->value = data;
    token->length = len;
    return true;
}

static void accept_one(int fd, gss_cred_id_t cred)
{
    gss_ctx_id_t ctx = GSS_C_NO_CONTEXT;
    OM_uint32 major = GSS_S_CONTINUE_NEEDED;
    OM_uint32 minor;
    uint8_t data[MAX_TOKEN];
    gss_buffer_desc in;

    while (major == GSS_S_CONTINUE_NEEDED && take_token(fd, data, &in)) {
        gss_buffer_desc out = GSS_C_EMPTY_BUFFER;

        major = gss_accept_sec_context(&minor, &ctx, cred, &in, GSS_C_NO_CHANNEL_BINDINGS, NULL,
                                       NULL, &out, NULL, NULL, NULL);
        give_token(fd, &out); /* an empty one ends, as the alter_context_resp does */
        gss_release_buffer(&minor, &out);
    }
    gss_delete_sec_context(&minor, &ctx, GSS_C_NO_BUFFER);
    close(fd);
}

static pid_t start_bare(uint16_t *ret_port)
{
    int fd = bench_listen(ret_port);
    pid_t pid = fork();

    if (pid == 0) {
        gss_cred_id_t cred = GSS_C_NO_CREDENTIAL;
        OM_uint32 minor;

        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (gss_acquire_cred(&minor, GSS_C_NO_NAME, GSS_C_INDEFINITE, GSS_C_NO_OID_SET,
                             GSS_C_ACCEPT, &cred, NULL, NULL) != GSS_S_COMPLETE)
            exit(1);
        for (;;)
            accept_one(bench_accept(fd), cred);
    }
    close(fd);
    return pid;
}

static gss_name_t service_name(void)
{
    gss_buffer_desc text = {strlen("bench@localhost"), (void *)"bench@localhost"};
    gss_name_t name = GSS_C_NO_NAME;
    OM_uint32 minor;

    if (gss_import_name(&minor, &text, GSS_C_NT_HOSTBASED_SERVICE, &name) != GSS_S_COMPLETE)
        exit(1);
    return name;
}

static void bare_bind(uint16_t port, gss_name_t name)
{
    int fd = bench_connect(port);
    gss_ctx_id_t ctx = GSS_C_NO_CONTEXT;
    gss_buffer_desc in = GSS_C_EMPTY_BUFFER;
    uint8_t data[MAX_TOKEN];
    OM_uint32 minor;

    do {
        gss_buffer_desc out = GSS_C_EMPTY_BUFFER;
        OM_uint32 major = gss_init_sec_context(
            &minor, GSS_C_NO_CREDENTIAL, &ctx, name, (gss_OID)(uintptr_t)&kerberos, flags, 0,
            GSS_C_NO_CHANNEL_BINDINGS, &in, NULL, &out, NULL, NULL);

        if (major != GSS_S_COMPLETE && major != GSS_S_CONTINUE_NEEDED)
            exit(1);
        give_token(fd, &out);
        gss_release_buffer(&minor, &out);
        if (!take_token(fd, data, &in))
            exit(1);
    } while (in.length > 0);
    gss_delete_sec_context(&minor, &ctx, GSS_C_NO_BUFFER);
    close(fd);
}

/* ---- Binds ---- */

static void one_bind(const struct bench_server *server)
{
    struct rpcsec_client *client = bench_open(server, RPCSEC_LEVEL_PRIVACY, 0);
    struct rpcsec_error err = RPCSEC_ERROR_INIT;

    if (rpcsec_client_bind(client, rpcecho_interface(NULL).interface, &err))
        bench_give_up(rpcsec_error_text(&err));
    rpcsec_client_close(client);
}

static void bench_binds(void)
{
    struct bench_server server = bench_serve(true, 0);
    gss_name_t name = service_name();
    double ours[BENCH_ROUNDS], bare[BENCH_ROUNDS];
    uint16_t port;
    pid_t bare_pid = start_bare(&port);

    one_bind(&server); /* gets the ticket */
    bare_bind(port, name);
    for (int round = 0; round < BENCH_ROUNDS; round++) {
        double ours_start = cpu_of(server.pid);
        double bare_start = cpu_of(bare_pid);

        for (int i = 0; i < NUM_BINDS; i++) {
            one_bind(&server);
            bare_bind(port, name);
        }
        ours[round] = (cpu_of(server.pid) - ours_start) / NUM_BINDS;
        bare[round] = (cpu_of(bare_pid) - bare_start) / NUM_BINDS;
    }
    bench_figure("bind.server", bench_median(ours), "us of CPU");
    bench_figure("bind.bare", bench_median(bare), "us of CPU");
    kill(bare_pid, SIGKILL);
    waitpid(bare_pid, NULL, 0);
    bench_stop(&server);
}

/* ---- Idle connections ---- */

/* Bytes that a process has to itself. */
static double private_bytes(pid_t pid)
{
    char path[64];
    char line[256];
    double total = 0;
    FILE *file;

    snprintf(path, sizeof(path), "/proc/%d/smaps_rollup", (int)pid);
    file = fopen(path, "r");
    if (!file)
        bench_give_up(path);
    while (fgets(line, sizeof(line), file)) {
        double kib;

        if (sscanf(line, "Private_Clean: %lf", &kib) == 1 ||
            sscanf(line, "Private_Dirty: %lf", &kib) == 1)
            total += kib * 1024;
    }
    fclose(file);
    return total;
}

static double time_calls(struct rpcsec_client *client, int num)
{
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    const uint8_t data[SMALL_LEN] = {1, 2, 3};
    double start;

    if (!arena)
        bench_give_up("arena");
    start = bench_now_us();
    for (int i = 0; i < num; i++)
        bench_echo(client, arena, data, SMALL_LEN);
    rpcsec_arena_free(arena);
    return (bench_now_us() - start) / num;
}

/* As many as the limit of descriptors lets both ends have. */
static size_t num_many(void)
{
    struct rlimit limit;

    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur > 20100 ? 10000 : (size_t)limit.rlim_cur / 2 - 50;
}

static void bench_idle(void)
{
    size_t many = num_many();
    struct bench_server server = bench_serve(true, 0);
    struct rpcsec_client **clients = calloc(many, sizeof(struct rpcsec_client *));
    double few_us[BENCH_ROUNDS], many_us[BENCH_ROUNDS];
    double before = 0;

    if (!clients)
        bench_give_up("calloc");
    for (size_t i = 0; i < many; i++) {
        clients[i] = bench_open(&server, RPCSEC_LEVEL_PRIVACY, 0);
        time_calls(clients[i], 1); /* binds */
        if (i + 1 == NUM_FEW) {
            for (int round = 0; round < BENCH_ROUNDS; round++)
                few_us[round] = time_calls(clients[0], NUM_CALLS);
            before = private_bytes(server.pid);
        }
    }
    for (int round = 0; round < BENCH_ROUNDS; round++)
        many_us[round] = time_calls(clients[0], NUM_CALLS);
    bench_figure("idle.connections", (double)many, "connections");
    bench_figure("idle.memory", (private_bytes(server.pid) - before) / (double)(many - NUM_FEW),
                 "bytes a connection");
    bench_figure("idle.call_few", bench_median(few_us), "us");
    bench_figure("idle.call_many", bench_median(many_us), "us");
    for (size_t i = 0; i < many; i++)
        rpcsec_client_close(clients[i]);
    bench_stop(&server);
    free(clients);
}

int main(void)
{
    bench_pin(1);
    bench_binds();
    bench_idle();
    return 0;
}
