/* SPDX-License-Identifier: MIT
 *
 * sim/sim.c: plays seeds, each twice: what happened must be the same to the last byte. A seed
 * whose promises do not hold is printed and can be had again:
 *
 *   sim [--seeds N] [--first SEED] [--once] [--trace] [--seconds S]
 *
 *   --once     does not play each seed a second time
 *   --trace    tells every step
 *   --seconds  stops early when this much real time is over
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "sim/world.h"

struct options {
    uint64_t first;
    uint64_t num;
    uint64_t seconds;
    bool once;
    bool trace;
};

struct totals {
    uint64_t seeds[3]; /* by network */
    uint64_t steps;
    uint64_t calls;
    uint64_t ends[5];
    uint64_t attacks;
    uint64_t bytes;
    uint64_t failures;
};

static bool read_number(const char *text, uint64_t *ret_value)
{
    char *end;

    *ret_value = text ? strtoull(text, &end, 0) : 0;
    return text && *text && *end == '\0';
}

static bool read_options(int argc, char **argv, struct options *o)
{
    const struct {
        const char *name;
        uint64_t *value;
    } numbers[] = {{"--first", &o->first}, {"--seeds", &o->num}, {"--seconds", &o->seconds}};
    const struct {
        const char *name;
        bool *value;
    } switches[] = {{"--once", &o->once}, {"--trace", &o->trace}};
    int known = 1;

    for (int i = 1; i < argc; i++) {
        for (size_t j = 0; j < 3; j++) {
            if (strcmp(argv[i], numbers[j].name) == 0 && i + 1 < argc)
                known += 2 * read_number(argv[++i], numbers[j].value);
        }
        for (size_t j = 0; j < 2 && i < argc; j++) {
            if (strcmp(argv[i], switches[j].name) == 0)
                known += *switches[j].value = true;
        }
    }
    return known == argc;
}

static void add(struct totals *t, const struct world *w)
{
    t->seeds[w->plan.network]++;
    t->steps += w->num_steps;
    t->calls += w->num_calls;
    t->attacks += w->client.wire.num_attacks + w->server.wire.num_attacks;
    t->bytes += w->client.wire.bytes_in + w->server.wire.bytes_in;
    for (size_t i = 0; i < w->num_calls; i++)
        t->ends[w->calls[i].end]++;
}

static uint64_t play(uint64_t seed, bool trace, struct totals *totals, char *ret_broken)
{
    static struct world w;
    uint64_t hash;

    world_init(&w, seed, trace);
    world_run(&w);
    if (totals)
        add(totals, &w);
    memcpy(ret_broken, w.broken, sizeof(w.broken));
    hash = w.hash;
    world_done(&w);
    return hash;
}

static void play_seed(uint64_t seed, const struct options *o, struct totals *totals)
{
    char broken[sizeof(((struct world *)NULL)->broken)];
    const uint64_t hash = play(seed, o->trace, totals, broken);

    if (!broken[0] && !o->once && play(seed, false, NULL, broken) != hash)
        (void)snprintf(broken, sizeof(broken), "a second run went another way");
    if (!broken[0])
        return;
    totals->failures++;
    printf("not ok - seed %llu: %s\n", (unsigned long long)seed, broken);
    printf("# again: tests/sim/sim --first %llu --seeds 1 --trace\n", (unsigned long long)seed);
}

static void report(const struct totals *t, const struct options *o, uint64_t num)
{
    printf("# seeds %llu..%llu: %llu lossless, %llu cut, %llu hostile\n",
           (unsigned long long)o->first, (unsigned long long)(o->first + num - 1),
           (unsigned long long)t->seeds[0], (unsigned long long)t->seeds[1],
           (unsigned long long)t->seeds[2]);
    printf("# %llu steps, %llu bytes, %llu attacks\n", (unsigned long long)t->steps,
           (unsigned long long)t->bytes, (unsigned long long)t->attacks);
    printf("# %llu calls: %llu results, %llu faults, %llu not run, %llu unknown\n",
           (unsigned long long)t->calls, (unsigned long long)t->ends[END_RESULT],
           (unsigned long long)t->ends[END_FAULT], (unsigned long long)t->ends[END_NOT_RUN],
           (unsigned long long)t->ends[END_UNKNOWN]);
}

int main(int argc, char **argv)
{
    /* In make check: as many as a minute holds, where a sanitizer makes it slow. */
    struct options o = {.first = 1, .num = 20000, .seconds = argc == 1 ? 60 : 0};
    struct totals totals = {.steps = 0};
    const time_t begin = time(NULL);
    uint64_t i;

    if (!read_options(argc, argv, &o)) {
        fprintf(stderr, "usage: sim [--seeds N] [--first SEED] [--seconds S] [--once] "
                        "[--trace]\n");
        return 2;
    }
    for (i = 0; i < o.num; i++) {
        if (o.seconds && (uint64_t)(time(NULL) - begin) >= o.seconds)
            break;
        play_seed(o.first + i, &o, &totals);
    }
    report(&totals, &o, i);
    if (totals.failures == 0)
        printf("ok - %llu seeds\n", (unsigned long long)i);
    return totals.failures != 0;
}
