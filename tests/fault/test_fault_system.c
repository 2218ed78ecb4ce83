/* SPDX-License-Identifier: MIT
 *
 * fault/test_fault_system.c: each system call, and each start of a thread or of a part of
 * libuv, that a server and a client make in their lives fails in turn, with each error that
 * matters. Somebody hears of it, nobody waits for nothing, and the same works right after.
 */
#include "harness/test.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

#include "base/alloc.h"
#include "loop/loop.h"
#include "unit/runtime_service.h"

#define WAIT_MS      8000
#define FEW_FILES    100
#define GIVES_LITTLE 0 /* in place of an error: it works, and gives less than one hopes */

/* ---- calls that fail ---- */

enum which {
    SOCKET,
    BIND,
    LISTEN,
    SETSOCKOPT,
    GETSOCKOPT,
    GETSOCKNAME,
    GETPEERNAME,
    GETNAMEINFO,
    GETADDRINFO,
    CONNECT,
    ACCEPT,
    FCNTL,
    POLL,
    EVENTFD,
    EPOLL_CREATE,
    EPOLL_CTL,
    GETRLIMIT,
    GETAFFINITY,
    CONDATTR,
    THREAD,
    UV_LOOP,
    UV_WAKE,
    UV_WATCH,
};

static atomic_int failing; /* enum which, -1: none */
static atomic_uint fails_at;
static atomic_uint num_calls; /* of it */
static atomic_int error;

static void fail_at(int which, unsigned nth, int with)
{
    atomic_store(&failing, -1);
    atomic_store(&num_calls, 0);
    atomic_store(&fails_at, nth);
    atomic_store(&error, with);
    atomic_store(&failing, which);
}

static bool fails(enum which which)
{
    return atomic_load(&failing) == (int)which &&
           atomic_fetch_add(&num_calls, 1) + 1 == atomic_load(&fails_at);
}

static int failed(void)
{
    errno = atomic_load(&error);
    return -1;
}

int __real_socket(int domain, int type, int protocol);
int __wrap_socket(int domain, int type, int protocol);
int __wrap_socket(int domain, int type, int protocol)
{
    return fails(SOCKET) ? failed() : __real_socket(domain, type, protocol);
}

int __real_bind(int fd, const struct sockaddr *address, socklen_t len);
int __wrap_bind(int fd, const struct sockaddr *address, socklen_t len);
int __wrap_bind(int fd, const struct sockaddr *address, socklen_t len)
{
    return fails(BIND) ? failed() : __real_bind(fd, address, len);
}

int __real_listen(int fd, int backlog);
int __wrap_listen(int fd, int backlog);
int __wrap_listen(int fd, int backlog)
{
    return fails(LISTEN) ? failed() : __real_listen(fd, backlog);
}

int __real_setsockopt(int fd, int level, int name, const void *value, socklen_t len);
int __wrap_setsockopt(int fd, int level, int name, const void *value, socklen_t len);
int __wrap_setsockopt(int fd, int level, int name, const void *value, socklen_t len)
{
    return fails(SETSOCKOPT) ? failed() : __real_setsockopt(fd, level, name, value, len);
}

int __real_getsockopt(int fd, int level, int name, void *value, socklen_t *len);
int __wrap_getsockopt(int fd, int level, int name, void *value, socklen_t *len);
int __wrap_getsockopt(int fd, int level, int name, void *value, socklen_t *len)
{
    return fails(GETSOCKOPT) ? failed() : __real_getsockopt(fd, level, name, value, len);
}

int __real_getsockname(int fd, struct sockaddr *address, socklen_t *len);
int __wrap_getsockname(int fd, struct sockaddr *address, socklen_t *len);
int __wrap_getsockname(int fd, struct sockaddr *address, socklen_t *len)
{
    return fails(GETSOCKNAME) ? failed() : __real_getsockname(fd, address, len);
}

int __real_getpeername(int fd, struct sockaddr *address, socklen_t *len);
int __wrap_getpeername(int fd, struct sockaddr *address, socklen_t *len);
int __wrap_getpeername(int fd, struct sockaddr *address, socklen_t *len)
{
    return fails(GETPEERNAME) ? failed() : __real_getpeername(fd, address, len);
}

int __real_getnameinfo(const struct sockaddr *address, socklen_t len, char *host,
                       socklen_t host_len, char *port, socklen_t port_len, int flags);
int __wrap_getnameinfo(const struct sockaddr *address, socklen_t len, char *host,
                       socklen_t host_len, char *port, socklen_t port_len, int flags);
int __wrap_getnameinfo(const struct sockaddr *address, socklen_t len, char *host,
                       socklen_t host_len, char *port, socklen_t port_len, int flags)
{
    return fails(GETNAMEINFO)
               ? EAI_FAIL
               : __real_getnameinfo(address, len, host, host_len, port, port_len, flags);
}

int __real_getaddrinfo(const char *host, const char *port, const struct addrinfo *hints,
                       struct addrinfo **ret_list);
int __wrap_getaddrinfo(const char *host, const char *port, const struct addrinfo *hints,
                       struct addrinfo **ret_list);
int __wrap_getaddrinfo(const char *host, const char *port, const struct addrinfo *hints,
                       struct addrinfo **ret_list)
{
    return fails(GETADDRINFO) ? atomic_load(&error)
                              : __real_getaddrinfo(host, port, hints, ret_list);
}

int __real_connect(int fd, const struct sockaddr *address, socklen_t len);
int __wrap_connect(int fd, const struct sockaddr *address, socklen_t len);
int __wrap_connect(int fd, const struct sockaddr *address, socklen_t len)
{
    const bool bad = fails(CONNECT);

    if (bad && atomic_load(&error) == EINTR)
        (void)__real_connect(fd, address, len); /* it goes on in the background */
    return bad ? failed() : __real_connect(fd, address, len);
}

int __real_accept4(int fd, struct sockaddr *address, socklen_t *len, int flags);
int __wrap_accept4(int fd, struct sockaddr *address, socklen_t *len, int flags);
int __wrap_accept4(int fd, struct sockaddr *address, socklen_t *len, int flags)
{
    return fails(ACCEPT) ? failed() : __real_accept4(fd, address, len, flags);
}

int __real_fcntl(int fd, int command, int value);
int __wrap_fcntl(int fd, int command, ...);
int __wrap_fcntl(int fd, int command, ...)
{
    va_list list;
    int value = 0;

    va_start(list, command);
    if (command == F_SETFL || command == F_SETFD)
        value = va_arg(list, int);
    va_end(list);
    return fails(FCNTL) ? failed() : __real_fcntl(fd, command, value);
}

int __real_poll(struct pollfd *fds, nfds_t num, int timeout_ms);
int __wrap_poll(struct pollfd *fds, nfds_t num, int timeout_ms);
int __wrap_poll(struct pollfd *fds, nfds_t num, int timeout_ms)
{
    return fails(POLL) ? failed() : __real_poll(fds, num, timeout_ms);
}

/* What poll is where the C library checks lengths. */
int __wrap___poll_chk(struct pollfd *fds, nfds_t num, int timeout_ms, size_t fds_len);
int __wrap___poll_chk(struct pollfd *fds, nfds_t num, int timeout_ms, size_t fds_len)
{
    assert_true(num <= fds_len / sizeof(*fds));
    return __wrap_poll(fds, num, timeout_ms);
}

int __real_eventfd(unsigned value, int flags);
int __wrap_eventfd(unsigned value, int flags);
int __wrap_eventfd(unsigned value, int flags)
{
    return fails(EVENTFD) ? failed() : __real_eventfd(value, flags);
}

int __real_epoll_create1(int flags);
int __wrap_epoll_create1(int flags);
int __wrap_epoll_create1(int flags)
{
    return fails(EPOLL_CREATE) ? failed() : __real_epoll_create1(flags);
}

int __real_epoll_ctl(int epoll, int operation, int fd, struct epoll_event *event);
int __wrap_epoll_ctl(int epoll, int operation, int fd, struct epoll_event *event);
int __wrap_epoll_ctl(int epoll, int operation, int fd, struct epoll_event *event)
{
    return fails(EPOLL_CTL) ? failed() : __real_epoll_ctl(epoll, operation, fd, event);
}

int __real_getrlimit(__rlimit_resource_t resource, struct rlimit *limits);
int __wrap_getrlimit(__rlimit_resource_t resource, struct rlimit *limits);
int __wrap_getrlimit(__rlimit_resource_t resource, struct rlimit *limits)
{
    if (!fails(GETRLIMIT))
        return __real_getrlimit(resource, limits);
    limits->rlim_cur = limits->rlim_max = FEW_FILES;
    return atomic_load(&error) == GIVES_LITTLE ? 0 : failed();
}

int __real_sched_getaffinity(pid_t pid, size_t len, cpu_set_t *set);
int __wrap_sched_getaffinity(pid_t pid, size_t len, cpu_set_t *set);
int __wrap_sched_getaffinity(pid_t pid, size_t len, cpu_set_t *set)
{
    return fails(GETAFFINITY) ? failed() : __real_sched_getaffinity(pid, len, set);
}

int __real_pthread_condattr_init(pthread_condattr_t *attributes);
int __wrap_pthread_condattr_init(pthread_condattr_t *attributes);
int __wrap_pthread_condattr_init(pthread_condattr_t *attributes)
{
    return fails(CONDATTR) ? atomic_load(&error) : __real_pthread_condattr_init(attributes);
}

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*run)(void *), void *arg);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*run)(void *), void *arg);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*run)(void *), void *arg)
{
    return fails(THREAD) ? atomic_load(&error)
                         : __real_pthread_create(thread, attributes, run, arg);
}

int __real_uv_loop_init(uv_loop_t *loop);
int __wrap_uv_loop_init(uv_loop_t *loop);
int __wrap_uv_loop_init(uv_loop_t *loop)
{
    return fails(UV_LOOP) ? -atomic_load(&error) : __real_uv_loop_init(loop);
}

int __real_uv_async_init(uv_loop_t *loop, uv_async_t *wake, uv_async_cb on_wake);
int __wrap_uv_async_init(uv_loop_t *loop, uv_async_t *wake, uv_async_cb on_wake);
int __wrap_uv_async_init(uv_loop_t *loop, uv_async_t *wake, uv_async_cb on_wake)
{
    return fails(UV_WAKE) ? -atomic_load(&error) : __real_uv_async_init(loop, wake, on_wake);
}

int __real_uv_poll_init(uv_loop_t *loop, uv_poll_t *watch, int fd);
int __wrap_uv_poll_init(uv_loop_t *loop, uv_poll_t *watch, int fd);
int __wrap_uv_poll_init(uv_loop_t *loop, uv_poll_t *watch, int fd)
{
    return fails(UV_WATCH) ? -atomic_load(&error) : __real_uv_poll_init(loop, watch, fd);
}

/* ---- a server's life ---- */

static struct service_counts counts;
static struct rpcsec_policy *policy;

/* A server that could not run is freed, so that its clients are not left waiting. */
struct life {
    pthread_mutex_t lock;
    struct rpcsec_server *server;
    pthread_t thread;
    rpcsec_status status;
};

static void end_life(struct life *life)
{
    pthread_mutex_lock(&life->lock);
    rpcsec_server_free(life->server);
    life->server = NULL;
    pthread_mutex_unlock(&life->lock);
}

static void *run(void *arg)
{
    struct life *life = arg;

    life->status = rpcsec_server_run(life->server, NULL);
    if (life->status)
        end_life(life);
    return NULL;
}

static void stop(struct life *life)
{
    pthread_mutex_lock(&life->lock);
    if (life->server)
        rpcsec_server_stop(life->server);
    pthread_mutex_unlock(&life->lock);
    pthread_join(life->thread, NULL);
    end_life(life);
}

/* As a service manager would open it. */
static int listening_socket(void)
{
    const struct sockaddr_in address = {.sin_family = AF_INET,
                                        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = __real_socket(AF_INET, SOCK_STREAM, 0);

    assert_true(fd >= 0);
    assert_int_equal(__real_bind(fd, (const struct sockaddr *)&address, sizeof(address)), 0);
    assert_int_equal(__real_listen(fd, 4), 0);
    return fd;
}

static rpcsec_status add_and_listen(struct rpcsec_server *server)
{
    const struct rpcsec_service service = {&service_interface, &counts};
    rpcsec_status status = rpcsec_server_add(server, service, NULL);
    int fd;

    if (status == RPCSEC_OK)
        status = rpcsec_server_listen(server, "ncacn_ip_tcp:localhost[0]", NULL);
    if (status)
        return status;
    fd = listening_socket();
    status = rpcsec_server_listen_fd(server, fd, NULL);
    if (status)
        close(fd);
    return status;
}

/* ---- a client's life ---- */

static void take_result(struct rpcsec_pending *call, void *arg)
{
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    struct add_args args = {0};
    int *told = arg;

    assert_non_null(arena);
    *told = (int)rpcsec_pending_recv(call, arena, &service_interface, SERVICE_ADD, &args, NULL);
    if (*told == RPCSEC_OK && args.sum != 6)
        *told = RPCSEC_INTERNAL;
    rpcsec_arena_free(arena);
}

static rpcsec_status call_in_a_loop(struct rpcsec_client *client)
{
    const struct add_args args = {.number = 5};
    const uint64_t until_ms = loop_now_ms() + WAIT_MS;
    struct rpcsec_pending *call = NULL;
    struct pollfd poller = {.fd = rpcsec_client_fd(client), .events = POLLIN};
    int told = -1;
    rpcsec_status status = rpcsec_client_send(client, &service_interface, SERVICE_ADD, &args,
                                              take_result, &told, &call, NULL);

    while (status == RPCSEC_OK && told < 0) {
        if (loop_now_ms() > until_ms) {
            rpcsec_pending_free(call);
            return RPCSEC_TIMED_OUT;
        }
        (void)__real_poll(&poller, 1, 20);
        status = rpcsec_client_process(client, NULL);
    }
    return status ? status : (rpcsec_status)told;
}

static rpcsec_status call_twice(const char *binding)
{
    struct rpcsec_client *client = NULL;
    uint32_t sum = 0;
    rpcsec_status status = rpcsec_client_open(binding, NULL, policy, &client, NULL);

    if (status == RPCSEC_OK)
        status = call_in_a_loop(client);
    if (status == RPCSEC_OK)
        status = do_add(client, 1, &sum, NULL);
    rpcsec_client_close(client);
    return status == RPCSEC_OK && sum != 2 ? RPCSEC_INTERNAL : status;
}

static rpcsec_status run_and_call(struct rpcsec_server *server)
{
    struct life life = {.lock = PTHREAD_MUTEX_INITIALIZER, .server = server};
    char binding[128];
    rpcsec_status status;

    (void)snprintf(binding, sizeof(binding), "%s", rpcsec_server_binding(server, 0));
    assert_int_equal(__real_pthread_create(&life.thread, NULL, run, &life), 0);
    status = call_twice(binding);
    stop(&life);
    return life.status ? life.status : status;
}

static rpcsec_status live(void)
{
    struct rpcsec_server *server = NULL;
    rpcsec_status status = rpcsec_server_new(policy, &server, NULL);

    if (status == RPCSEC_OK)
        status = add_and_listen(server);
    if (status == RPCSEC_OK)
        return run_and_call(server);
    rpcsec_server_free(server);
    return status;
}

/* ---- all of them ---- */

static const struct {
    const char *name;
    enum which which;
    int errors[8]; /* up to the first 0, but for the first */
} faults[] = {
    {"socket", SOCKET, {EMFILE, EAFNOSUPPORT}},
    {"bind", BIND, {EADDRINUSE}},
    {"listen", LISTEN, {EADDRINUSE}},
    {"setsockopt", SETSOCKOPT, {ENOPROTOOPT}},
    {"getsockopt", GETSOCKOPT, {EBADF}},
    {"getsockname", GETSOCKNAME, {ENOBUFS}},
    {"getpeername", GETPEERNAME, {ENOTCONN}},
    {"getnameinfo", GETNAMEINFO, {EINVAL}},
    {"connect", CONNECT, {EINTR, ECONNREFUSED, ENETUNREACH, EHOSTUNREACH, EACCES, ETIMEDOUT}},
    {"getaddrinfo", GETADDRINFO, {EAI_MEMORY, EAI_SYSTEM, EAI_AGAIN, EAI_NONAME}},
    {"accept4", ACCEPT, {EMFILE, ENFILE, ENOBUFS, ENOMEM, ECONNABORTED, EINTR}},
    {"fcntl", FCNTL, {EBADF}},
    {"poll", POLL, {EINTR, ENOMEM}},
    {"eventfd", EVENTFD, {EMFILE}},
    {"epoll_create1", EPOLL_CREATE, {EMFILE}},
    {"epoll_ctl", EPOLL_CTL, {ENOSPC}},
    {"getrlimit", GETRLIMIT, {GIVES_LITTLE, EINVAL}},
    {"sched_getaffinity", GETAFFINITY, {EINVAL}},
    {"pthread_condattr_init", CONDATTR, {ENOMEM}},
    {"pthread_create", THREAD, {EAGAIN}},
    {"uv_loop_init", UV_LOOP, {ENOMEM}},
    {"uv_async_init", UV_WAKE, {EMFILE}},
    {"uv_poll_init", UV_WATCH, {ENOMEM}},
};

static bool is_allowed(rpcsec_status status, int with)
{
    return status != RPCSEC_INTERNAL && (status != RPCSEC_TIMED_OUT || with == ETIMEDOUT);
}

/* Gives how many of its calls there were. */
static unsigned live_with(const char *name, enum which which, unsigned nth, int with)
{
    rpcsec_status status;
    unsigned num;

    fail_at((int)which, nth, with);
    status = live();
    num = atomic_load(&num_calls);
    fail_at(-1, 0, 0);
    if (!is_allowed(status, with))
        fail_msg("%s: call %u failed with %d: %s", name, nth, with, rpcsec_status_name(status));
    return num;
}

static void check_works(const char *name)
{
    rpcsec_status status = live();

    if (status)
        fail_msg("after %s had failed it does not work: %s", name, rpcsec_status_name(status));
}

#define MAX_CALLS 12 /* of one kind that are made to fail: enough for each place */

static void calls_of_the_system_that_fail_are_heard_of(void **state)
{
    (void)state;
    check_works("nothing");
    for (size_t i = 0; i < NUM_OF(faults); i++) {
        unsigned nth = 0;

        for (int e = 0; e == 0 || faults[i].errors[e]; e++) {
            nth = 1;
            while (nth < MAX_CALLS &&
                   live_with(faults[i].name, faults[i].which, nth, faults[i].errors[e]) >= nth)
                nth++;
        }
        print_message("%s: %u\n", faults[i].name, nth - 1);
        assert_true(nth > 1); /* it was called at all */
        check_works(faults[i].name);
    }
}

static int make_policy(void **state)
{
    (void)state;
    fail_at(-1, 0, 0);
    policy = anonymous_policy();
    assert_ok(rpcsec_policy_set_limit(policy, RPCSEC_LIMIT_CALL_MS, WAIT_MS));
    return 0;
}

static int free_policy(void **state)
{
    (void)state;
    rpcsec_policy_free(policy);
    return 0;
}

/* The sanitizer's own calls are linked into this program, and are made to fail with the others:
 * it must do without a signal stack for each thread. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "use_sigaltstack=0";
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(calls_of_the_system_that_fail_are_heard_of, make_policy,
                                        free_policy),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
