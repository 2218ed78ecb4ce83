/* SPDX-License-Identifier: MIT
 *
 * pdu/tower.c: protocol towers to values and back. Layer: pdu. Documents: C706 appendix L,
 * MS-RPCE 2.2.1.2.2. Numbers in towers are little-endian whatever the PDU's order is, but ports
 * and addresses are in network order. Must not judge what an endpoint is good for.
 */
#include "pdu/tower.h"

#include <string.h>

#include "base/text.h"
#include "base/uuid.h"

#define MIN_FLOORS 3 /* interface, transfer syntax, RPC protocol */

/* One floor: the left side begins with the protocol. */
struct floor {
    uint8_t protocol;
    struct cur left;
    struct cur right;
};

static struct floor get_floor(struct cur *c)
{
    struct floor floor;

    floor.left = cur_child(c, cur_u16(c));
    floor.protocol = cur_u8(&floor.left);
    if (cur_status(&floor.left))
        cur_fail(c, RPCSEC_BAD_FORMAT);
    floor.right = cur_child(c, cur_u16(c));
    return floor;
}

/* C706 appendix L: UUID and major version on the left, minor version on the right. */
static void get_syntax(struct cur *c, struct rpcsec_syntax *ret_syntax)
{
    struct floor floor = get_floor(c);

    uuid_get(&floor.left, &ret_syntax->uuid);
    ret_syntax->major = cur_u16(&floor.left);
    ret_syntax->minor = cur_u16(&floor.right);
    if (floor.protocol != TOWER_UUID || cur_end(&floor.left) || cur_end(&floor.right))
        cur_fail(c, RPCSEC_BAD_FORMAT);
}

static uint16_t get_port(struct cur *c, struct floor *floor)
{
    uint16_t port;

    floor->right.big_endian = true;
    port = cur_u16(&floor->right);
    if (cur_end(&floor->right))
        cur_fail(c, RPCSEC_BAD_FORMAT);
    return port;
}

static void get_address(struct cur *c, struct floor *floor, struct tower *tower)
{
    cur_copy(&floor->right, tower->address, sizeof(tower->address));
    if (cur_end(&floor->right))
        cur_fail(c, RPCSEC_BAD_FORMAT);
    tower->has_address = true;
}

/* Text on the right ends in NUL, which some leave out. */
static void get_text(struct floor *floor, char *out, size_t max)
{
    size_t len = cur_left(&floor->right);
    const uint8_t *text = cur_bytes(&floor->right, len);

    if (text)
        text_clean(out, max, text, strnlen((const char *)text, len));
}

static void get_transport(struct cur *c, struct tower *tower)
{
    struct floor floor = get_floor(c);

    tower->transport = floor.protocol;
    if (floor.protocol == TOWER_TCP || floor.protocol == TOWER_UDP ||
        floor.protocol == TOWER_HTTP)
        tower->port = get_port(c, &floor);
    else if (floor.protocol == TOWER_SMB || floor.protocol == TOWER_PIPE)
        get_text(&floor, tower->name, sizeof(tower->name));
}

static void get_network(struct cur *c, struct tower *tower)
{
    struct floor floor = get_floor(c);

    if (floor.protocol == TOWER_IP)
        get_address(c, &floor, tower);
    else if (floor.protocol == TOWER_NETBIOS)
        get_text(&floor, tower->host, sizeof(tower->host));
}

rpcsec_status tower_decode(const uint8_t *data, size_t len, struct tower *ret_tower)
{
    struct tower tower = {.transport = TOWER_NONE};
    struct cur c;
    uint16_t num;

    if (len > LIMIT_TOWER_LEN)
        return RPCSEC_LIMIT;
    cur_init(&c, data, len, false);
    num = cur_u16(&c);
    if (cur_status(&c) == RPCSEC_OK && (num < MIN_FLOORS || num > LIMIT_TOWER_FLOORS))
        return RPCSEC_BAD_FORMAT; /* MS-RPCE 3.1.3.5.3 */
    get_syntax(&c, &tower.interface);
    get_syntax(&c, &tower.transfer);
    tower.rpc = get_floor(&c).protocol;
    if (num > MIN_FLOORS)
        get_transport(&c, &tower);
    for (unsigned n = MIN_FLOORS + 1; n < num; n++)
        get_network(&c, &tower);
    if (cur_end(&c))
        return cur_end(&c);
    *ret_tower = tower;
    return RPCSEC_OK;
}

static void put_floor(struct buf *out, uint8_t protocol, const void *right, size_t len)
{
    buf_u16(out, 1);
    buf_u8(out, protocol);
    buf_u16(out, (uint16_t)len);
    buf_bytes(out, right, len);
}

static void put_syntax(struct buf *out, const struct rpcsec_syntax *syntax)
{
    buf_u16(out, 1 + 16 + 2);
    buf_u8(out, TOWER_UUID);
    uuid_put(out, &syntax->uuid);
    buf_u16(out, syntax->major);
    buf_u16(out, 2);
    buf_u16(out, syntax->minor);
}

void tower_encode(struct buf *out, const struct tower *tower)
{
    const uint8_t version[2] = {0, 0}; /* minor version of the RPC protocol */
    bool tcp = tower->rpc == TOWER_NCACN && tower->transport == TOWER_TCP;
    uint8_t port[2];

    if (!tcp && (tower->rpc != TOWER_NCALRPC || tower->transport != TOWER_PIPE)) {
        buf_fail(out, RPCSEC_UNSUPPORTED);
        return;
    }
    put_u16(port, tower->port, true);
    buf_u16(out, tcp ? 5 : 4);
    put_syntax(out, &tower->interface);
    put_syntax(out, &tower->transfer);
    put_floor(out, tower->rpc, version, sizeof(version));
    if (tcp) {
        put_floor(out, TOWER_TCP, port, sizeof(port));
        put_floor(out, TOWER_IP, tower->address, sizeof(tower->address));
    } else {
        put_floor(out, TOWER_PIPE, tower->name, strlen(tower->name) + 1);
    }
}

/* C706 appendix I and B, MS-RPCE 2.1: the transports that have a protocol sequence. */
const char *tower_sequence(const struct tower *tower)
{
    static const struct {
        uint8_t rpc;
        uint8_t transport;
        const char *name;
    } known[] = {
        {TOWER_NCACN, TOWER_TCP, "ncacn_ip_tcp"}, {TOWER_NCADG, TOWER_UDP, "ncadg_ip_udp"},
        {TOWER_NCACN, TOWER_SMB, "ncacn_np"},     {TOWER_NCACN, TOWER_HTTP, "ncacn_http"},
        {TOWER_NCALRPC, TOWER_PIPE, "ncalrpc"},
    };

    for (size_t n = 0; n < sizeof(known) / sizeof(known[0]); n++) {
        if (known[n].rpc == tower->rpc && known[n].transport == tower->transport)
            return known[n].name;
    }
    return NULL;
}
