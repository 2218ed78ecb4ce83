/* SPDX-License-Identifier: MIT
 *
 * soak/crowd: two threads, each with an event loop over many clients, each client with 64 calls
 * under way; chance cancels calls, gives them up, and closes connections. Every call that was
 * not given up ends exactly once. Server in the same process.
 *
 * Usage: crowd [CONNECTIONS [SECONDS]]. Prints what it counted; exits 1 when a call did not end
 * once, or when an answer was wrong.
 */
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "soak/soak.h"

enum { NUM_THREADS = 2, WINDOW = 64, MAX_READY = 64 };

static struct {
    unsigned num_clients; /* of each thread */
    char binding[64];
    struct rpcsec_policy *policy;
    time_t until;
    atomic_uint num_runs;
} crowd;

__attribute__((noreturn)) static void die(const char *what)
{
    perror(what);
    exit(1);
}

/* ---- callers ---- */

struct slot {
    struct member *member;
    struct rpcsec_pending *call; /* NULL: none is under way */
    uint32_t number;
};

struct member {
    struct thread *thread;
    struct rpcsec_client *client;
    int fd;
    bool closing;
    struct slot slots[WINDOW];
};

struct thread {
    pthread_t id;
    int epoll;
    struct rnd rnd;
    struct rpcsec_arena *arena;
    struct member *members;
    unsigned long started, ended, given_up, wrong, results, cancelled, closed, lost;
};

static void start_call(struct slot *slot);

static void count_end(struct thread *t, rpcsec_status status, const struct slot *slot,
                      const struct soak_args *args)
{
    t->ended++;
    if (status == RPCSEC_OK && args->turned == ~slot->number)
        t->results++;
    else if (status == RPCSEC_CANCELLED)
        t->cancelled++;
    else if (status == RPCSEC_CLOSED)
        t->closed++;
    else if (status == RPCSEC_CONNECTION_LOST || status == RPCSEC_TIMED_OUT ||
             status == RPCSEC_CONNECT_FAILED || status == RPCSEC_CONNECTION_REFUSED)
        t->lost++;
    else
        t->wrong++;
}

static void take_end(struct rpcsec_pending *call, void *arg)
{
    struct slot *slot = arg;
    struct thread *t = slot->member->thread;
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct soak_args args = {0};
    rpcsec_status status;

    if (call != slot->call)
        t->wrong++; /* told of a call that has ended already */
    status = rpcsec_pending_recv(call, t->arena, &soak_interface, SOAK_NOTE, &args, &err);
    count_end(t, status, slot, &args);
    rpcsec_arena_reset(t->arena);
    slot->call = NULL;
    if (!slot->member->closing)
        start_call(slot);
}

static void start_call(struct slot *slot)
{
    struct thread *t = slot->member->thread;
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct soak_args args = {.number = (uint32_t)rnd_next(&t->rnd)};

    slot->number = args.number;
    if (time(NULL) >= crowd.until)
        return;
    if (rpcsec_client_send(slot->member->client, &soak_interface, SOAK_NOTE, &args, take_end,
                           slot, &slot->call, &err)) {
        slot->call = NULL;
        t->wrong++;
        return;
    }
    t->started++;
}

/* ---- members ---- */

static void join_crowd(struct member *m)
{
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = m};
    struct rpcsec_error err = RPCSEC_ERROR_INIT;

    m->closing = false;
    if (rpcsec_client_open(crowd.binding, NULL, crowd.policy, &m->client, &err)) {
        fprintf(stderr, "crowd: %s\n", rpcsec_error_text(&err));
        exit(1);
    }
    m->fd = rpcsec_client_fd(m->client);
    if (m->fd < 0 || epoll_ctl(m->thread->epoll, EPOLL_CTL_ADD, m->fd, &event))
        die("epoll_ctl");
    for (int i = 0; i < WINDOW; i++)
        start_call(&m->slots[i]);
}

/* Closing ends all of its calls. */
static void leave_crowd(struct member *m)
{
    m->closing = true;
    epoll_ctl(m->thread->epoll, EPOLL_CTL_DEL, m->fd, NULL);
    rpcsec_client_close(m->client);
    m->client = NULL;
    for (int i = 0; i < WINDOW; i++)
        m->thread->wrong += m->slots[i].call != NULL;
}

static void give_up(struct thread *t, struct slot *slot)
{
    rpcsec_pending_free(slot->call);
    slot->call = NULL;
    t->given_up++;
    start_call(slot);
}

static void disturb(struct thread *t)
{
    struct member *m = &t->members[rnd_below(&t->rnd, crowd.num_clients)];
    struct slot *slot = &m->slots[rnd_below(&t->rnd, WINDOW)];

    if (rnd_percent(&t->rnd, 4)) {
        leave_crowd(m);
        join_crowd(m);
    } else if (slot->call && rnd_percent(&t->rnd, 50)) {
        rpcsec_pending_cancel(slot->call);
    } else if (slot->call) {
        give_up(t, slot);
    }
}

static unsigned num_open(const struct thread *t)
{
    unsigned num = 0;

    for (unsigned i = 0; i < crowd.num_clients; i++)
        for (int j = 0; j < WINDOW; j++)
            num += t->members[i].slots[j].call != NULL;
    return num;
}

static void process(struct member *m)
{
    if (rpcsec_client_process(m->client, NULL))
        die("process");
}

/* A loop that looks at every client's clock now and then instead of keeping timers. */
static void turn(struct thread *t, unsigned count)
{
    struct epoll_event ready[MAX_READY];
    int num = epoll_wait(t->epoll, ready, MAX_READY, 20);

    for (int i = 0; i < num; i++)
        process(ready[i].data.ptr);
    for (unsigned i = 0; count % 64 == 0 && i < crowd.num_clients; i++)
        if (rpcsec_client_timeout_ms(t->members[i].client) == 0)
            process(&t->members[i]);
}

static void *run_thread(void *arg)
{
    struct thread *t = arg;
    unsigned count = 0;

    for (unsigned i = 0; i < crowd.num_clients; i++)
        join_crowd(&t->members[i]);
    while (time(NULL) < crowd.until) {
        turn(t, count++);
        disturb(t);
    }
    while (num_open(t) && time(NULL) < crowd.until + 60)
        turn(t, count++);
    t->wrong += num_open(t);
    for (unsigned i = 0; i < crowd.num_clients; i++)
        leave_crowd(&t->members[i]);
    return NULL;
}

static void make_thread(struct thread *t, unsigned number)
{
    t->rnd.state = number + 1;
    t->epoll = epoll_create1(EPOLL_CLOEXEC);
    t->arena = rpcsec_arena_new(0);
    t->members = calloc(crowd.num_clients, sizeof(*t->members));
    if (t->epoll < 0 || !t->arena || !t->members)
        die("a thread");
    for (unsigned i = 0; i < crowd.num_clients; i++) {
        t->members[i].thread = t;
        for (int j = 0; j < WINDOW; j++)
            t->members[i].slots[j].member = &t->members[i];
    }
    if (pthread_create(&t->id, NULL, run_thread, t))
        die("a thread");
}

static int end_thread(struct thread *t)
{
    pthread_join(t->id, NULL);
    printf("started %lu, ended %lu, given up %lu; results %lu, cancelled %lu, closed %lu, lost "
           "%lu; wrong %lu\n",
           t->started, t->ended, t->given_up, t->results, t->cancelled, t->closed, t->lost,
           t->wrong);
    close(t->epoll);
    rpcsec_arena_free(t->arena);
    free(t->members);
    return t->wrong != 0 || t->started != t->ended + t->given_up || t->results == 0;
}

/* ---- the server ---- */

static rpcsec_status note(struct rpcsec_call *call, const struct soak_ops *ops, uint32_t number,
                          bool again)
{
    (void)call;
    (void)ops;
    (void)number;
    (void)again;
    atomic_fetch_add(&crowd.num_runs, 1);
    return RPCSEC_OK;
}

static void *run_server(void *arg)
{
    if (rpcsec_server_run(arg, NULL))
        die("the server");
    return NULL;
}

static struct rpcsec_server *start_server(pthread_t *ret_thread)
{
    static const struct soak_ops ops = {note, NULL};
    const struct rpcsec_service_options options = {.size = sizeof(options),
                                                   .non_blocking = true};
    struct rpcsec_server *server = NULL;

    if (rpcsec_policy_new(&crowd.policy, NULL) ||
        rpcsec_policy_set_level(crowd.policy, RPCSEC_LEVEL_NONE) ||
        rpcsec_policy_set_anonymous(crowd.policy, true) ||
        rpcsec_policy_set_limit(crowd.policy, RPCSEC_LIMIT_HANDSHAKES, 1000000) ||
        rpcsec_policy_set_limit(crowd.policy, RPCSEC_LIMIT_CANCEL_MS, 100) ||
        rpcsec_server_new(crowd.policy, &server, NULL) ||
        rpcsec_server_add_with(server, (struct rpcsec_service){&soak_interface, &ops}, &options,
                               NULL) ||
        rpcsec_server_listen(server, "ncacn_ip_tcp:127.0.0.1[0]", NULL) ||
        pthread_create(ret_thread, NULL, run_server, server))
        die("the server");
    snprintf(crowd.binding, sizeof(crowd.binding), "%s", rpcsec_server_binding(server, 0));
    return server;
}

static void allow_descriptors(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit))
        die("getrlimit");
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit))
        die("setrlimit");
}

int main(int argc, char **argv)
{
    const unsigned num = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 20;
    const unsigned seconds = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 2;
    struct thread threads[NUM_THREADS] = {{0}};
    struct rpcsec_server *server;
    pthread_t server_thread;
    int failed = 0;

    allow_descriptors();
    crowd.num_clients = num / NUM_THREADS ? num / NUM_THREADS : 1;
    crowd.until = time(NULL) + seconds;
    server = start_server(&server_thread);
    for (unsigned i = 0; i < NUM_THREADS; i++)
        make_thread(&threads[i], i);
    for (unsigned i = 0; i < NUM_THREADS; i++)
        failed |= end_thread(&threads[i]);
    rpcsec_server_stop(server);
    pthread_join(server_thread, NULL);
    rpcsec_server_free(server);
    rpcsec_policy_free(crowd.policy);
    printf("the server ran %u calls of %u connections at a time\n",
           atomic_load(&crowd.num_runs), NUM_THREADS * crowd.num_clients);
    return failed;
}
