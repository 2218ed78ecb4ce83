/* SPDX-License-Identifier: MIT
 *
 * packages/krb5_random.h: random bytes for confounders. Layer: packages.
 */
#ifndef PACKAGES_KRB5_RANDOM_H
#define PACKAGES_KRB5_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Gives `len` random bytes, at most 64, that nobody else gets: not another thread, not a forked
 * child. Usually without a system call. False when there is no randomness. */
bool krb5_random(uint8_t *ret_bytes, size_t len);

#endif
