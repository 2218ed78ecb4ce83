/* SPDX-License-Identifier: MIT
 *
 * ndr/round_trip_main.c: round_trip over the interfaces that tests/ndr/round_trip.sh compiled:
 * INTERFACES lists them.
 */
#include <stdio.h>
#include <stdlib.h>

#include "round_trip.h"

#define ONE(name_) extern const struct rpcsec_interface name_;
INTERFACES
#undef ONE

int main(int argc, char **argv)
{
    const struct rpcsec_interface *const all[] = {
#define ONE(name_) &name_,
        INTERFACES
#undef ONE
    };
    unsigned num = argc > 1 ? (unsigned)atoi(argv[1]) : 20;
    uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    unsigned num_bad = 0;

    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        num_bad += round_trip_interface(all[i], seed, num);
    return num_bad != 0;
}
