/* SPDX-License-Identifier: MIT
 *
 * ndr/messages.c: reads the vector files of tests/vectors/ndr.
 */
#include "harness/test.h"
#include "messages.h"

#include <stdio.h>

#define COLUMNS 7

/* "argument=value" */
static void parse_given(struct message *message, const char *text)
{
    const char *value = strchr(text, '=');

    if (strcmp(text, "-") == 0)
        return;
    for (uint32_t i = 0; value && i < message->codec.record->num_args; i++) {
        const char *name = message->codec.record->args[i].name;

        if (strlen(name) == (size_t)(value - text) && strncmp(name, text, strlen(name)) == 0)
            message->codec.given = &message->codec.record->args[i];
    }
    if (!message->codec.given)
        fail_msg("%s: bad text \"%s\"", message->name, text);
    message->codec.given_value = strtoull(value + 1, NULL, 10);
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
    message->codec.record = find_record(columns[1]);
    if (!message->codec.record)
        fail_msg("%s: there is no table for %s", columns[0], columns[1]);
    message->codec.direction = strcmp(columns[2], "in") == 0 ? NDR_IN : NDR_OUT;
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
