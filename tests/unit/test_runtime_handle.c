/* SPDX-License-Identifier: MIT
 *
 * Tests of runtime/handle.c: whose a handle is. Who may have it when is tested by
 * server/test_server_handles.
 */
#include "harness/test.h"

#include "base/alloc.h"
#include "runtime/handle.h"

static const struct rpcsec_handle_type file_type = {.name = "file"};
static const struct rpcsec_handle_type dir_type = {.name = "dir"};
static int interface_a;
static int interface_b;
static int object;

static const struct handle_identity ada = {
    .interface = &interface_a,
    .level = RPCSEC_LEVEL_INTEGRITY,
    .mechanism = RPCSEC_MECH_KERBEROS,
    .name = "ada@EXAMPLE",
};

static rpcsec_status make(struct handles *handles, struct handle_owner *owner,
                          struct handle **ret_handle)
{
    const struct handle_params params = {
        .identity = &ada, .type = &file_type, .object = &object};

    return handle_new(handles, owner, &params, ret_handle);
}

/* True when this identity reaches the handle. */
static bool reaches(struct handles *handles, struct handle_owner *owner,
                    const struct handle *handle, const struct rpcsec_handle_type *type,
                    const struct handle_identity *who)
{
    const struct rpcsec_context_handle wire = handle_wire(handle);
    struct handle_use use = {.wire = &wire, .type = type};
    struct handle_wait wait = {.owner = owner, .uses = &use, .num_uses = 1};
    rpcsec_status status = handles_find(handles, &wait, who);

    if (status == RPCSEC_OK) {
        assert_true(handles_acquire(handles, &wait));
        assert_ok(wait.status);
        handles_release(handles, &wait);
    } else {
        assert_status(status, RPCSEC_CONTEXT_MISMATCH);
    }
    return status == RPCSEC_OK;
}

static void a_handle_is_bound_to_all_that_it_was_made_with(void **state)
{
    const struct {
        struct handle_identity who;
        bool reaches;
    } rows[] = {
        {ada, true},
        {{&interface_a, RPCSEC_LEVEL_PRIVACY, RPCSEC_MECH_KERBEROS, "ada@EXAMPLE"}, true},
        {{&interface_a, RPCSEC_LEVEL_PACKET, RPCSEC_MECH_KERBEROS, "ada@EXAMPLE"}, true},
        {{&interface_a, RPCSEC_LEVEL_CONNECT, RPCSEC_MECH_KERBEROS, "ada@EXAMPLE"}, false},
        {{&interface_a, RPCSEC_LEVEL_NONE, RPCSEC_MECH_NONE, ""}, false},
        {{&interface_b, RPCSEC_LEVEL_INTEGRITY, RPCSEC_MECH_KERBEROS, "ada@EXAMPLE"}, false},
        {{&interface_a, RPCSEC_LEVEL_INTEGRITY, RPCSEC_MECH_NTLM, "ada@EXAMPLE"}, false},
        {{&interface_a, RPCSEC_LEVEL_INTEGRITY, RPCSEC_MECH_KERBEROS, "bob@EXAMPLE"}, false},
        {{&interface_a, RPCSEC_LEVEL_INTEGRITY, RPCSEC_MECH_KERBEROS, "ada@EXAMPLE2"}, false},
    };
    struct handles handles;
    struct handle_owner owner = {.first = NULL};
    struct handle_owner other = {.first = NULL};
    struct handle *handle = NULL;

    (void)state;
    handles_init(&handles, 4, 4);
    assert_ok(make(&handles, &owner, &handle));
    for (size_t i = 0; i < NUM_OF(rows); i++)
        assert_int_equal(reaches(&handles, &owner, handle, &file_type, &rows[i].who),
                         rows[i].reaches);
    assert_false(reaches(&handles, &owner, handle, &dir_type, &ada));
    assert_false(reaches(&handles, &other, handle, &file_type, &ada));
    assert_ptr_equal(handle_take(&handles, handle), &object);
    assert_int_equal(handles.num, 0);
    handles_done(&handles);
}

static void handles_differ_and_are_random(void **state)
{
    enum { NUM = 64 };
    struct handles handles;
    struct handle_owner owner = {.first = NULL};
    struct handle *made[NUM];

    (void)state;
    handles_init(&handles, NUM, NUM);
    for (size_t i = 0; i < NUM; i++) {
        assert_ok(make(&handles, &owner, &made[i]));
        assert_int_equal(handle_wire(made[i]).attributes, 0);
        for (size_t k = 0; k < i; k++) {
            const struct rpcsec_context_handle wire = handle_wire(made[k]);

            assert_false(handle_is(made[i], &wire));
        }
    }
    for (size_t i = 0; i < NUM; i++)
        assert_ptr_equal(handle_take(&handles, made[i]), &object);
    handles_done(&handles);
}

static void memory_that_ends_makes_no_handle(void **state)
{
    struct handles handles;
    struct handle_owner owner = {.first = NULL};
    struct handle *handle = NULL;
    rpcsec_status status = RPCSEC_NO_MEMORY;

    (void)state;
    handles_init(&handles, 4, 4);
    for (uint64_t nth = 1; status != RPCSEC_OK; nth++) {
        assert_int_equal(handles.num, 0);
        assert_null(owner.first);
        mem_test_fail_at(nth, false);
        status = make(&handles, &owner, &handle);
        mem_test_fail_at(0, false);
    }
    assert_ptr_equal(handle_take(&handles, handle), &object);
    handles_done(&handles);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_handle_is_bound_to_all_that_it_was_made_with),
        cmocka_unit_test(handles_differ_and_are_random),
        cmocka_unit_test(memory_that_ends_makes_no_handle),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
