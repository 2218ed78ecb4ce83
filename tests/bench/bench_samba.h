/* SPDX-License-Identifier: MIT
 *
 * bench/bench_samba.h: Samba's NDR library beside ours, in a file of its own since its headers
 * name things as they like.
 */
#ifndef BENCH_SAMBA_H
#define BENCH_SAMBA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One message of one operation in one direction. */
struct peer;

/* Decodes the bytes; NULL when Samba does not take them. */
struct peer *peer_new(unsigned opnum, bool is_out, unsigned level, const uint8_t *data,
                      size_t len);
void peer_free(struct peer *peer);
/* Encodes what was decoded; true when that gives the same bytes. */
bool peer_agrees(struct peer *peer);
/* One time each, from scratch as its callers do. */
void peer_encode(struct peer *peer);
void peer_decode(struct peer *peer);

#endif
