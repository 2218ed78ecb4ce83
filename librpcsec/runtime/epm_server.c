/* SPDX-License-Identifier: MIT
 *
 * runtime/epm_server.c: the endpoint mapper that a server can be for itself: its interfaces at
 * its listening addresses. Layer: runtime. Documents: C706 appendix O, MS-RPCE 2.2.1.2 and
 * 3.1.1.5.3. Nobody registers anything from afar.
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
#include "runtime/server.h"

/* All but ept_inq_object, which is not served: those that would change something say that they
 * cannot. */
#define EPM_OPEN 0x5Fu

/* error_status_t: C706 appendix E. */
enum {
    STATUS_OK = 0,
    STATUS_CANT_PERFORM_OP = 0x16c9a0cd,
    STATUS_INVALID_ENTRY = 0x16c9a0d3,
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
    const struct rpcsec_syntax *transfer; /* what the towers of the answer have */
    size_t next;
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
static bool nth_tower(const struct rpcsec_server *server, size_t n, struct tower *ret_tower,
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
        .rpc = TOWER_NCACN,
        .transport = TOWER_TCP,
        .port = binding.port,
    };
    /* Of a name or an IPv6 address nothing fits into a tower: clients use the address at which
     * they asked (MS-RPCE 3.1.3.5.3). */
    if (inet_pton(AF_INET, binding.host, ret_tower->address) != 1)
        memset(ret_tower->address, 0, sizeof(ret_tower->address));
    *ret_name = entry->interface->name;
    return true;
}

static size_t num_towers(const struct rpcsec_server *server)
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

static bool fits(const struct lookup *lookup, const struct tower *tower)
{
    return !lookup->by_interface ||
           (uuid_equal(&tower->interface.uuid, &lookup->interface.uuid) &&
            version_fits(&tower->interface, &lookup->interface, lookup->vers_option));
}

/* The next tower of an answer; false: there is none. */
static bool next_tower(const struct rpcsec_server *server, struct lookup *lookup,
                       struct tower *ret_tower, const char **ret_name)
{
    while (lookup->next < num_towers(server)) {
        if (!nth_tower(server, lookup->next++, ret_tower, ret_name) || !fits(lookup, ret_tower))
            continue;
        ret_tower->transfer = *lookup->transfer;
        return true;
    }
    return false;
}

static bool has_more(const struct rpcsec_server *server, const struct lookup *lookup)
{
    struct lookup ahead = *lookup;
    struct tower tower;
    const char *name;

    return next_tower(server, &ahead, &tower, &name);
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

static rpcsec_status make_twr(struct rpcsec_call *call, const struct tower *tower,
                              epm_twr **ret_twr)
{
    struct buf octets;
    epm_twr *twr = NULL;
    rpcsec_status status;

    buf_init(&octets, LIMIT_TOWER_LEN);
    tower_encode(&octets, tower);
    status = buf_status(&octets);
    if (status == RPCSEC_OK) {
        twr = rpcsec_call_alloc(call, sizeof(*twr) + octets.len);
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

static struct rpcsec_syntax syntax_of(const epm_if_id *id)
{
    struct rpcsec_syntax syntax = {
        .uuid = {.time_low = id->uuid.time_low,
                 .time_mid = id->uuid.time_mid,
                 .time_hi_and_version = id->uuid.time_hi_and_version},
        .major = id->vers_major,
        .minor = id->vers_minor,
    };

    memcpy(syntax.uuid.clock_seq, id->uuid.clock_seq, sizeof(syntax.uuid.clock_seq));
    memcpy(syntax.uuid.node, id->uuid.node, sizeof(syntax.uuid.node));
    return syntax;
}

/* Our entries have no object; who asks for one finds nothing by it. */
static bool begin_lookup(uint32_t inquiry_type, const epm_if_id *interface_id,
                         uint32_t vers_option, struct lookup *ret_lookup)
{
    *ret_lookup = (struct lookup){.vers_option = vers_option, .transfer = &syntax_ndr};
    if (inquiry_type == INQUIRY_ALL)
        return true;
    if (inquiry_type != INQUIRY_BY_INTERFACE || !interface_id)
        return false;
    ret_lookup->by_interface = true;
    ret_lookup->interface = syntax_of(interface_id);
    return true;
}

static rpcsec_status ept_lookup(struct rpcsec_call *call, uint32_t inquiry_type,
                                const epm_uuid *object, const epm_if_id *interface_id,
                                uint32_t vers_option, epm_lookup_handle *entry_handle,
                                uint32_t max_ents, uint32_t *ret_num_ents,
                                epm_entry **ret_entries, uint32_t *ret_status)
{
    const struct rpcsec_server *server = server_of_call(call);
    const struct lookup *begun = epm_lookup_handle_get(call, *entry_handle);
    struct lookup lookup;
    struct tower tower;
    const char *name;

    (void)object;
    *ret_status = STATUS_NOT_REGISTERED;
    if (begun)
        lookup = *begun;
    else if (!begin_lookup(inquiry_type, interface_id, vers_option, &lookup))
        return RPCSEC_OK;
    while (*ret_num_ents < max_ents && next_tower(server, &lookup, &tower, &name)) {
        epm_entry *entry = &(*ret_entries)[(*ret_num_ents)++];

        text_clean(entry->annotation, sizeof(entry->annotation), name, strlen(name));
        if (make_twr(call, &tower, &entry->tower))
            return RPCSEC_NO_MEMORY;
    }
    if (*ret_num_ents)
        *ret_status = STATUS_OK;
    return keep(call, &lookup, entry_handle);
}

/* MS-RPCE 2.2.1.2.5: what the tower asks for is its interface, at its major and at least its
 * minor version, over its transport; port and address in it have no meaning. */
static bool begin_map(const struct tower *wanted, struct lookup *ret_lookup)
{
    bool ndr64 = syntax_equal(&wanted->transfer, &syntax_ndr64);

    if (wanted->rpc != TOWER_NCACN || wanted->transport != TOWER_TCP)
        return false;
    *ret_lookup = (struct lookup){
        .by_interface = true,
        .interface = wanted->interface,
        .vers_option = VERSION_COMPATIBLE,
        .transfer = ndr64 ? &syntax_ndr64 : &syntax_ndr,
    };
    return ndr64 || syntax_equal(&wanted->transfer, &syntax_ndr);
}

static rpcsec_status ept_map(struct rpcsec_call *call, const epm_uuid *object,
                             const epm_twr *map_tower, epm_lookup_handle *entry_handle,
                             uint32_t max_towers, uint32_t *ret_num_towers,
                             epm_twr_p **ret_towers, uint32_t *ret_status)
{
    const struct rpcsec_server *server = server_of_call(call);
    const struct lookup *begun = epm_lookup_handle_get(call, *entry_handle);
    struct lookup lookup;
    struct tower tower;
    const char *name;

    (void)object; /* our entries have none, and so fit every one */
    *ret_status = STATUS_INVALID_ENTRY;
    if (!map_tower ||
        tower_decode(map_tower->tower_octet_string, map_tower->tower_length, &tower))
        return RPCSEC_OK;
    *ret_status = STATUS_NOT_REGISTERED;
    if (begun)
        lookup = *begun;
    else if (!begin_map(&tower, &lookup))
        return RPCSEC_OK;
    while (*ret_num_towers < max_towers && next_tower(server, &lookup, &tower, &name))
        if (make_twr(call, &tower, &(*ret_towers)[(*ret_num_towers)++]))
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

static rpcsec_status ept_insert(struct rpcsec_call *call, uint32_t num_ents,
                                const epm_entry *entries, uint32_t replace,
                                uint32_t *ret_status)
{
    (void)call;
    (void)num_ents;
    (void)entries;
    (void)replace;
    *ret_status = STATUS_CANT_PERFORM_OP;
    return RPCSEC_OK;
}

static rpcsec_status ept_delete(struct rpcsec_call *call, uint32_t num_ents,
                                const epm_entry *entries, uint32_t *ret_status)
{
    (void)call;
    (void)num_ents;
    (void)entries;
    *ret_status = STATUS_CANT_PERFORM_OP;
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
