/* SPDX-License-Identifier: MIT
 *
 * assoc/deadlines.c: when a peer was waited for long enough. Layer: assoc.
 *
 * Three clocks: the whole handshake, silence in the middle of a message, and output that the
 * peer does not read. Time is what the driver says it is.
 * Document: none; this is of our own making.
 */
#include "assoc/engine.h"
#include "base/arith.h"

static uint64_t input_deadline(const struct assoc *a)
{
    if (a->state == ASSOC_STATE_CLOSED || !in_is_partial(a))
        return UINT64_MAX;
    return arith_later(a->in.progress_ms, policy_limit(a->policy, RPCSEC_LIMIT_STALL_MS));
}

static uint64_t output_deadline(const struct assoc *a)
{
    if (a->out.num == 0)
        return UINT64_MAX;
    return arith_later(a->out.progress_ms, policy_limit(a->policy, RPCSEC_LIMIT_STALL_MS));
}

static uint64_t least(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

uint64_t assoc_deadline(const struct assoc *a)
{
    return least(a->handshake_deadline_ms, least(input_deadline(a), output_deadline(a)));
}

void assoc_tick(struct assoc *a, uint64_t now_ms)
{
    a->now_ms = now_ms;
    if (now_ms >= output_deadline(a)) {
        assoc_fail(a, RPCSEC_TIMED_OUT, RPCSEC_LAYER_TRANSPORT,
                   "the peer does not read what is sent to it");
        out_drop(a);
    } else if (now_ms >= a->handshake_deadline_ms) {
        assoc_fail(a, RPCSEC_TIMED_OUT, RPCSEC_LAYER_PROTOCOL,
                   "the handshake did not end in time (state %s)%s", assoc_state_name(a->state),
                   stranger_is_silent(a)
                       ? ": is it a DCE/RPC server? Check the host and the port"
                       : "");
    } else if (now_ms >= input_deadline(a)) {
        assoc_fail(a, RPCSEC_TIMED_OUT, RPCSEC_LAYER_TRANSPORT,
                   "the peer stopped in the middle of a message");
    }
}
