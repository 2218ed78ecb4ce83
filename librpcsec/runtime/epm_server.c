/* SPDX-License-Identifier: MIT
 *
 * runtime/epm_server.c: the endpoint mapper that a server can be: for itself, its interfaces
 * at its listening addresses, or for its host, and then also what other processes register.
 * Layer: runtime. Documents: C706 appendix O, MS-RPCE 2.2.1.2 and 3.1.1.5.3. Nobody registers
 * anything from afar.
 *
 * A lookup that does not fit into one answer goes on by a context handle, whose object is the
 * question and the place where the next answer begins.
 */
#include <arpa/inet.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "base/uuid.h"
#include "gen/epm.h"
#include "pdu/tower.h"
#include "runtime/binding.h"
#include "runtime/call.h"
#include "runtime/connection.h"
#include "runtime/epm.h"
#include "runtime/server.h"

/* All but ept_inq_object, which is not served: those that would change something say that they
 * cannot. */
#define EPM_OPEN 0x5Fu

/* error_status_t: C706 appendix E. */
enum {
    STATUS_OK = 0,
    STATUS_CANT_PERFORM_OP = 0x16c9a0cd,
    STATUS_NO_MEMORY = 0x16c9a0ce,
    STATUS_INVALID_ENTRY = 0x16c9a0d3,
    STATUS_UPDATE_FAILED = 0x16c9a0d4,
    STATUS_NOT_REGISTERED = 0x16c9a0d6,
};

/* inquiry_type: MS-RPCE 2.2.1.2.4. */
enum {
    INQUIRY_ALL = 0,
    INQUIRY_BY_INTERFACE = 1,
    INQUIRY_BY_OBJECT = 2,
    INQUIRY_BY_BOTH = 3,
};

/* vers_option: C706 3.1.6 (rpc_c_vers_...). */
enum {
    VERSION_ALL = 1,
    VERSION_COMPATIBLE = 2,
    VERSION_EXACT = 3,
    VERSION_MAJOR = 4,
    VERSION_UP_TO = 5,
};

/* A question, and where its answer goes on. */
struct lookup {
    bool by_interface;
    struct rpcsec_syntax interface;
    uint32_t vers_option;
    bool by_object; /* exactly this one; else entries of no object fit as well */
    bool has_object;
    struct rpcsec_uuid object;
    bool by_transport;
    uint8_t rpc;
    uint8_t transport;
    const struct rpcsec_syntax *transfer; /* that is asked for; NULL: any */
    size_t next;                          /* of our own */
    uint64_t last_id;                     /* of those that others registered */
};

/* ---- what there is ---- */

/* The n-th listening address; false behind the last, and for one that is named twice. */
static bool nth_address(const struct rpcsec_server *server, size_t n,
                        struct binding *ret_binding)
{
    const char *text = rpcsec_server_binding(server, n);

    if (!text || (n && strcmp(text, rpcsec_server_binding(server, n - 1)) == 0))
        return false;
    return binding_parse(text, ret_binding, NULL) == RPCSEC_OK;
}

static size_t num_addresses(const struct rpcsec_server *server)
{
    size_t num = 0;

    while (rpcsec_server_binding(server, num))
        num++;
    return num;
}

/* The n-th of all pairs of interface and address. */
bool epm_nth_tower(const struct rpcsec_server *server, size_t n, struct tower *ret_tower,
                   const char **ret_name)
{
    size_t num = num_addresses(server);
    const struct registry_entry *entry = server->registry.entries[n / num];
    struct binding binding;

    if (!nth_address(server, n % num, &binding))
        return false;
    *ret_tower = (struct tower){
        .interface = entry->assoc.id ? *entry->assoc.id : entry->interface->id,
        .transfer = syntax_ndr,
        .rpc = binding.is_local ? TOWER_NCALRPC : TOWER_NCACN,
        .transport = binding.is_local ? TOWER_PIPE : TOWER_TCP,
        .port = binding.port,
    };
    memcpy(ret_tower->name, binding.name, sizeof(binding.name));
    /* Of a name or an IPv6 address nothing fits into a tower: clients use the address at which
     * they asked (MS-RPCE 3.1.3.5.3). */
    if (inet_pton(AF_INET, binding.host, ret_tower->address) != 1)
        memset(ret_tower->address, 0, sizeof(ret_tower->address));
    *ret_name = entry->interface->name;
    return true;
}

size_t epm_num_towers(const struct rpcsec_server *server)
{
    return server->registry.num_entries * num_addresses(server);
}

/* ---- what is asked for ---- */

static bool version_fits(const struct rpcsec_syntax *there, const struct rpcsec_syntax *wanted,
                         uint32_t option)
{
    switch (option) {
    case VERSION_ALL:
        return true;
    case VERSION_COMPATIBLE:
        return there->major == wanted->major && there->minor >= wanted->minor;
    case VERSION_EXACT:
        return there->major == wanted->major && there->minor == wanted->minor;
    case VERSION_MAJOR:
        return there->major == wanted->major;
    case VERSION_UP_TO:
        return there->major < wanted->major ||
               (there->major == wanted->major && there->minor <= wanted->minor);
    default:
        return false;
    }
}

static bool tower_fits(const struct lookup *lookup, const struct tower *tower)
{
    if (lookup->by_transport &&
        (tower->rpc != lookup->rpc || tower->transport != lookup->transport))
        return false;
    return !lookup->by_interface ||
           (uuid_equal(&tower->interface.uuid, &lookup->interface.uuid) &&
            version_fits(&tower->interface, &lookup->interface, lookup->vers_option));
}

/* C706 appendix O: an entry without object serves all, one with an object that one only. */
static bool object_fits(const struct lookup *lookup, const struct rpcsec_uuid *object)
{
    if (lookup->by_object)
        return uuid_equal(object, &lookup->object);
    return !lookup->transfer || uuid_is_nil(object) ||
           (lookup->has_object && uuid_equal(object, &lookup->object));
}

static bool registration_fits(const void *arg, const struct epm_registration *entry)
{
    const struct lookup *lookup = arg;

    return tower_fits(lookup, &entry->tower) && object_fits(lookup, &entry->object) &&
           (!lookup->transfer || syntax_equal(&entry->tower.transfer, lookup->transfer));
}

/* Our own have no object, and both syntaxes. */
static bool next_own(const struct rpcsec_server *server, struct lookup *lookup,
                     struct epm_registration *ret_entry)
{
    static const struct rpcsec_uuid nil;
    const char *name = "";

    while (lookup->next < epm_num_towers(server)) {
        if (!epm_nth_tower(server, lookup->next++, &ret_entry->tower, &name) ||
            !tower_fits(lookup, &ret_entry->tower) || !object_fits(lookup, &nil))
            continue;
        if (lookup->transfer)
            ret_entry->tower.transfer = *lookup->transfer;
        ret_entry->object = nil;
        text_clean(ret_entry->annotation, sizeof(ret_entry->annotation), name, strlen(name));
        return true;
    }
    return false;
}

/* The next entry of an answer; false: there is none. */
static bool next_entry(struct rpcsec_server *server, struct lookup *lookup,
                       struct epm_registration *ret_entry)
{
    if (next_own(server, lookup, ret_entry))
        return true;
    if (!epm_find_next(&server->epm, lookup->last_id, registration_fits, lookup, ret_entry))
        return false;
    lookup->last_id = ret_entry->id;
    return true;
}

static bool has_more(struct rpcsec_server *server, const struct lookup *lookup)
{
    struct lookup ahead = *lookup;
    struct epm_registration entry;

    return next_entry(server, &ahead, &entry);
}

/* ---- handles ---- */

static void run_down(void *object)
{
    mem_free(object);
}

/* Keeps the lookup where there is more to come, and ends it where there is not. */
static rpcsec_status keep(struct rpcsec_call *call, const struct lookup *lookup,
                          epm_lookup_handle *handle)
{
    struct lookup *kept = epm_lookup_handle_get(call, *handle);
    bool more = has_more(server_of_call(call), lookup);
    rpcsec_status status;

    if (!more) {
        mem_free(kept ? epm_lookup_handle_take(call, handle) : NULL);
        return RPCSEC_OK;
    }
    if (kept) {
        *kept = *lookup;
        return RPCSEC_OK;
    }
    kept = mem_alloc(sizeof(*kept));
    if (!kept)
        return RPCSEC_NO_MEMORY;
    *kept = *lookup;
    status = epm_lookup_handle_new(call, kept, handle);
    if (status)
        mem_free(kept);
    return status;
}

/* ---- answers ---- */

rpcsec_status epm_make_twr(struct rpcsec_arena *arena, const struct tower *tower,
                           epm_twr **ret_twr)
{
    struct buf octets;
    epm_twr *twr = NULL;
    rpcsec_status status;

    buf_init(&octets, LIMIT_TOWER_LEN);
    tower_encode(&octets, tower);
    status = buf_status(&octets);
    if (status == RPCSEC_OK) {
        twr = rpcsec_arena_alloc(arena, sizeof(*twr) + octets.len);
        status = twr ? RPCSEC_OK : RPCSEC_NO_MEMORY;
    }
    if (twr) {
        twr->tower_length = (uint32_t)octets.len;
        memcpy(twr->tower_octet_string, octets.data, octets.len);
        *ret_twr = twr;
    }
    buf_done(&octets);
    return status;
}

static struct rpcsec_uuid uuid_of(const epm_uuid *wire)
{
    struct rpcsec_uuid uuid = {.time_low = wire->time_low,
                               .time_mid = wire->time_mid,
                               .time_hi_and_version = wire->time_hi_and_version};

    memcpy(uuid.clock_seq, wire->clock_seq, sizeof(uuid.clock_seq));
    memcpy(uuid.node, wire->node, sizeof(uuid.node));
    return uuid;
}

static epm_uuid wire_of(const struct rpcsec_uuid *uuid)
{
    epm_uuid wire = {.time_low = uuid->time_low,
                     .time_mid = uuid->time_mid,
                     .time_hi_and_version = uuid->time_hi_and_version};

    memcpy(wire.clock_seq, uuid->clock_seq, sizeof(wire.clock_seq));
    memcpy(wire.node, uuid->node, sizeof(wire.node));
    return wire;
}

static void take_object(struct lookup *lookup, const epm_uuid *object)
{
    lookup->has_object = object != NULL;
    if (object)
        lookup->object = uuid_of(object);
}

/* False: the question cannot be understood. */
static bool begin_lookup(uint32_t inquiry_type, const epm_uuid *object,
                         const epm_if_id *interface_id, uint32_t vers_option,
                         struct lookup *ret_lookup)
{
    *ret_lookup = (struct lookup){.vers_option = vers_option};
    take_object(ret_lookup, object);
    ret_lookup->by_interface =
        inquiry_type == INQUIRY_BY_INTERFACE || inquiry_type == INQUIRY_BY_BOTH;
    ret_lookup->by_object =
        inquiry_type == INQUIRY_BY_OBJECT || inquiry_type == INQUIRY_BY_BOTH;
    if (ret_lookup->by_interface && interface_id)
        ret_lookup->interface = (struct rpcsec_syntax){
            uuid_of(&interface_id->uuid), interface_id->vers_major, interface_id->vers_minor};
    return inquiry_type <= INQUIRY_BY_BOTH && (!ret_lookup->by_interface || interface_id) &&
           (!ret_lookup->by_object || object);
}

static rpcsec_status fill_entry(struct rpcsec_call *call, const struct epm_registration *from,
                                epm_entry *entry)
{
    entry->object = wire_of(&from->object);
    memcpy(entry->annotation, from->annotation, sizeof(entry->annotation));
    return epm_make_twr(rpcsec_call_arena(call), &from->tower, &entry->tower);
}

static rpcsec_status ept_lookup(struct rpcsec_call *call, uint32_t inquiry_type,
                                const epm_uuid *object, const epm_if_id *interface_id,
                                uint32_t vers_option, epm_lookup_handle *entry_handle,
                                uint32_t max_ents, uint32_t *ret_num_ents,
                                epm_entry **ret_entries, uint32_t *ret_status)
{
    struct rpcsec_server *server = server_of_call(call);
    const struct lookup *begun = epm_lookup_handle_get(call, *entry_handle);
    struct epm_registration entry;
    struct lookup lookup;

    *ret_status = STATUS_NOT_REGISTERED;
    if (begun)
        lookup = *begun;
    else if (!begin_lookup(inquiry_type, object, interface_id, vers_option, &lookup))
        return RPCSEC_OK;
    while (*ret_num_ents < max_ents && next_entry(server, &lookup, &entry))
        if (fill_entry(call, &entry, &(*ret_entries)[(*ret_num_ents)++]))
            return RPCSEC_NO_MEMORY;
    if (*ret_num_ents)
        *ret_status = STATUS_OK;
    return keep(call, &lookup, entry_handle);
}

/* MS-RPCE 2.2.1.2.5: what the tower asks for is its interface, at its major and at least its
 * minor version, over its transport; port and address in it have no meaning. */
static bool begin_map(const struct tower *wanted, struct lookup *ret_lookup)
{
    bool ndr64 = syntax_equal(&wanted->transfer, &syntax_ndr64);

    *ret_lookup = (struct lookup){
        .by_interface = true,
        .interface = wanted->interface,
        .vers_option = VERSION_COMPATIBLE,
        .by_transport = true,
        .rpc = wanted->rpc,
        .transport = wanted->transport,
        .transfer = ndr64 ? &syntax_ndr64 : &syntax_ndr,
    };
    return ndr64 || syntax_equal(&wanted->transfer, &syntax_ndr);
}

static rpcsec_status ept_map(struct rpcsec_call *call, const epm_uuid *object,
                             const epm_twr *map_tower, epm_lookup_handle *entry_handle,
                             uint32_t max_towers, uint32_t *ret_num_towers,
                             epm_twr_p **ret_towers, uint32_t *ret_status)
{
    struct rpcsec_server *server = server_of_call(call);
    const struct lookup *begun = epm_lookup_handle_get(call, *entry_handle);
    struct epm_registration entry;
    struct lookup lookup;
    struct tower tower;

    *ret_status = STATUS_INVALID_ENTRY;
    if (!map_tower ||
        tower_decode(map_tower->tower_octet_string, map_tower->tower_length, &tower))
        return RPCSEC_OK;
    *ret_status = STATUS_NOT_REGISTERED;
    if (begun)
        lookup = *begun;
    else if (!begin_map(&tower, &lookup))
        return RPCSEC_OK;
    if (!begun)
        take_object(&lookup, object);
    while (*ret_num_towers < max_towers && next_entry(server, &lookup, &entry))
        if (epm_make_twr(rpcsec_call_arena(call), &entry.tower,
                         &(*ret_towers)[(*ret_num_towers)++]))
            return RPCSEC_NO_MEMORY;
    if (*ret_num_towers)
        *ret_status = STATUS_OK;
    return keep(call, &lookup, entry_handle);
}

static rpcsec_status ept_lookup_handle_free(struct rpcsec_call *call,
                                            epm_lookup_handle *entry_handle,
                                            uint32_t *ret_status)
{
    mem_free(epm_lookup_handle_take(call, entry_handle));
    *ret_status = STATUS_OK;
    return RPCSEC_OK;
}

/* ---- what nobody may do from afar ---- */

const char *epm_status_text(uint32_t status)
{
    switch (status) {
    case STATUS_CANT_PERFORM_OP:
        return "not allowed: another user serves the interface, or it is asked from afar";
    case STATUS_NO_MEMORY:
        return "no memory";
    case STATUS_INVALID_ENTRY:
        return "an entry that it does not understand";
    case STATUS_UPDATE_FAILED:
        return "it has as many entries as it takes";
    case STATUS_NOT_REGISTERED:
        return "not registered";
    default:
        return "unknown";
    }
}

/* Only processes of this host, whose user the kernel tells, and only with a mapper that is
 * their host's. */
static bool may_change(const struct rpcsec_call *call)
{
    return server_of_call(call)->epm.is_open && call->peer.mechanism == RPCSEC_MECH_LOCAL &&
           !connection_is_closed(call->connection);
}

/* What the mapper itself serves is nobody else's. An address would lead clients away from the
 * host: they go where they asked (MS-RPCE 3.1.3.5.3). */
static uint32_t read_entry(struct rpcsec_call *call, const epm_entry *entry,
                           struct epm_registration *ret_entry)
{
    struct epm_registration *r = ret_entry;

    *r = (struct epm_registration){
        .owner = call->connection,
        .uid = call->peer.local->uid,
        .object = uuid_of(&entry->object),
    };
    if (!entry->tower ||
        tower_decode(entry->tower->tower_octet_string, entry->tower->tower_length, &r->tower))
        return STATUS_INVALID_ENTRY;
    if ((r->tower.rpc != TOWER_NCACN || r->tower.transport != TOWER_TCP || !r->tower.port) &&
        (r->tower.rpc != TOWER_NCALRPC || r->tower.transport != TOWER_PIPE ||
         !r->tower.name[0]))
        return STATUS_INVALID_ENTRY;
    memset(r->tower.address, 0, sizeof(r->tower.address));
    text_clean(r->annotation, sizeof(r->annotation), entry->annotation,
               strnlen(entry->annotation, sizeof(entry->annotation)));
    return registry_find(&server_of_call(call)->registry, &r->tower.interface)
               ? STATUS_CANT_PERFORM_OP
               : STATUS_OK;
}

static uint32_t answer_of(rpcsec_status status)
{
    switch (status) {
    case RPCSEC_OK:
        return STATUS_OK;
    case RPCSEC_NO_MEMORY:
        return STATUS_NO_MEMORY;
    case RPCSEC_LIMIT:
        return STATUS_UPDATE_FAILED;
    case RPCSEC_NOT_FOUND:
        return STATUS_NOT_REGISTERED;
    default:
        return STATUS_CANT_PERFORM_OP;
    }
}

/* Up to the first entry that is not taken. */
static uint32_t change(struct rpcsec_call *call, uint32_t num_ents, const epm_entry *entries,
                       rpcsec_status (*one)(struct epm_registry *registry,
                                            const struct epm_registration *entry))
{
    uint32_t answer = may_change(call) ? STATUS_OK : STATUS_CANT_PERFORM_OP;

    for (uint32_t n = 0; n < num_ents && answer == STATUS_OK; n++) {
        struct epm_registration entry;

        answer = read_entry(call, &entries[n], &entry);
        if (answer != STATUS_OK)
            break;
        call->connection->has_registered = true;
        answer = answer_of(one(&server_of_call(call)->epm, &entry));
    }
    return answer;
}

static rpcsec_status ept_insert(struct rpcsec_call *call, uint32_t num_ents,
                                const epm_entry *entries, uint32_t replace,
                                uint32_t *ret_status)
{
    (void)replace; /* an entry goes with its process: there is none to be replaced */
    *ret_status = change(call, num_ents, entries, epm_register);
    return RPCSEC_OK;
}

static rpcsec_status ept_delete(struct rpcsec_call *call, uint32_t num_ents,
                                const epm_entry *entries, uint32_t *ret_status)
{
    *ret_status = change(call, num_ents, entries, epm_unregister);
    return RPCSEC_OK;
}

static rpcsec_status ept_mgmt_delete(struct rpcsec_call *call, uint32_t object_speced,
                                     const epm_uuid *object, const epm_twr *tower,
                                     uint32_t *ret_status)
{
    (void)call;
    (void)object_speced;
    (void)object;
    (void)tower;
    *ret_status = STATUS_CANT_PERFORM_OP;
    return RPCSEC_OK;
}

rpcsec_status rpcsec_server_add_epm(struct rpcsec_server *server, struct rpcsec_error *err)
{
    static const struct epm_ops ops = {
        .ept_insert = ept_insert,
        .ept_delete = ept_delete,
        .ept_lookup = ept_lookup,
        .ept_map = ept_map,
        .ept_lookup_handle_free = ept_lookup_handle_free,
        .ept_mgmt_delete = ept_mgmt_delete,
        .epm_lookup_handle_rundown = run_down,
    };
    const struct rpcsec_service_options options = {
        .size = sizeof(options),
        .non_blocking = true,
        .open_operations = EPM_OPEN,
    };

    return rpcsec_server_add_with(server, epm_interface(&ops), &options, err);
}

rpcsec_status rpcsec_server_add_host_epm(struct rpcsec_server *server, struct rpcsec_error *err)
{
    rpcsec_status status;

    error_clear(err);
    if (server && !(server->policy->mechanisms & RPCSEC_MECH_LOCAL))
        return error_set(err, RPCSEC_INVALID_STATE, RPCSEC_LAYER_POLICY,
                         "who registers is known by the kernel's word only: the policy needs "
                         "the mechanism local");
    status = rpcsec_server_add_epm(server, err);
    if (status == RPCSEC_OK)
        server->epm.is_open = true;
    return status;
}
