/* SPDX-License-Identifier: MIT
 *
 * loop/pool.c: a queue of jobs and the threads that run them. Layer: loop.
 */
#include <signal.h>

#include "base/alloc.h"
#include "loop/pool.h"

struct pool {
    pthread_mutex_t lock;
    pthread_cond_t work; /* a job waits, or the pool ends */
    struct pool_job *first;
    struct pool_job *last;
    size_t num_waiting; /* jobs */
    size_t num_idle;    /* threads */
    bool ending;
    size_t num_threads;
    size_t max_threads;
    pthread_t threads[];
};

bool thread_start(pthread_t *thread, void *(*run)(void *arg), void *arg)
{
    sigset_t all, before;
    int failed;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    failed = pthread_create(thread, NULL, run, arg);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return failed == 0;
}

/* The pool is locked. */
static struct pool_job *take_job(struct pool *pool)
{
    struct pool_job *job = pool->first;

    if (!job)
        return NULL;
    pool->first = job->next;
    if (!pool->first)
        pool->last = NULL;
    pool->num_waiting--;
    return job;
}

static void *run_jobs(void *arg)
{
    struct pool *pool = arg;
    struct pool_job *job;

    pthread_mutex_lock(&pool->lock);
    for (;;) {
        job = take_job(pool);
        if (job) {
            pthread_mutex_unlock(&pool->lock);
            job->run(job->arg); /* the job may be gone after this */
            pthread_mutex_lock(&pool->lock);
        } else if (pool->ending) {
            break;
        } else {
            pool->num_idle++;
            pthread_cond_wait(&pool->work, &pool->lock);
            pool->num_idle--;
        }
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

/* The pool is locked, or not yet known to others. */
static bool add_thread(struct pool *pool)
{
    if (!thread_start(&pool->threads[pool->num_threads], run_jobs, pool))
        return false;
    pool->num_threads++;
    return true;
}

rpcsec_status pool_new(size_t max_threads, struct pool **ret_pool)
{
    struct pool *pool = mem_zalloc(sizeof(*pool) + max_threads * sizeof(pthread_t));

    if (!pool)
        return RPCSEC_NO_MEMORY;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->work, NULL);
    pool->max_threads = max_threads;
    if (!add_thread(pool)) {
        pool_free(pool);
        return RPCSEC_SYSTEM;
    }
    *ret_pool = pool;
    return RPCSEC_OK;
}

void pool_free(struct pool *pool)
{
    if (!pool)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->ending = true;
    pthread_cond_broadcast(&pool->work);
    pthread_mutex_unlock(&pool->lock);
    for (size_t i = 0; i < pool->num_threads; i++)
        pthread_join(pool->threads[i], NULL);
    pthread_cond_destroy(&pool->work);
    pthread_mutex_destroy(&pool->lock);
    mem_free(pool);
}

void pool_submit(struct pool *pool, struct pool_job *job)
{
    job->next = NULL;
    pthread_mutex_lock(&pool->lock);
    if (pool->last)
        pool->last->next = job;
    else
        pool->first = job;
    pool->last = job;
    pool->num_waiting++;
    /* When no thread can be added the job waits for one that is there. */
    if (pool->num_waiting > pool->num_idle && pool->num_threads < pool->max_threads)
        (void)add_thread(pool);
    pthread_cond_signal(&pool->work);
    pthread_mutex_unlock(&pool->lock);
}
