/* SPDX-License-Identifier: MIT
 *
 * packages/krb5_random.c: random bytes for confounders. Layer: packages. Document: RFC
 * 3961 5.3.
 *
 * libcrypto's generator costs as much for one block as for many, and more than the message. So
 * each thread keeps a supply. What was given out is wiped; a fork makes every supply void, so
 * that parent and child never give the same bytes.
 */
#include "packages/krb5_random.h"

#include <openssl/rand.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/alloc.h"

#define SUPPLY_LEN 512

struct supply {
    unsigned forks; /* as num_forks was when it was filled */
    size_t len;     /* bytes left, at the end */
    uint8_t bytes[SUPPLY_LEN];
};

static _Thread_local struct supply supply;
static atomic_uint num_forks; /* of this process and its parents */
static bool watches_forks;

static void note_fork(void)
{
    atomic_fetch_add(&num_forks, 1);
}

static void watch_forks(void)
{
    watches_forks = pthread_atfork(NULL, NULL, note_fork) == 0;
}

bool krb5_random(uint8_t *ret_bytes, size_t len)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    unsigned forks;

    pthread_once(&once, watch_forks);
    if (!watches_forks)
        return RAND_bytes(ret_bytes, (int)len) == 1;
    forks = atomic_load_explicit(&num_forks, memory_order_relaxed);
    if (supply.len < len || supply.forks != forks) {
        supply.len = 0;
        if (RAND_bytes(supply.bytes, SUPPLY_LEN) != 1)
            return false;
        supply.len = SUPPLY_LEN;
        supply.forks = forks;
    }
    supply.len -= len;
    memcpy(ret_bytes, supply.bytes + supply.len, len);
    secret_wipe(supply.bytes + supply.len, len);
    return true;
}
