/* SPDX-License-Identifier: MIT
 *
 * unit/test_ndr_generated.c: the tables that rpcsec-idl makes for echo.idl carry the same bytes
 * as those written by hand.
 */
#include "harness/test.h"

#include <stdio.h>

#include "echo.h"
#include "ndr/messages.h"

static const struct rpcsec_ndr_arg *find_arg(const struct rpcsec_ndr_record *record,
                                             const char *name)
{
    for (uint32_t i = 0; i < record->num_args; i++)
        if (strcmp(record->args[i].name, name) == 0)
            return &record->args[i];
    fail_msg("%s has no argument %s", record->name, name);
    return NULL;
}

/* The same message for the generated record of its operation. */
static struct codec generated_codec(const struct codec *codec)
{
    const struct rpcsec_interface *interface = rpcecho_interface(NULL).interface;
    struct codec generated = *codec;

    for (uint32_t i = 0; i < interface->num_operations; i++)
        if (strcmp(interface->operations[i].name, codec->record->name) == 0)
            generated.record = interface->operations[i].args;
    assert_ptr_not_equal(generated.record, codec->record);
    if (codec->given)
        generated.given = find_arg(generated.record, codec->given->name);
    return generated;
}

static void check(const struct message *message, const struct codec *codec, enum encoding from,
                  enum encoding to)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct value value;
    struct buf out;

    buf_init(&out, 1u << 20);
    if (codec_decode(codec, from, message->bytes[from].data, message->bytes[from].len, &value,
                     &err) ||
        codec_encode(codec, to, value.args, &out, &err))
        fail_msg("%s, %s: %s", message->name, encoding_names[from], rpcsec_error_text(&err));
    assert_int_equal(out.len, message->bytes[to].len);
    assert_memory_equal(out.data, message->bytes[to].data, out.len);
    value_free(&value);
    buf_done(&out);
}

static void generated_tables_carry_the_bytes_of_rpcecho(void **state)
{
    struct messages messages = messages_load("tests/vectors/ndr/echo.tsv");

    (void)state;
    for (size_t i = 0; i < messages.num; i++) {
        const struct message *message = &messages.list[i];
        struct codec codec = generated_codec(&message->codec);

        for (size_t from = 0; from < NUM_ENCODINGS; from++)
            for (size_t to = 0; to < NUM_ENCODINGS; to++)
                if (message->bytes[from].len && message->bytes[to].len)
                    check(message, &codec, (enum encoding)from, (enum encoding)to);
    }
    messages_free(&messages);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(generated_tables_carry_the_bytes_of_rpcecho),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
