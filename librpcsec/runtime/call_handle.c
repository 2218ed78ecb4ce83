/* SPDX-License-Identifier: MIT
 *
 * runtime/call_handle.c: the context handles of one call: those that came with it, and those
 * that its manager function makes. Layer: runtime. Documents: C706 5.1.6, MS-RPCE 3.3.1.4.1.
 */
#include <string.h>

#include "base/arena.h"
#include "runtime/call.h"

static struct handles *handles_of(const struct rpcsec_call *call)
{
    return &call->connection->home->server->handles;
}

static const struct rpcsec_handle_type *find_type(const struct rpcsec_call *call,
                                                  const char *name)
{
    const struct rpcsec_interface *interface = call->entry->interface;

    for (uint32_t i = 0; i < interface->num_handles; i++) {
        if (name && strcmp(interface->handles[i].name, name) == 0)
            return &interface->handles[i];
    }
    return NULL;
}

static struct handle_identity identity_of(const struct rpcsec_call *call)
{
    return (struct handle_identity){
        .interface = call->entry,
        .level = call->peer.level,
        .mechanism = call->peer.mechanism,
        .name = call->peer.sid ? call->peer.sid : call->peer.principal,
    };
}

/* ---- those that came with it ---- */

/* Only parameters are context handles (C706 5.1.6): one inside of a structure names nothing. */
static bool is_incoming(const struct rpcsec_ndr_arg *arg)
{
    return arg->type->kind == RPCSEC_NDR_CONTEXT_HANDLE && arg->flags & RPCSEC_NDR_IN;
}

static size_t num_incoming(const struct rpcsec_ndr_record *record)
{
    size_t num = 0;

    for (uint32_t i = 0; i < record->num_args; i++)
        num += is_incoming(&record->args[i]);
    return num;
}

/* DEVIATION: what is [in, out] may be ended by the call, so it is never shared (test:
 * shared_handles_are_read_at_once_and_ended_alone). */
static struct handle_use use_of(const struct rpcsec_call *call,
                                const struct rpcsec_ndr_arg *arg)
{
    const bool is_out = (arg->flags & RPCSEC_NDR_OUT) != 0;

    return (struct handle_use){
        .wire = (const void *)((const uint8_t *)call->args + arg->offset),
        .type = find_type(call, arg->type->name),
        .shared = !is_out && arg->type->flags & RPCSEC_NDR_FLAG_SHARED,
        .may_be_null = is_out,
    };
}

rpcsec_status call_handles_find(struct rpcsec_call *call)
{
    const struct rpcsec_ndr_record *record = call->operation->args;
    const struct handle_identity identity = identity_of(call);
    struct handle_wait *wait = &call->handles;
    size_t num = num_incoming(record);

    wait->owner = group_handles(call->connection->group);
    if (!num)
        return RPCSEC_OK;
    wait->uses =
        arena_array(call->arena, num, sizeof(*wait->uses), _Alignof(struct handle_use));
    if (!wait->uses)
        return RPCSEC_NO_MEMORY;
    for (uint32_t i = 0; i < record->num_args; i++) {
        if (is_incoming(&record->args[i]))
            wait->uses[wait->num_uses++] = use_of(call, &record->args[i]);
    }
    return handles_find(handles_of(call), wait, &identity);
}

void call_handles_end(struct rpcsec_call *call, bool delivered)
{
    while (!delivered && call->handles_made) {
        struct handle *made = call->handles_made;

        call->handles_made = *handle_next_made(made);
        handle_abandon(handles_of(call), made, call->connection->home->server->call_pool);
    }
    handles_release(handles_of(call), &call->handles);
}

/* ---- what a manager function asks ---- */

static void (*rundown_of(const struct rpcsec_call *call,
                         const struct rpcsec_handle_type *type))(void *object)
{
    void (*rundown)(void *object) = NULL;

    if (call->entry->ops)
        memcpy(&rundown, (const uint8_t *)call->entry->ops + type->rundown_offset,
               sizeof(rundown));
    return rundown;
}

rpcsec_status rpcsec_call_handle_new(struct rpcsec_call *call, const char *type, void *object,
                                     struct rpcsec_context_handle *ret_handle)
{
    const struct rpcsec_handle_type *known = find_type(call, type);
    const struct handle_identity identity = identity_of(call);
    struct handle_params params = {.identity = &identity, .type = known, .object = object};
    struct handle *made = NULL;
    rpcsec_status status;

    if (!known || !object || !ret_handle)
        return RPCSEC_INVALID_ARGUMENT;
    params.rundown = rundown_of(call, known);
    status = handle_new(handles_of(call), call->handles.owner, &params, &made);
    if (status == RPCSEC_LIMIT)
        call->fault_code = PDU_FAULT_SERVER_TOO_BUSY;
    if (status)
        return status;
    *handle_next_made(made) = call->handles_made;
    call->handles_made = made;
    *ret_handle = handle_wire(made);
    return RPCSEC_OK;
}

static struct handle_use *find_use(struct rpcsec_call *call,
                                   const struct rpcsec_handle_type *type,
                                   const struct rpcsec_context_handle *wire)
{
    for (size_t i = 0; i < call->handles.num_uses; i++) {
        struct handle_use *use = &call->handles.uses[i];

        if (use->type == type && handle_is(use->handle, wire))
            return use;
    }
    return NULL;
}

static struct handle **find_made(struct rpcsec_call *call,
                                 const struct rpcsec_context_handle *wire)
{
    struct handle **at = &call->handles_made;

    while (*at && !handle_is(*at, wire))
        at = handle_next_made(*at);
    return *at ? at : NULL;
}

void *rpcsec_call_handle_get(struct rpcsec_call *call, const char *type,
                             const struct rpcsec_context_handle *handle)
{
    struct handle_use *use = find_use(call, find_type(call, type), handle);
    struct handle **made = use ? NULL : find_made(call, handle);

    if (use)
        return handle_object(use->handle);
    return made ? handle_object(*made) : NULL;
}

void *rpcsec_call_handle_take(struct rpcsec_call *call, const char *type,
                              struct rpcsec_context_handle *handle)
{
    struct handle_use *use = find_use(call, find_type(call, type), handle);
    struct handle **made = use ? NULL : find_made(call, handle);
    struct handle *taken = use && !use->shared ? use->handle : NULL;

    if (made) {
        taken = *made;
        *made = *handle_next_made(taken);
    }
    if (!taken)
        return NULL;
    memset(handle, 0, sizeof(*handle));
    return handle_take(handles_of(call), taken);
}
