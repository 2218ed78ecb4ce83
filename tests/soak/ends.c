/* SPDX-License-Identifier: MIT
 *
 * soak/ends: real processes. A server notes the number of each call that it runs in a file
 * (O_APPEND, fsync); meanwhile it is killed, stopped and started again, and connections are
 * reset on the way. Then what each caller was told is held against the file:
 *
 *   a result: it ran once; not run: it did not; no call ran twice but one that is [idempotent].
 *
 * Usage: ends [CALLS [SEED]]. Prints what it counted; exits 1 when a promise was broken.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "soak/soak.h"

enum { NUM_CALLERS = 4, WINDOW = 16, MAX_CALLS = 1000000, PORT_LEN = 8 };

enum end { END_NONE = 0, END_RESULT, END_NOT_RUN, END_UNKNOWN, END_RAN, NUM_ENDS };
static const char *const end_names[NUM_ENDS] = {"none", "result", "not run", "unknown",
                                                "ran, answer lost"};

static struct {
    uint32_t num_calls;
    atomic_uint next;
    atomic_uchar *ends; /* of each call */
    atomic_bool over;
    atomic_uint num_twice; /* told more than once */
    char file[64];
    _Atomic uint16_t server_port;
    uint16_t proxy_port;
    atomic_int server;
    unsigned kills, stops, resets;
} soak;

__attribute__((noreturn)) static void die(const char *what)
{
    perror(what);
    exit(1);
}

static void pause_ms(uint64_t ms)
{
    const struct timespec time = {.tv_sec = (time_t)(ms / 1000),
                                  .tv_nsec = (long)(ms % 1000) * 1000000};

    nanosleep(&time, NULL);
}

static bool is_again(uint32_t number)
{
    return number % 4 == 3;
}

/* ---- the server's process ---- */

static rpcsec_status note(struct rpcsec_call *call, const struct soak_ops *ops, uint32_t number,
                          bool again)
{
    const int fd = *(const int *)ops->arg;
    char line[16];
    int len = snprintf(line, sizeof(line), "%u\n", (unsigned)number);

    (void)call;
    (void)again;
    return write(fd, line, (size_t)len) == len && fsync(fd) == 0 ? RPCSEC_OK : RPCSEC_SYSTEM;
}

static void serve(int tell)
{
    int fd = open(soak.file, O_WRONLY | O_APPEND | O_CLOEXEC);
    struct soak_ops ops = {note, &fd};
    struct rpcsec_policy *policy = NULL;
    struct rpcsec_server *server = NULL;
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    char binding[64];

    snprintf(binding, sizeof(binding), "ncacn_ip_tcp:127.0.0.1[%u]", soak.server_port);
    if (fd < 0 || rpcsec_policy_new(&policy, &err) ||
        rpcsec_policy_set_level(policy, RPCSEC_LEVEL_NONE) ||
        rpcsec_policy_set_anonymous(policy, true) || rpcsec_server_new(policy, &server, &err) ||
        rpcsec_server_add(server, (struct rpcsec_service){&soak_interface, &ops}, &err) ||
        rpcsec_server_listen(server, binding, &err)) {
        fprintf(stderr, "ends: %s\n", rpcsec_error_text(&err));
        _exit(1);
    }
    if (write(tell, rpcsec_server_binding(server, 0),
              strlen(rpcsec_server_binding(server, 0))) < 0)
        _exit(1);
    close(tell);
    _exit(rpcsec_server_run(server, &err) != RPCSEC_OK);
}

/* Starts a server on the port of the one before it. Each is a fork of the process as it was
 * before there were threads: see `nursery`. */
static void start_server(int nursery)
{
    char text[64] = "";
    pid_t pid;

    if (write(nursery, "s", 1) != 1 || read(nursery, &pid, sizeof(pid)) != sizeof(pid))
        die("the nursery");
    if (read(nursery, text, sizeof(text) - 1) <= 0)
        die("a server");
    soak.server_port = (uint16_t)atoi(strrchr(text, '[') + 1);
    atomic_store(&soak.server, pid);
}

static pid_t bear_child(int to)
{
    int ends[2];
    char text[64] = "";
    ssize_t len;
    pid_t pid;

    if (pipe(ends) || (pid = fork()) < 0)
        die("fork");
    if (pid == 0) {
        close(ends[0]);
        close(to);
        serve(ends[1]);
    }
    close(ends[1]);
    len = read(ends[0], text, sizeof(text) - 1);
    close(ends[0]);
    if (len <= 0 || write(to, &pid, sizeof(pid)) != sizeof(pid))
        _exit(1);
    pause_ms(1); /* two reads at the other end */
    if (write(to, text, (size_t)len) != len)
        _exit(1);
    soak.server_port = (uint16_t)atoi(strrchr(text, '[') + 1);
    return pid;
}

/* Forks servers when told to, from a process without threads. */
static int start_nursery(pid_t *ret_pid)
{
    pid_t child = 0;
    int ends[2];
    char word;

    if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends) || (*ret_pid = fork()) < 0)
        die("fork");
    if (*ret_pid) {
        close(ends[1]);
        return ends[0];
    }
    close(ends[0]);
    while (read(ends[1], &word, 1) == 1) {
        while (wait(NULL) > 0) /* the one before has left its port */
            continue;
        child = bear_child(ends[1]);
    }
    if (child)
        kill(child, SIGKILL); /* whatever became of who asked for it */
    _exit(0);
}

/* ---- the way between ---- */

static int listen_anywhere(uint16_t *ret_port)
{
    struct sockaddr_in name = {.sin_family = AF_INET,
                               .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(name);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0 || bind(fd, (struct sockaddr *)&name, sizeof(name)) || listen(fd, 64) ||
        getsockname(fd, (struct sockaddr *)&name, &len))
        die("listen");
    *ret_port = ntohs(name.sin_port);
    return fd;
}

static int connect_to_server(void)
{
    const struct sockaddr_in name = {.sin_family = AF_INET,
                                     .sin_port = htons(soak.server_port),
                                     .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd >= 0 && connect(fd, (const struct sockaddr *)&name, sizeof(name))) {
        close(fd);
        return -1;
    }
    return fd;
}

static void reset(int fd)
{
    const struct linger now = {.l_onoff = 1, .l_linger = 0};

    setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
    close(fd);
}

static bool forward(int from, int to, size_t most)
{
    char bytes[4096];
    ssize_t got = recv(from, bytes, most < sizeof(bytes) ? most : sizeof(bytes), 0);

    return got > 0 && send(to, bytes, (size_t)got, MSG_NOSIGNAL) == got;
}

/* Passes on until chance resets the connection, in the middle of whatever there is. */
static void *pass_on(void *arg)
{
    const int client = (int)(intptr_t)arg;
    int server = connect_to_server();
    struct rnd rnd = {.state = (uint64_t)client * 7919 + (uint64_t)time(NULL)};
    struct pollfd fds[2] = {{client, POLLIN, 0}, {server, POLLIN, 0}};

    while (server >= 0 && !atomic_load(&soak.over) && rnd_below(&rnd, 120) != 0) {
        size_t most = 1 + rnd_below(&rnd, 3000);

        if (poll(fds, 2, 100) < 0 || (fds[0].revents && !forward(client, server, most)) ||
            (fds[1].revents && !forward(server, client, most)))
            break;
    }
    if (server >= 0)
        reset(server);
    reset(client);
    return NULL;
}

static void *run_proxy(void *arg)
{
    const int fd = (int)(intptr_t)arg;
    pthread_attr_t detached;
    pthread_t thread;

    pthread_attr_init(&detached);
    pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
    while (!atomic_load(&soak.over)) {
        struct pollfd poller = {fd, POLLIN, 0};
        int client;

        if (poll(&poller, 1, 50) <= 0 || (client = accept(fd, NULL, NULL)) < 0)
            continue;
        soak.resets++;
        if (pthread_create(&thread, &detached, pass_on, (void *)(intptr_t)client))
            reset(client);
    }
    pthread_attr_destroy(&detached);
    close(fd);
    return NULL;
}

/* ---- trouble ---- */

static void disturb(struct rnd *rnd, int nursery)
{
    const pid_t server = atomic_load(&soak.server);

    pause_ms(30 + rnd_below(rnd, 150));
    if (rnd_percent(rnd, 40)) {
        kill(server, SIGKILL);
        soak.kills++;
        pause_ms(rnd_below(rnd, 20));
        start_server(nursery);
    } else if (rnd_percent(rnd, 50)) {
        kill(server, SIGSTOP);
        soak.stops++;
        pause_ms(rnd_below(rnd, rnd_percent(rnd, 20) ? 900 : 100));
        kill(server, SIGCONT);
    }
}

/* ---- callers ---- */

static enum end end_of(rpcsec_status status, const struct soak_args *args, uint32_t number,
                       const struct rpcsec_error *err)
{
    if (status == RPCSEC_OK)
        return args->turned == ~number ? END_RESULT : END_NONE;
    if (err->outcome == RPCSEC_OUTCOME_NOT_RUN)
        return END_NOT_RUN;
    return err->outcome == RPCSEC_OUTCOME_RAN ? END_RAN : END_UNKNOWN;
}

static void note_end(uint32_t number, enum end end)
{
    if (atomic_exchange(&soak.ends[number], (unsigned char)end) != END_NONE)
        atomic_fetch_add(&soak.num_twice, 1);
}

struct caller {
    struct rpcsec_client *client;
    struct rpcsec_client *view;
    struct rpcsec_arena *arena;
    struct rnd rnd;
    unsigned open;
};

struct started {
    struct caller *caller;
    uint32_t number;
};

static uint32_t opnum_of(uint32_t number)
{
    return is_again(number) ? SOAK_AGAIN : SOAK_NOTE;
}

static void take_end(struct rpcsec_pending *call, void *arg)
{
    struct started *s = arg;
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct soak_args args;
    rpcsec_status status = rpcsec_pending_recv(call, s->caller->arena, &soak_interface,
                                               opnum_of(s->number), &args, &err);

    note_end(s->number, end_of(status, &args, s->number, &err));
    s->caller->open--;
    rpcsec_arena_reset(s->caller->arena);
    free(s);
}

static void start_call(struct caller *c, uint32_t number)
{
    struct started *s = malloc(sizeof(*s));
    struct soak_args args = {.number = number};
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct rpcsec_pending *call;

    *s = (struct started){c, number};
    if (rpcsec_client_send(c->view, &soak_interface, opnum_of(number), &args, take_end, s,
                           &call, &err)) {
        note_end(number, END_NOT_RUN);
        free(s);
        return;
    }
    c->open++;
    if (rnd_percent(&c->rnd, 3))
        rpcsec_pending_cancel(call);
}

static void open_client(struct caller *c)
{
    const struct rpcsec_call_options options = {.size = sizeof(options), .deadline_ms = 500};
    struct rpcsec_policy *policy = NULL;
    char binding[64];

    snprintf(binding, sizeof(binding), "ncacn_ip_tcp:127.0.0.1[%u]", soak.proxy_port);
    c->arena = rpcsec_arena_new(0);
    if (!c->arena || rpcsec_policy_new(&policy, NULL) ||
        rpcsec_policy_set_level(policy, RPCSEC_LEVEL_NONE) ||
        rpcsec_policy_set_limit(policy, RPCSEC_LIMIT_CANCEL_MS, 50) ||
        rpcsec_client_open(binding, NULL, policy, &c->client, NULL) ||
        rpcsec_client_with(c->client, &options, &c->view, NULL))
        die("a client");
    rpcsec_policy_free(policy);
}

static void *make_calls(void *arg)
{
    struct caller c = {.rnd = {.state = (uintptr_t)arg * 104729}};
    struct pollfd poller = {.events = POLLIN};
    uint32_t number = 0;

    open_client(&c);
    poller.fd = rpcsec_client_fd(c.client);
    while (number < soak.num_calls || c.open) {
        while (c.open < WINDOW && number < soak.num_calls &&
               (number = atomic_fetch_add(&soak.next, 1)) < soak.num_calls)
            start_call(&c, number);
        if (!c.open)
            break; /* the others took what was left */
        poll(&poller, 1, rpcsec_client_timeout_ms(c.client));
        if (rpcsec_client_process(c.client, NULL))
            die("process");
    }
    rpcsec_client_close(c.view);
    rpcsec_client_close(c.client);
    rpcsec_arena_free(c.arena);
    return NULL;
}

/* ---- the account ---- */

static unsigned *count_runs(void)
{
    unsigned *runs = calloc(soak.num_calls, sizeof(*runs));
    FILE *file = fopen(soak.file, "r");
    unsigned number;

    if (!file || !runs)
        die(soak.file);
    while (fscanf(file, "%u", &number) == 1)
        if (number < soak.num_calls)
            runs[number]++;
    fclose(file);
    return runs;
}

static bool is_kept(uint32_t number, enum end end, unsigned runs)
{
    if (end == END_NONE || (runs > 1 && !is_again(number)))
        return false;
    if (end == END_RESULT || end == END_RAN)
        return runs >= 1;
    return end != END_NOT_RUN || runs == 0;
}

static int account(void)
{
    unsigned *runs = count_runs();
    unsigned num[NUM_ENDS] = {0};
    unsigned unknown_ran = 0;
    unsigned again = 0;
    unsigned broken = 0;

    for (uint32_t i = 0; i < soak.num_calls; i++) {
        enum end end = (enum end)atomic_load(&soak.ends[i]);

        num[end]++;
        unknown_ran += end == END_UNKNOWN && runs[i];
        again += runs[i] > 1;
        if (is_kept(i, end, runs[i]))
            continue;
        if (broken++ < 10)
            printf("BROKEN: call %u ended with '%s' and ran %u times\n", (unsigned)i,
                   end_names[end], runs[i]);
    }
    for (int end = 0; end < NUM_ENDS; end++)
        printf("%s: %u\n", end_names[end], num[end]);
    printf("of the unknown ones ran: %u; [idempotent] ones that ran again: %u\n", unknown_ran,
           again);
    printf("servers killed: %u, stopped: %u; connections: %u; told twice: %u; broken: %u\n",
           soak.kills, soak.stops, soak.resets, atomic_load(&soak.num_twice), broken);
    free(runs);
    return broken || atomic_load(&soak.num_twice);
}

static void prepare(int argc, char **argv)
{
    int fd;

    soak.num_calls = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 1000;
    if (soak.num_calls > MAX_CALLS)
        soak.num_calls = MAX_CALLS;
    soak.ends = calloc(soak.num_calls + 1, sizeof(*soak.ends));
    snprintf(soak.file, sizeof(soak.file), "/tmp/rpcsec-soak.XXXXXX");
    fd = mkstemp(soak.file);
    if (!soak.ends || fd < 0)
        die(soak.file);
    close(fd);
}

int main(int argc, char **argv)
{
    pthread_t callers[NUM_CALLERS];
    struct rnd rnd = {.state = argc > 2 ? strtoull(argv[2], NULL, 10) : 1};
    pthread_t proxy;
    pid_t nursery_pid;
    int nursery;
    int failed;

    prepare(argc, argv);
    nursery = start_nursery(&nursery_pid);
    start_server(nursery);
    if (pthread_create(&proxy, NULL, run_proxy,
                       (void *)(intptr_t)listen_anywhere(&soak.proxy_port)))
        die("a thread");
    for (uintptr_t i = 0; i < NUM_CALLERS; i++)
        if (pthread_create(&callers[i], NULL, make_calls, (void *)(i + 1)))
            die("a thread");
    while (atomic_load(&soak.next) < soak.num_calls)
        disturb(&rnd, nursery);
    for (int i = 0; i < NUM_CALLERS; i++)
        pthread_join(callers[i], NULL);
    atomic_store(&soak.over, true);
    pthread_join(proxy, NULL);
    pause_ms(200); /* calls that were left behind run to their end */
    kill(atomic_load(&soak.server), SIGTERM);
    kill(atomic_load(&soak.server), SIGKILL);
    close(nursery);
    waitpid(nursery_pid, NULL, 0);
    failed = account();
    unlink(soak.file);
    free(soak.ends);
    return failed;
}
