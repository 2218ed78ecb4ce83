/* SPDX-License-Identifier: MIT
 *
 * ndr/serial.c: one value in a buffer of its own: type serialisation version 1. Layer: ndr.
 * Document: MS-RPCE 2.2.6.
 *
 * A common header says the byte order, a private header the length, and the value follows in
 * NDR 2.0 as an argument would. Buffers come from tickets and files: nobody vouches for them.
 */
#include "ndr/ndr.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/limits.h"

#define SERIAL_VERSION    1    /* MS-RPCE 2.2.6.1 */
#define SERIAL_LITTLE     0x10 /* its Endianness */
#define SERIAL_BIG        0x00
#define SERIAL_HEADER_LEN 8 /* of the common header, and of the private one */

static rpcsec_status put_value(struct writer *w, const struct rpcsec_ndr_record *record,
                               const void *args, struct rpcsec_error *err)
{
    const struct ndr_options options = {.direction = NDR_IN};
    rpcsec_status status = ndr_encode(w, record, args, &options, err);

    if (status != RPCSEC_OK)
        return status;
    writer_align(w, 8); /* MS-RPCE 2.2.6.2: the length is a multiple of 8 */
    return writer_status(w);
}

static void put_headers(uint8_t *at, size_t value_len)
{
    static const uint8_t common[SERIAL_HEADER_LEN] = {
        SERIAL_VERSION, SERIAL_LITTLE, SERIAL_HEADER_LEN, 0, 0xcc, 0xcc, 0xcc, 0xcc};

    memcpy(at, common, sizeof(common));
    for (unsigned i = 0; i < 4; i++)
        at[SERIAL_HEADER_LEN + i] = (uint8_t)(value_len >> (8 * i));
    memset(at + SERIAL_HEADER_LEN + 4, 0, 4);
}

rpcsec_status rpcsec_ndr_serialize(const struct rpcsec_ndr_record *record, const void *args,
                                   struct rpcsec_arena *arena, void **ret_data, size_t *ret_len,
                                   struct rpcsec_error *err)
{
    const struct writer_shape shape = {.body_max = LIMIT_PDU_LEN, .max = LIMIT_SERIAL_LEN};
    struct writer w;

    error_clear(err);
    if (!record || !args || !arena || !ret_data || !ret_len)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "serialising: a NULL argument");
    writer_init(&w, &shape, false);
    rpcsec_status status = put_value(&w, record, args, err);
    uint8_t *data = NULL;
    if (status == RPCSEC_OK) {
        data = (uint8_t *)rpcsec_arena_alloc(arena, 2 * SERIAL_HEADER_LEN + w.len);
        status = data ? RPCSEC_OK : error_no_memory(err);
    }
    if (data) {
        put_headers(data, w.len);
        writer_copy(&w, data + 2 * SERIAL_HEADER_LEN);
        *ret_data = data;
        *ret_len = 2 * SERIAL_HEADER_LEN + w.len;
    }
    writer_done(&w);
    return status;
}

static rpcsec_status refuse(struct cur *cur, struct rpcsec_error *err, const char *what)
{
    rpcsec_status status = cur->status != RPCSEC_OK ? cur->status : RPCSEC_BAD_STUB;

    return error_set(err, status, RPCSEC_LAYER_STUB, "serialised data: %s", what);
}

/* Both headers; the cursor is then that of the value alone. */
static rpcsec_status take_headers(struct cur *cur, struct rpcsec_error *err)
{
    uint8_t version = cur_u8(cur), order = cur_u8(cur);

    if (version != SERIAL_VERSION || (order != SERIAL_LITTLE && order != SERIAL_BIG))
        return refuse(cur, err, "the header is not of version 1");
    cur->big_endian = order == SERIAL_BIG;
    if (cur_u16(cur) != SERIAL_HEADER_LEN)
        return refuse(cur, err, "the common header's length is not 8");
    cur_skip(cur, 4); /* filler */
    uint32_t value_len = cur_u32(cur);
    cur_skip(cur, 4); /* filler */
    /* MS-RPCE 2.2.6.2 wants a multiple of 8. DEVIATION: any length is read, as Windows and
     * Samba do. Test: lengths_need_not_be_padded */
    if (cur->status != RPCSEC_OK || value_len > cur_left(cur))
        return refuse(cur, err, "it ends too early");
    if (cur_left(cur) - value_len >= 8)
        return refuse(cur, err, "something follows it");
    *cur = cur_child(cur, value_len);
    return RPCSEC_OK;
}

rpcsec_status rpcsec_ndr_deserialize(const struct rpcsec_ndr_record *record, const void *data,
                                     size_t len, void *args, struct rpcsec_arena *arena,
                                     struct rpcsec_error *err)
{
    const struct ndr_options options = {.direction = NDR_OUT};
    struct cur cur;

    error_clear(err);
    if (!record || !args || !arena || (!data && len))
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "serialised data: a NULL argument");
    cur_init(&cur, data ? data : "", len, false);
    rpcsec_status status = take_headers(&cur, err);
    if (status == RPCSEC_OK)
        status = ndr_decode(&cur, record, args, &options, arena, err);
    if (status == RPCSEC_OK && cur_left(&cur) >= 8)
        status = refuse(&cur, err, "something follows the value");
    return status;
}
