/* SPDX-License-Identifier: MIT
 *
 * runtime/call_defer.c: calls that end after their manager function has returned. Layer:
 * runtime. Document: C706 2.5 says nothing of it: this is of our own making.
 *
 * Who ends a call claims it first, so it ends once. It goes back to its home when it is both
 * finished and returned, whichever comes last; whoever brings that about posts it and must not
 * touch it again, unless he holds a reference.
 */
#include "base/alloc.h"
#include "runtime/call.h"

bool call_returned(struct rpcsec_call *call, rpcsec_status status)
{
    if (!(atomic_load(&call->state) & CALL_DEFERRED)) {
        call->status = status;
        return true;
    }
    return (atomic_fetch_or(&call->state, CALL_RETURNED) & CALL_FINISHED) != 0;
}

bool call_claim(struct rpcsec_call *call)
{
    return (atomic_load(&call->state) & CALL_DEFERRED) &&
           !(atomic_fetch_or(&call->state, CALL_CLAIMED) & CALL_CLAIMED);
}

void call_let_go(struct rpcsec_call *call)
{
    sspi_pac_unref(call->pac);
    call->pac = NULL;
    secret_free(call->session_key, call->session_key_len);
    call->session_key = NULL;
}

void call_unref(struct rpcsec_call *call)
{
    if (atomic_fetch_sub(&call->num_refs, 1) != 1)
        return;
    call_let_go(call);
    rpcsec_arena_free(call->arena);
    mem_free(call);
}

/* Once, whether the cancel or the deferral came first. */
void call_cancel(struct rpcsec_call *call)
{
    unsigned state;

    atomic_store(&call->cancelled, true);
    state = atomic_load(&call->state);
    if (!(state & CALL_DEFERRED) || state & CALL_CLAIMED || !call->on_cancel)
        return;
    if (!(atomic_fetch_or(&call->state, CALL_TOLD) & CALL_TOLD))
        call->on_cancel(call, call->on_cancel_arg);
}

/* ---- what a manager function asks ---- */

rpcsec_status rpcsec_call_defer(struct rpcsec_call *call,
                                void (*on_cancel)(struct rpcsec_call *call, void *arg),
                                void *arg)
{
    if (atomic_load(&call->state) & CALL_DEFERRED)
        return RPCSEC_INVALID_STATE;
    call->on_cancel = on_cancel;
    call->on_cancel_arg = arg;
    atomic_fetch_add(&call->num_refs, 1);
    atomic_fetch_or(&call->state, CALL_DEFERRED);
    if (rpcsec_call_cancelled(call))
        call_cancel(call);
    return RPCSEC_OK;
}

rpcsec_status rpcsec_call_finish(struct rpcsec_call *call, rpcsec_status status)
{
    struct loop *loop;

    if (!call_claim(call))
        return RPCSEC_INVALID_STATE;
    loop = call->connection->home->loop;
    call->status = status;
    if (atomic_fetch_or(&call->state, CALL_FINISHED) & CALL_RETURNED)
        loop_post(loop, &call->back);
    return RPCSEC_OK;
}

void rpcsec_call_unref(struct rpcsec_call *call)
{
    if (!call)
        return;
    (void)rpcsec_call_finish(call, RPCSEC_CANCELLED);
    call_unref(call);
}
