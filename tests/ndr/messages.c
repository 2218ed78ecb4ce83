/* SPDX-License-Identifier: MIT
 *
 * ndr/messages.c: reads the vector files of tests/vectors/ndr and runs the engine on them.
 */
#include "harness/test.h"
#include "ndr/messages.h"

#include <stdio.h>

#include "base/alloc.h"
#include "ndr/types.h"

#define COLUMNS 7

const char *const encoding_names[NUM_ENCODINGS] = {"NDR little-endian", "NDR big-endian",
                                                   "NDR64"};

static const struct rpcsec_ndr_record *find_in(const struct rpcsec_ndr_record *records,
                                               const char *name)
{
    for (; records->name; records++)
        if (strcmp(records->name, name) == 0)
            return records;
    return NULL;
}

const struct rpcsec_ndr_record *find_record(const char *name)
{
    const struct rpcsec_ndr_record *found = find_in(echo_records, name);

    if (!found)
        found = find_in(real_records, name);
    return found ? found : find_in(made_up_records, name);
}

/* "argument=value" */
static void parse_given(struct message *message, const char *text)
{
    const char *value = strchr(text, '=');

    if (strcmp(text, "-") == 0)
        return;
    for (uint32_t i = 0; value && i < message->record->num_args; i++) {
        const char *name = message->record->args[i].name;

        if (strlen(name) == (size_t)(value - text) && strncmp(name, text, strlen(name)) == 0)
            message->given = &message->record->args[i];
    }
    if (!message->given)
        fail_msg("%s: bad text \"%s\"", message->name, text);
    message->given_value = strtoull(value + 1, NULL, 10);
}

static void parse_line(struct message *message, char *line)
{
    char *columns[COLUMNS];

    for (size_t i = 0; i < COLUMNS; i++) {
        columns[i] = strsep(&line, "\t");
        if (!columns[i])
            fail_msg("a line has only %zu columns: %s", i, columns[0]);
    }
    (void)snprintf(message->name, sizeof(message->name), "%s", columns[0]);
    message->record = find_record(columns[1]);
    if (!message->record)
        fail_msg("%s: there is no table for %s", columns[0], columns[1]);
    message->direction = strcmp(columns[2], "in") == 0 ? NDR_IN : NDR_OUT;
    parse_given(message, columns[3]);
    for (size_t i = 0; i < NUM_ENCODINGS; i++)
        message->bytes[i] =
            vector_parse(strcmp(columns[4 + i], "-") == 0 ? "" : columns[4 + i]);
}

struct messages messages_load(const char *path)
{
    struct vector file = file_load(path);
    struct messages messages = {NULL, 0};
    char *text = (char *)file.data;
    char *line;

    while ((line = strsep(&text, "\n"))) {
        if (line[0] == '#' || line[0] == '\0')
            continue;
        messages.list = realloc(messages.list, (messages.num + 1) * sizeof(*messages.list));
        assert_non_null(messages.list);
        memset(&messages.list[messages.num], 0, sizeof(*messages.list));
        parse_line(&messages.list[messages.num++], line);
    }
    vector_free(&file);
    assert_int_not_equal(messages.num, 0);
    return messages;
}

void messages_free(struct messages *messages)
{
    for (size_t i = 0; i < messages->num; i++)
        for (size_t k = 0; k < NUM_ENCODINGS; k++)
            vector_free(&messages->list[i].bytes[k]);
    free(messages->list);
    *messages = (struct messages){NULL, 0};
}

void value_free(struct value *value)
{
    mem_free(value->args);
    rpcsec_arena_free(value->arena);
    *value = (struct value){NULL, NULL};
}

static struct ndr_options options_of(const struct message *message, enum encoding encoding)
{
    return (struct ndr_options){.syntax = encoding == ENCODING_NDR64 ? NDR_SYNTAX_NDR64
                                                                     : NDR_SYNTAX_NDR,
                                .direction = message->direction};
}

rpcsec_status message_decode(const struct message *message, enum encoding encoding,
                             const uint8_t *data, size_t len, struct value *ret_value,
                             struct rpcsec_error *err)
{
    const struct ndr_options options = options_of(message, encoding);
    struct value value = {mem_zalloc(message->record->mem_size), rpcsec_arena_new(0)};
    rpcsec_status status = RPCSEC_NO_MEMORY;
    struct cur cur;

    if (value.args && value.arena) {
        if (message->given)
            ndr_store(message->given->type, (uint8_t *)value.args + message->given->offset,
                      message->given_value);
        cur_init(&cur, data, len, encoding == ENCODING_BE);
        status = ndr_decode(&cur, message->record, value.args, &options, value.arena, err);
        if (status == RPCSEC_OK)
            status = cur_end(&cur);
    }
    if (status == RPCSEC_OK)
        *ret_value = value;
    else
        value_free(&value);
    return status;
}

rpcsec_status message_encode(const struct message *message, enum encoding encoding,
                             const void *args, struct buf *out, struct rpcsec_error *err)
{
    /* Small segments, so that messages cross them. */
    const struct writer_shape shape = {.head_len = 24, .body_max = 32, .max = 1u << 24};
    const struct ndr_options options = options_of(message, encoding);
    struct writer writer;
    rpcsec_status status;
    uint8_t *room;

    writer_init(&writer, &shape, encoding == ENCODING_BE);
    status = ndr_encode(&writer, message->record, args, &options, err);
    room = status == RPCSEC_OK && writer.len ? buf_reserve(out, writer.len) : NULL;
    if (room)
        writer_copy(&writer, room);
    writer_done(&writer);
    return status ? status : buf_status(out);
}
