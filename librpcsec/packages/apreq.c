/* SPDX-License-Identifier: MIT
 *
 * packages/apreq.c: reads the clear part of a Kerberos AP-REQ. Layer: packages. Documents: RFC
 * 4120 5.5.1 (AP-REQ), 5.3 (Ticket), 5.2.9 (EncryptedData), X.690 (DER); RFC 4121 4.1.
 *
 * A tag that is not the expected one sets the cursor's error.
 */
#include "packages/apreq.h"

#include <string.h>

#include "base/text.h"
#include "packages/der.h"

#define MAX_NAME_COMPONENTS 8 /* of a service principal: two or three in use */

const uint8_t apreq_krb5_oid[9] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x12, 0x01, 0x02, 0x02};

/* An INTEGER that is its parent's only content. kvno may be a UInt32 with a leading zero byte.
 */
static uint32_t der_uint(struct cur *parent)
{
    struct cur number = der_open(parent, DER_INTEGER);
    size_t len = cur_left(&number);
    uint64_t value = 0;

    if (len == 0 || len > 5)
        cur_fail(parent, RPCSEC_BAD_FORMAT);
    for (size_t i = 0; i < len && i < 5; i++)
        value = value << 8 | cur_u8(&number);
    if (value > UINT32_MAX)
        cur_fail(parent, RPCSEC_BAD_FORMAT);
    return (uint32_t)value;
}

static uint32_t der_uint_field(struct cur *c, unsigned field)
{
    struct cur content = der_open(c, DER_FIELD(field));
    uint32_t value = der_uint(&content);

    if (cur_status(&content) != RPCSEC_OK)
        cur_fail(c, cur_status(&content));
    return value;
}

static void skip_field(struct cur *c, unsigned field)
{
    struct cur skipped = der_open(c, DER_FIELD(field));

    (void)skipped;
}

/* Appends a GeneralString behind `separator`; too long a name is cut. */
static void add_string(struct cur *c, const char *separator, char *out, size_t max)
{
    struct cur string = der_open(c, DER_GENERAL_STRING);
    size_t len = cur_left(&string);
    const uint8_t *bytes = cur_bytes(&string, len);
    char clean[256];

    if (!bytes || cur_status(c) != RPCSEC_OK)
        return;
    text_clean(clean, sizeof(clean), bytes, len);
    text_print(out + strlen(out), max - strlen(out), "%s%s", separator, clean);
}

/* RFC 4120 5.2.2: PrincipalName, then the realm that came before it. */
static void read_service(struct cur *ticket, struct cur realm, struct apreq *out)
{
    struct cur field = der_open(ticket, DER_FIELD(2));
    struct cur name = der_open(&field, DER_SEQUENCE);
    struct cur list;
    struct cur strings;

    skip_field(&name, 0); /* name-type */
    list = der_open(&name, DER_FIELD(1));
    strings = der_open(&list, DER_SEQUENCE);
    for (unsigned i = 0; i < MAX_NAME_COMPONENTS && cur_left(&strings) > 0; i++)
        add_string(&strings, i ? "/" : "", out->service, sizeof(out->service));
    add_string(&realm, "@", out->service, sizeof(out->service));
    if (cur_end(&strings) != RPCSEC_OK || cur_status(&realm) != RPCSEC_OK)
        cur_fail(ticket, RPCSEC_BAD_FORMAT);
}

/* RFC 4120 5.3. */
static void read_ticket(struct cur *ticket, struct apreq *out)
{
    struct cur realm;
    struct cur field;
    struct cur encrypted;

    skip_field(ticket, 0); /* tkt-vno */
    realm = der_open(ticket, DER_FIELD(1));
    read_service(ticket, realm, out);
    field = der_open(ticket, DER_FIELD(3));
    encrypted = der_open(&field, DER_SEQUENCE);
    out->enctype = (int32_t)der_uint_field(&encrypted, 0);
    if (der_next_is(&encrypted, DER_FIELD(1)))
        out->kvno = der_uint_field(&encrypted, 1);
    skip_field(&encrypted, 2); /* cipher */
    if (cur_status(&encrypted) != RPCSEC_OK)
        cur_fail(ticket, cur_status(&encrypted));
}

/* RFC 4121 4.1: [APPLICATION 0] { OID, token id 01 00, AP-REQ }. */
static void strip_frame(struct cur *c)
{
    struct cur frame;

    if (!der_next_is(c, DER_FRAME))
        return;
    frame = der_open_frame(c, apreq_krb5_oid, sizeof(apreq_krb5_oid));
    if (cur_u8(&frame) != 0x01 || cur_u8(&frame) != 0x00)
        cur_fail(&frame, RPCSEC_BAD_FORMAT);
    *c = frame;
}

rpcsec_status apreq_decode(const uint8_t *token, size_t token_len, struct apreq *ret_apreq)
{
    struct apreq out = {.service = ""};
    struct cur c;
    struct cur outer;
    struct cur sequence;
    struct cur field;
    struct cur ticket_outer;
    struct cur ticket;

    cur_init(&c, token, token_len, true);
    strip_frame(&c);
    outer = der_open(&c, DER_AP_REQ);
    sequence = der_open(&outer, DER_SEQUENCE);
    skip_field(&sequence, 0); /* pvno */
    skip_field(&sequence, 1); /* msg-type */
    skip_field(&sequence, 2); /* ap-options */
    field = der_open(&sequence, DER_FIELD(3));
    ticket_outer = der_open(&field, DER_TICKET);
    ticket = der_open(&ticket_outer, DER_SEQUENCE);
    read_ticket(&ticket, &out);
    if (cur_status(&ticket) != RPCSEC_OK)
        return cur_status(&ticket);
    if (cur_end(&c) != RPCSEC_OK)
        return cur_end(&c);
    *ret_apreq = out;
    return RPCSEC_OK;
}
