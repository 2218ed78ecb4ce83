/* SPDX-License-Identifier: MIT
 *
 * ndr/samba_values.c: the half of tests/ndr/samba_check.py that knows our tables.
 *
 * usage: samba_values make NUM SEED     prints random arguments of each operation, a line each:
 *                                       interface, opnum, name, encoding, request, response
 *        samba_values check             reads such lines with two more columns, request and
 *                                       response as Samba wrote them; prints what is wrong when
 *                                       they are not read as the same values
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/cursor.h"
#include "codec.h"
#include "random_value.h"

#define ONE(name_) extern const struct rpcsec_interface name_;
INTERFACES
#undef ONE

static const struct rpcsec_interface *const interfaces[] = {
#define ONE(name_) &name_,
    INTERFACES
#undef ONE
};

enum { NUM_INTERFACES = sizeof(interfaces) / sizeof(interfaces[0]), NUM_COLUMNS = 8 };

static const char *const names[NUM_ENCODINGS] = {"le", "be", "ndr64"};

static void print_hex(const struct buf *bytes)
{
    putchar('\t');
    for (size_t i = 0; i < bytes->len; i++)
        printf("%02x", bytes->data[i]);
    if (!bytes->len)
        putchar('-');
}

static void make_one(const struct rpcsec_interface *interface, uint32_t opnum,
                     enum encoding encoding, const void *args)
{
    const struct rpcsec_operation *operation = &interface->operations[opnum];
    struct codec in = {.record = operation->args, .direction = NDR_IN};
    struct codec out = {.record = operation->args, .direction = NDR_OUT};
    struct buf request;
    struct buf response;

    buf_init(&request, 1u << 24);
    buf_init(&response, 1u << 24);
    if (codec_encode(&in, encoding, args, &request, NULL) == RPCSEC_OK &&
        codec_encode(&out, encoding, args, &response, NULL) == RPCSEC_OK) {
        printf("%s\t%u\t%s\t%s", interface->name, opnum, operation->name, names[encoding]);
        print_hex(&request);
        print_hex(&response);
        putchar('\n');
    }
    buf_done(&request);
    buf_done(&response);
}

static void make_values(const struct rpcsec_interface *interface, uint32_t opnum, unsigned num,
                        uint64_t seed)
{
    const struct rpcsec_ndr_record *record = interface->operations[opnum].args;

    for (unsigned i = 0; record && i < num; i++) {
        struct value value = {mem_zalloc(record->mem_size + 1), rpcsec_arena_new(1u << 26)};
        struct rnd rnd = {seed + i};

        if (random_value(&rnd, record, 400000, true, value.args, value.arena))
            for (size_t e = 0; e < NUM_ENCODINGS; e++)
                make_one(interface, opnum, (enum encoding)e, value.args);
        value_free(&value);
    }
}

/* ---- Checking ---- */

static struct buf parse_hex(const char *text)
{
    struct buf bytes;
    unsigned byte;

    buf_init(&bytes, 1u << 24);
    for (; sscanf(text, "%2x", &byte) == 1; text += 2)
        buf_u8(&bytes, (uint8_t)byte);
    return bytes;
}

static const struct rpcsec_ndr_record *find(const char *interface, unsigned opnum)
{
    for (size_t i = 0; i < NUM_INTERFACES; i++)
        if (strcmp(interfaces[i]->name, interface) == 0 &&
            opnum < interfaces[i]->num_operations)
            return interfaces[i]->operations[opnum].args;
    return NULL;
}

/* One message into the record; the request first, as a client has it when it reads. */
static rpcsec_status read_one(const struct rpcsec_ndr_record *record, enum encoding encoding,
                              enum ndr_direction direction, const struct buf *bytes,
                              struct value *value, struct rpcsec_error *err)
{
    const struct ndr_options options = {.syntax = encoding == ENCODING_NDR64 ? NDR_SYNTAX_NDR64
                                                                             : NDR_SYNTAX_NDR,
                                        .direction = direction};
    struct cur cur;
    rpcsec_status status;

    cur_init(&cur, bytes->data, bytes->len, encoding == ENCODING_BE);
    status = ndr_decode(&cur, record, value->args, &options, value->arena, err);
    return status ? status : cur_end(&cur);
}

static const char *compare(char **columns, struct rpcsec_error *err)
{
    const struct rpcsec_ndr_record *record = find(columns[0], (unsigned)atoi(columns[1]));
    enum encoding encoding = columns[3][0] == 'l'   ? ENCODING_LE
                             : columns[3][0] == 'b' ? ENCODING_BE
                                                    : ENCODING_NDR64;
    static const uint32_t directions[] = {RPCSEC_NDR_IN, RPCSEC_NDR_OUT};
    struct value ours = {mem_zalloc(record->mem_size + 1), rpcsec_arena_new(1u << 26)};
    struct value theirs = {mem_zalloc(record->mem_size + 1), rpcsec_arena_new(1u << 26)};
    const char *wrong = NULL;

    for (size_t i = 0; i < 2 && !wrong; i++) {
        struct buf a = parse_hex(columns[4 + i]);
        struct buf b = parse_hex(columns[6 + i]);
        enum ndr_direction direction = (enum ndr_direction)directions[i];

        if (read_one(record, encoding, direction, &a, &ours, err))
            wrong = "our own bytes are not read";
        else if (read_one(record, encoding, direction, &b, &theirs, err))
            wrong = i ? "Samba's response is not read" : "Samba's request is not read";
        else if (!same_value(record, directions[i], ours.args, theirs.args))
            wrong = i ? "another response" : "another request";
        buf_done(&a);
        buf_done(&b);
    }
    value_free(&ours);
    value_free(&theirs);
    return wrong;
}

static void check_line(char *line)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    char *columns[NUM_COLUMNS];
    const char *wrong;

    line[strcspn(line, "\n")] = '\0';
    for (size_t i = 0; i < NUM_COLUMNS; i++)
        if (!(columns[i] = strsep(&line, "\t")))
            return;
    wrong = compare(columns, &err);
    printf("%s\t%s\t%s\t%s\t%s%s%s\n", columns[0], columns[1], columns[2], columns[3],
           wrong ? wrong : "good", wrong ? ": " : "", wrong ? rpcsec_error_text(&err) : "");
}

static void check(void)
{
    char *line = NULL;
    size_t room = 0;

    while (getline(&line, &room, stdin) > 0)
        check_line(line);
    free(line);
}

int main(int argc, char **argv)
{
    unsigned num = argc > 2 ? (unsigned)atoi(argv[2]) : 1;
    uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;

    if (argc > 1 && strcmp(argv[1], "check") == 0) {
        check();
        return 0;
    }
    for (size_t i = 0; i < NUM_INTERFACES; i++)
        for (uint32_t k = 0; k < interfaces[i]->num_operations; k++)
            make_values(interfaces[i], k, num, seed + 1000000 * k);
    return 0;
}
