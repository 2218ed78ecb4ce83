/* SPDX-License-Identifier: MIT
 *
 * runtime/registry.c: adding and finding interfaces. Layer: runtime. Document: C706 6.1.2 (a
 * server is compatible when UUID and major version are equal and its minor version is not
 * less).
 */
#include <stddef.h>
#include <string.h>

#include <rpcsec/ndr.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/uuid.h"
#include "runtime/registry.h"

void registry_done(struct registry *registry)
{
    for (size_t i = 0; i < registry->num_entries; i++)
        mem_free(registry->entries[i]);
    mem_free(registry->entries);
    registry->entries = NULL;
    registry->num_entries = 0;
}

/* A program may have been built when there were fewer options. */
#define LEAST_OPTIONS_SIZE offsetof(struct rpcsec_service_options, authorise)

static struct rpcsec_service_options copy_options(const struct rpcsec_service_options *options)
{
    struct rpcsec_service_options copy = {.size = 0};

    if (options)
        memcpy(&copy, options, options->size < sizeof(copy) ? options->size : sizeof(copy));
    return copy;
}

static bool same_interface(const struct rpcsec_syntax *a, const struct rpcsec_syntax *b)
{
    return uuid_equal(&a->uuid, &b->uuid) && a->major == b->major;
}

static bool is_known(const struct registry *registry, const struct rpcsec_syntax *id)
{
    for (size_t i = 0; i < registry->num_entries; i++) {
        if (same_interface(registry->entries[i]->assoc.id, id))
            return true;
    }
    return false;
}

static bool tables_are_newer(const struct rpcsec_interface *interface)
{
    if (interface->table_version > RPCSEC_INTERFACE_VERSION)
        return true;
    for (uint32_t i = 0; i < interface->num_operations; i++) {
        const struct rpcsec_ndr_record *args = interface->operations[i].args;

        if (args && args->version > RPCSEC_NDR_TABLE_VERSION)
            return true;
    }
    return false;
}

static rpcsec_status refuse(struct rpcsec_error *err, const char *name, const char *why)
{
    return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                     "the interface '%s' cannot be added: %s", name ? name : "?", why);
}

static rpcsec_status check_service(const struct registry *registry,
                                   const struct rpcsec_service *service,
                                   const struct rpcsec_service_options *options,
                                   struct rpcsec_error *err)
{
    const struct rpcsec_interface *interface = service->interface;

    if (!interface)
        return refuse(err, NULL, "there is none");
    if (options && options->size < LEAST_OPTIONS_SIZE)
        return refuse(err, interface->name, "the options carry no size");
    if (options && options->level > RPCSEC_LEVEL_PRIVACY)
        return refuse(err, interface->name, "there is no such level");
    if (tables_are_newer(interface))
        return refuse(err, interface->name,
                      "its tables were made for a newer library: update librpcsec");
    if (is_known(registry, &interface->id))
        return refuse(err, interface->name, "it is registered already");
    return RPCSEC_OK;
}

static struct registry_entry *make_room(struct registry *registry)
{
    size_t num = registry->num_entries;
    struct registry_entry **entries =
        mem_resize(registry->entries, (num + 1) * sizeof(struct registry_entry *));
    struct registry_entry *entry;

    if (!entries)
        return NULL;
    registry->entries = entries;
    entry = mem_zalloc(sizeof(*entry));
    if (entry)
        registry->entries[registry->num_entries++] = entry;
    return entry;
}

rpcsec_status registry_add(struct registry *registry, struct rpcsec_service service,
                           const struct rpcsec_service_options *options,
                           enum rpcsec_level level, struct rpcsec_error *err)
{
    rpcsec_status status = check_service(registry, &service, options, err);
    struct rpcsec_service_options chosen;
    struct registry_entry *entry;

    if (status)
        return status;
    chosen = copy_options(options);
    entry = make_room(registry);
    if (!entry)
        return error_no_memory(err);
    entry->interface = service.interface;
    entry->ops = service.ops;
    entry->non_blocking = chosen.non_blocking;
    entry->session_key = chosen.session_key;
    entry->authorise = chosen.authorise;
    entry->authorise_arg = chosen.authorise_arg;
    entry->assoc = (struct assoc_interface){
        .id = &service.interface->id,
        .num_operations = service.interface->num_operations,
        .least_level = chosen.level ? chosen.level : level,
        .open_operations = chosen.open_operations,
        .arg = entry,
    };
    return RPCSEC_OK;
}

const struct assoc_interface *registry_find(void *arg, const struct rpcsec_syntax *id)
{
    const struct registry *registry = arg;

    for (size_t i = 0; i < registry->num_entries; i++) {
        const struct assoc_interface *found = &registry->entries[i]->assoc;

        if (same_interface(found->id, id) && found->id->minor >= id->minor)
            return found;
    }
    return NULL;
}
