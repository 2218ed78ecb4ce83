/* SPDX-License-Identifier: MIT
 *
 * idl/test_idl_vectors.c: what rpcsec-idl makes of echo.idl and made_up.idl carries the bytes
 * of tests/vectors/ndr, in all three encodings, in client and server tables.
 */
#include "harness/test.h"

#include "echo.h"
#include "made_up.h"
#include "ndr/messages.h"

static const struct rpcsec_operation *find_operation(const struct rpcsec_interface *interface,
                                                     const char *name)
{
    for (uint32_t i = 0; i < interface->num_operations; i++)
        if (strcmp(interface->operations[i].name, name) == 0)
            return &interface->operations[i];
    fail_msg("no operation '%s' in %s", name, interface->name);
    return NULL;
}

static const struct rpcsec_ndr_arg *find_arg(const struct rpcsec_ndr_record *record,
                                             const char *name)
{
    for (uint32_t i = 0; i < record->num_args; i++)
        if (strcmp(record->args[i].name, name) == 0)
            return &record->args[i];
    fail_msg("no argument '%s' in %s", name, record->name);
    return NULL;
}

/* The message's codec with the tables that the compiler made. */
static struct codec made_codec(const struct rpcsec_interface *interface,
                               const struct codec *by_hand)
{
    struct codec codec = *by_hand;

    codec.record = find_operation(interface, by_hand->record->name)->args;
    if (codec.given)
        codec.given = find_arg(codec.record, by_hand->given->name);
    return codec;
}

static void check_pair(const struct message *m, const struct codec *codec, enum encoding from,
                       enum encoding to)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct value value;
    struct buf out;

    if (codec_decode(codec, from, m->bytes[from].data, m->bytes[from].len, &value, &err))
        fail_msg("%s, read as %s: %s", m->name, encoding_names[from], rpcsec_error_text(&err));
    buf_init(&out, 1u << 24);
    if (codec_encode(codec, to, value.args, &out, &err))
        fail_msg("%s, written as %s: %s", m->name, encoding_names[to], rpcsec_error_text(&err));
    if (out.len != m->bytes[to].len || memcmp(out.data, m->bytes[to].data, out.len) != 0)
        fail_msg("%s: read as %s, written as %s: other bytes", m->name, encoding_names[from],
                 encoding_names[to]);
    buf_done(&out);
    value_free(&value);
}

static void check_file(const struct rpcsec_interface *interface, const char *path)
{
    struct messages messages = messages_load(path);

    for (size_t i = 0; i < messages.num; i++) {
        const struct message *m = &messages.list[i];
        struct codec codec = made_codec(interface, &m->codec);
        for (int from = 0; from < NUM_ENCODINGS; from++)
            for (int to = 0; to < NUM_ENCODINGS; to++)
                if (m->bytes[from].len && m->bytes[to].len)
                    check_pair(m, &codec, (enum encoding)from, (enum encoding)to);
    }
    messages_free(&messages);
}

static void client_tables_of_rpcecho_reproduce_every_vector(void **state)
{
    (void)state;
    check_file(&rpcecho_client_interface, "tests/vectors/ndr/echo.tsv");
}

static void server_tables_of_rpcecho_reproduce_every_vector(void **state)
{
    (void)state;
    check_file(rpcecho_interface(NULL).interface, "tests/vectors/ndr/echo.tsv");
}

static void corner_cases_of_samba_are_reproduced(void **state)
{
    (void)state;
    check_file(&made_up_client_interface, "tests/vectors/ndr/made-up.tsv");
}

static void corner_cases_worked_out_by_hand_are_reproduced(void **state)
{
    (void)state;
    check_file(&made_up_client_interface, "tests/vectors/ndr/by-hand.tsv");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(client_tables_of_rpcecho_reproduce_every_vector),
        cmocka_unit_test(server_tables_of_rpcecho_reproduce_every_vector),
        cmocka_unit_test(corner_cases_of_samba_are_reproduced),
        cmocka_unit_test(corner_cases_worked_out_by_hand_are_reproduced),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
