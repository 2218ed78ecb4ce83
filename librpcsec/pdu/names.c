/* SPDX-License-Identifier: MIT
 *
 * pdu/names.c: names of wire values, for traces and messages. Layer: pdu.
 * Documents: C706 12.6.4 and appendix E, MS-RPCE 2.2.2.5.
 */
#include "pdu/pdu.h"

struct name {
    uint32_t value;
    const char *name;
};

static const struct name types[] = {
    {PDU_REQUEST, "request"},
    {PDU_RESPONSE, "response"},
    {PDU_FAULT, "fault"},
    {PDU_BIND, "bind"},
    {PDU_BIND_ACK, "bind_ack"},
    {PDU_BIND_NAK, "bind_nak"},
    {PDU_ALTER_CONTEXT, "alter_context"},
    {PDU_ALTER_CONTEXT_RESP, "alter_context_resp"},
    {PDU_AUTH3, "auth3"},
    {PDU_SHUTDOWN, "shutdown"},
    {PDU_CO_CANCEL, "co_cancel"},
    {PDU_ORPHANED, "orphaned"},
};

static const struct name faults[] = {
#define X(name, value) {value, #name},
    PDU_FAULT_LIST(X)
#undef X
};

static const struct name nak_reasons[] = {
    {PDU_NAK_NOT_SPECIFIED, "not specified"},
    {PDU_NAK_CONGESTION, "temporary congestion"},
    {PDU_NAK_LOCAL_LIMIT, "local limit exceeded"},
    {PDU_NAK_VERSION, "protocol version not supported, or a malformed bind"},
    {PDU_NAK_AUTH_TYPE, "authentication type not recognized"},
    {PDU_NAK_INVALID_CHECKSUM, "the security package refused the token"},
};

#define LOOK_UP(table, value) look_up(table, sizeof(table) / sizeof((table)[0]), value)

static const char *look_up(const struct name *table, size_t num, uint32_t value)
{
    for (size_t i = 0; i < num; i++) {
        if (table[i].value == value)
            return table[i].name;
    }
    return "unknown";
}

const char *pdu_type_name(uint32_t type)
{
    return LOOK_UP(types, type);
}

const char *pdu_fault_name(uint32_t status)
{
    return LOOK_UP(faults, status);
}

const char *pdu_nak_reason_name(uint32_t reason)
{
    return LOOK_UP(nak_reasons, reason);
}
