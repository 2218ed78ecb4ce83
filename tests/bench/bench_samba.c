/* SPDX-License-Identifier: MIT
 *
 * bench/bench_samba.c: Samba's NDR library on given messages of samr. A yardstick for
 * `make bench` only.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <core/ntstatus.h>
#include <talloc.h>

#include <gen_ndr/ndr_samr.h>
#include <ndr.h>

#include "bench_samba.h"

struct peer {
    const struct ndr_interface_call *call;
    unsigned flags;
    unsigned level;
    DATA_BLOB blob;
    void *value;
};

static void *decode(TALLOC_CTX *memory, const struct peer *peer)
{
    struct ndr_pull *pull = ndr_pull_init_blob(&peer->blob, memory);
    void *value = talloc_zero_size(memory, peer->call->struct_size);

    if (!pull || !value)
        return NULL;
    pull->flags |= LIBNDR_FLAG_REF_ALLOC;
    if (peer->level) /* QueryUserInfo: the request's level chooses the arm */
        ((struct samr_QueryUserInfo *)value)->in.level = peer->level;
    if (peer->call->ndr_pull(pull, (int)peer->flags, value) != NDR_ERR_SUCCESS)
        return NULL;
    return value;
}

static DATA_BLOB encode(TALLOC_CTX *memory, const struct peer *peer)
{
    struct ndr_push *push = ndr_push_init_ctx(memory);

    if (!push || peer->call->ndr_push(push, (int)peer->flags, peer->value) != NDR_ERR_SUCCESS)
        return data_blob_null;
    return ndr_push_blob(push);
}

struct peer *peer_new(unsigned opnum, bool is_out, unsigned level, const uint8_t *data,
                      size_t len)
{
    struct peer *peer = talloc_zero(NULL, struct peer);

    if (!peer)
        return NULL;
    peer->call = &ndr_table_samr.calls[opnum];
    peer->flags = is_out ? NDR_OUT : NDR_IN;
    peer->level = level;
    peer->blob.data = talloc_memdup(peer, data, len);
    peer->blob.length = len;
    peer->value = decode(peer, peer);
    if (peer->value)
        return peer;
    talloc_free(peer);
    return NULL;
}

void peer_free(struct peer *peer)
{
    talloc_free(peer);
}

bool peer_agrees(struct peer *peer)
{
    DATA_BLOB blob = encode(peer, peer);

    return blob.length == peer->blob.length &&
           memcmp(blob.data, peer->blob.data, blob.length) == 0;
}

void peer_encode(struct peer *peer)
{
    TALLOC_CTX *memory = talloc_new(NULL);

    (void)encode(memory, peer);
    talloc_free(memory);
}

void peer_decode(struct peer *peer)
{
    TALLOC_CTX *memory = talloc_new(NULL);

    (void)decode(memory, peer);
    talloc_free(memory);
}
