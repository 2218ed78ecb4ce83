/* SPDX-License-Identifier: MIT
 *
 * sim/random.h: numbers that follow from a seed and nothing else (splitmix64), so that a run
 * can be had again.
 */
#ifndef SIM_RANDOM_H
#define SIM_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rnd {
    uint64_t state;
};

static inline uint64_t rnd_next(struct rnd *r)
{
    uint64_t z = r->state += 0x9E3779B97F4A7C15u;

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* 0..n-1; 0 when n is 0. */
static inline uint64_t rnd_below(struct rnd *r, uint64_t n)
{
    return n ? rnd_next(r) % n : 0;
}

static inline bool rnd_percent(struct rnd *r, unsigned percent)
{
    return rnd_below(r, 100) < percent;
}

/* 0..max, mostly small. */
static inline size_t rnd_size(struct rnd *r, size_t max)
{
    const size_t cap = max >> rnd_below(r, 12);

    return (size_t)rnd_below(r, cap + 1);
}

#endif
