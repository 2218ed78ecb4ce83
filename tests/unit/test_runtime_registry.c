/* SPDX-License-Identifier: MIT
 *
 * Tests of runtime/registry.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include <rpcsec/ndr.h>

#include "base/alloc.h"
#include "runtime/registry.h"

static const struct rpcsec_ndr_record newer_record = {.version = RPCSEC_NDR_TABLE_VERSION + 1};
static const struct rpcsec_operation newer_operations[] = {
    {.name = "a"}, {.name = "b", .args = &newer_record}};
static const struct rpcsec_operation operations[] = {{.name = "a"}, {.name = "b"}};

static struct rpcsec_interface interface_of(uint32_t first, uint16_t major, uint16_t minor)
{
    return (struct rpcsec_interface){
        .table_version = RPCSEC_INTERFACE_VERSION,
        .name = "test",
        .id = {.uuid = {.time_low = first}, .major = major, .minor = minor},
        .operations = operations,
        .num_operations = 2,
    };
}

static void an_interface_is_found_by_uuid_and_version(void **state)
{
    struct registry registry = {NULL, 0};
    struct rpcsec_interface one = interface_of(1, 2, 3);
    struct rpcsec_interface other_major = interface_of(1, 3, 0);
    const struct assoc_interface *found;
    struct rpcsec_syntax id = one.id;

    (void)state;
    assert_int_equal(registry_add(&registry, (struct rpcsec_service){&one, &one}, NULL,
                                  RPCSEC_LEVEL_PRIVACY, NULL),
                     RPCSEC_OK);
    assert_int_equal(registry_add(&registry, (struct rpcsec_service){&other_major, NULL}, NULL,
                                  RPCSEC_LEVEL_PRIVACY, NULL),
                     RPCSEC_OK);
    found = registry_find(&registry, &id);
    assert_non_null(found);
    assert_ptr_equal(found->id, &one.id);
    assert_int_equal(found->num_operations, 2);
    assert_ptr_equal(((struct registry_entry *)found->arg)->ops, &one);
    id.minor = 2; /* an older client */
    assert_ptr_equal(registry_find(&registry, &id), found);
    id.minor = 4; /* a newer one */
    assert_null(registry_find(&registry, &id));
    id.minor = 0;
    id.major = 4;
    assert_null(registry_find(&registry, &id));
    id.major = 2;
    id.uuid.node[5] = 1;
    assert_null(registry_find(&registry, &id));
    registry_done(&registry);
}

static void levels_come_from_the_options_or_the_policy(void **state)
{
    struct registry registry = {NULL, 0};
    struct rpcsec_interface one = interface_of(1, 1, 0);
    struct rpcsec_interface two = interface_of(2, 1, 0);
    const struct rpcsec_service_options options = {
        .size = sizeof(options),
        .level = RPCSEC_LEVEL_CONNECT,
        .open_operations = 5,
        .non_blocking = true,
    };

    (void)state;
    assert_int_equal(registry_add(&registry, (struct rpcsec_service){&one, NULL}, &options,
                                  RPCSEC_LEVEL_PRIVACY, NULL),
                     RPCSEC_OK);
    assert_int_equal(registry_add(&registry, (struct rpcsec_service){&two, NULL}, NULL,
                                  RPCSEC_LEVEL_INTEGRITY, NULL),
                     RPCSEC_OK);
    assert_int_equal(registry.entries[0]->assoc.least_level, RPCSEC_LEVEL_CONNECT);
    assert_int_equal(registry.entries[0]->assoc.open_operations, 5);
    assert_true(registry.entries[0]->non_blocking);
    assert_int_equal(registry.entries[1]->assoc.least_level, RPCSEC_LEVEL_INTEGRITY);
    assert_int_equal(registry.entries[1]->assoc.open_operations, 0);
    assert_false(registry.entries[1]->non_blocking);
    registry_done(&registry);
}

static void refuses(struct registry *registry, const struct rpcsec_interface *interface,
                    const struct rpcsec_service_options *options, const char *why)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;

    assert_int_equal(registry_add(registry, (struct rpcsec_service){interface, NULL}, options,
                                  RPCSEC_LEVEL_PRIVACY, &err),
                     RPCSEC_INVALID_ARGUMENT);
    assert_non_null(strstr(err.text, why));
}

static void unfit_services_are_refused(void **state)
{
    struct registry registry = {NULL, 0};
    struct rpcsec_interface one = interface_of(1, 1, 0);
    struct rpcsec_interface newer = interface_of(2, 1, 0);
    struct rpcsec_interface newer_ndr = interface_of(3, 1, 0);
    const struct rpcsec_service_options no_size = {.size = 0};
    const struct rpcsec_service_options no_level = {.size = sizeof(no_level),
                                                    .level = (enum rpcsec_level)7};

    (void)state;
    newer.table_version++;
    newer_ndr.operations = newer_operations;
    assert_int_equal(registry_add(&registry, (struct rpcsec_service){&one, NULL}, NULL,
                                  RPCSEC_LEVEL_PRIVACY, NULL),
                     RPCSEC_OK);
    refuses(&registry, &one, NULL, "already");
    refuses(&registry, &newer, NULL, "newer library");
    refuses(&registry, &newer_ndr, NULL, "newer library");
    refuses(&registry, NULL, NULL, "there is none");
    one.id.major = 9;
    refuses(&registry, &one, &no_size, "no size");
    refuses(&registry, &one, &no_level, "no such level");
    assert_int_equal(registry.num_entries, 1);
    registry_done(&registry);
}

static void memory_that_ends_leaves_the_registry_whole(void **state)
{
    struct registry registry = {NULL, 0};
    struct rpcsec_interface one = interface_of(1, 1, 0);

    (void)state;
    for (uint64_t nth = 1; nth <= 2; nth++) {
        mem_test_fail_at(nth, false);
        assert_int_equal(registry_add(&registry, (struct rpcsec_service){&one, NULL}, NULL,
                                      RPCSEC_LEVEL_PRIVACY, NULL),
                         RPCSEC_NO_MEMORY);
        mem_test_fail_at(0, false);
        assert_null(registry_find(&registry, &one.id));
    }
    registry_done(&registry);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_interface_is_found_by_uuid_and_version),
        cmocka_unit_test(levels_come_from_the_options_or_the_policy),
        cmocka_unit_test(unfit_services_are_refused),
        cmocka_unit_test(memory_that_ends_leaves_the_registry_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
