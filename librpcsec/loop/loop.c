/* SPDX-License-Identifier: MIT
 *
 * loop/loop.c: the loop over libuv. Layer: loop; the only file that knows libuv.
 *
 * Uses uv_poll_t, uv_timer_t and uv_async_t alone: no streams (they bypass transport/), no
 * thread pool.
 */
#include <pthread.h>
#include <sched.h>
#include <time.h>
#include <uv.h>

#include "base/alloc.h"
#include "loop/loop.h"

struct loop {
    uv_loop_t uv;
    uv_async_t wake;
    pthread_mutex_t lock;     /* guards the list of posted tasks */
    struct loop_task *posted; /* newest first */
};

struct loop_watch {
    uv_poll_t uv;
    loop_ready_fn *ready;
    void *arg;
    unsigned events;
};

struct loop_timer {
    uv_timer_t uv;
    struct loop *loop;
    loop_timer_fn *fire;
    void *arg;
    uint64_t when_ms;
};

size_t loop_num_processors(void)
{
    cpu_set_t cpus;

    CPU_ZERO(&cpus);
    if (sched_getaffinity(0, sizeof(cpus), &cpus))
        return CPU_SETSIZE; /* there are more than a set has places */
    return (size_t)CPU_COUNT(&cpus);
}

uint64_t loop_now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

uint64_t loop_time_ms(const struct loop *loop)
{
    return uv_now(&loop->uv);
}

/* ---- posted tasks ---- */

static struct loop_task *take_posted(struct loop *loop)
{
    struct loop_task *newest;
    struct loop_task *oldest = NULL;

    pthread_mutex_lock(&loop->lock);
    newest = loop->posted;
    loop->posted = NULL;
    pthread_mutex_unlock(&loop->lock);
    while (newest) {
        struct loop_task *next = newest->next;

        newest->next = oldest;
        oldest = newest;
        newest = next;
    }
    return oldest;
}

bool loop_run_posted(struct loop *loop)
{
    struct loop_task *task = take_posted(loop);
    const bool any = task != NULL;

    while (task) {
        struct loop_task *next = task->next; /* run may free or post the task again */

        task->next = NULL;
        task->run(task->arg);
        task = next;
    }
    return any;
}

static void on_wake(uv_async_t *wake)
{
    (void)loop_run_posted(wake->data);
}

void loop_post(struct loop *loop, struct loop_task *task)
{
    bool first;

    pthread_mutex_lock(&loop->lock);
    first = loop->posted == NULL;
    task->next = loop->posted;
    loop->posted = task;
    /* Rung inside the lock: once another thread can see the task, the loop may end and be
     * freed. */
    if (first)
        uv_async_send(&loop->wake);
    pthread_mutex_unlock(&loop->lock);
}

/* ---- the loop ---- */

rpcsec_status loop_new(struct loop **ret_loop)
{
    struct loop *loop = mem_zalloc(sizeof(*loop));

    if (!loop)
        return RPCSEC_NO_MEMORY;
    if (uv_loop_init(&loop->uv)) {
        mem_free(loop);
        return RPCSEC_SYSTEM;
    }
    if (uv_async_init(&loop->uv, &loop->wake, on_wake)) {
        uv_loop_close(&loop->uv);
        mem_free(loop);
        return RPCSEC_SYSTEM;
    }
    loop->wake.data = loop;
    pthread_mutex_init(&loop->lock, NULL);
    *ret_loop = loop;
    return RPCSEC_OK;
}

void loop_free(struct loop *loop)
{
    if (!loop)
        return;
    (void)loop_run_posted(loop);
    uv_close((uv_handle_t *)&loop->wake, NULL);
    /* Runs what uv_close left to do, for the watches and timers as well. */
    uv_run(&loop->uv, UV_RUN_DEFAULT);
    uv_loop_close(&loop->uv);
    pthread_mutex_destroy(&loop->lock);
    mem_free(loop);
}

void loop_run(struct loop *loop)
{
    uv_run(&loop->uv, UV_RUN_DEFAULT);
}

void loop_stop(struct loop *loop)
{
    uv_stop(&loop->uv);
}

/* ---- descriptors ---- */

static unsigned from_uv(int status, int events, unsigned asked)
{
    if (status < 0 || (events & UV_DISCONNECT))
        return asked;
    return (events & UV_READABLE ? (unsigned)LOOP_READ : 0) |
           (events & UV_WRITABLE ? (unsigned)LOOP_WRITE : 0);
}

static void on_poll(uv_poll_t *uv, int status, int events)
{
    struct loop_watch *watch = uv->data;

    watch->ready(watch->arg, from_uv(status, events, watch->events));
}

rpcsec_status loop_watch_new(struct loop *loop, int fd, loop_ready_fn *ready, void *arg,
                             struct loop_watch **ret_watch)
{
    struct loop_watch *watch = mem_zalloc(sizeof(*watch));

    if (!watch)
        return RPCSEC_NO_MEMORY;
    if (uv_poll_init(&loop->uv, &watch->uv, fd)) {
        mem_free(watch);
        return RPCSEC_SYSTEM;
    }
    watch->uv.data = watch;
    watch->ready = ready;
    watch->arg = arg;
    /* Makes libuv's room for this descriptor now, see DEVIATION in loop.h. */
    uv_poll_start(&watch->uv, UV_READABLE, on_poll);
    uv_poll_stop(&watch->uv);
    *ret_watch = watch;
    return RPCSEC_OK;
}

void loop_watch_set(struct loop_watch *watch, unsigned events)
{
    int wanted =
        (events & LOOP_READ ? UV_READABLE : 0) | (events & LOOP_WRITE ? UV_WRITABLE : 0);

    if (watch->events == events)
        return;
    watch->events = events;
    if (wanted)
        uv_poll_start(&watch->uv, wanted, on_poll);
    else
        uv_poll_stop(&watch->uv);
}

static void free_watch(uv_handle_t *uv)
{
    mem_free(uv->data);
}

void loop_watch_free(struct loop_watch *watch)
{
    if (!watch)
        return;
    uv_poll_stop(&watch->uv);
    uv_close((uv_handle_t *)&watch->uv, free_watch);
}

/* ---- timers ---- */

static void on_timer(uv_timer_t *uv)
{
    struct loop_timer *timer = uv->data;

    timer->when_ms = LOOP_NEVER;
    timer->fire(timer->arg);
}

rpcsec_status loop_timer_new(struct loop *loop, loop_timer_fn *fire, void *arg,
                             struct loop_timer **ret_timer)
{
    struct loop_timer *timer = mem_zalloc(sizeof(*timer));

    if (!timer)
        return RPCSEC_NO_MEMORY;
    uv_timer_init(&loop->uv, &timer->uv); /* cannot fail */
    timer->uv.data = timer;
    timer->loop = loop;
    timer->fire = fire;
    timer->arg = arg;
    timer->when_ms = LOOP_NEVER;
    *ret_timer = timer;
    return RPCSEC_OK;
}

void loop_timer_set(struct loop_timer *timer, uint64_t when_ms)
{
    uint64_t now_ms;

    if (timer->when_ms == when_ms)
        return;
    timer->when_ms = when_ms;
    if (when_ms == LOOP_NEVER) {
        uv_timer_stop(&timer->uv);
        return;
    }
    uv_update_time(&timer->loop->uv);
    now_ms = loop_now_ms();
    uv_timer_start(&timer->uv, on_timer, when_ms > now_ms ? when_ms - now_ms : 0, 0);
}

static void free_timer(uv_handle_t *uv)
{
    mem_free(uv->data);
}

void loop_timer_free(struct loop_timer *timer)
{
    if (!timer)
        return;
    uv_timer_stop(&timer->uv);
    uv_close((uv_handle_t *)&timer->uv, free_timer);
}
