/* SPDX-License-Identifier: MIT
 *
 * assoc/stranger.c: what a client says of a peer that never sent a DCE/RPC PDU. Layer: assoc.
 * Documents: RFC 9112 4 (HTTP), RFC 8446 5.1 (TLS), RFC 4253 4.2 (SSH), MS-SMB2 2.1 (SMB).
 *
 * A guess for people, from the first bytes; nothing is decided by it.
 */
#include <string.h>

#include "assoc/engine.h"

bool stranger_is_silent(const struct assoc *a)
{
    return !a->params.server &&
           (a->state == ASSOC_STATE_START || a->state == ASSOC_STATE_BINDING);
}

static bool begins_with(const uint8_t *at, size_t len, const char *text)
{
    size_t text_len = strlen(text);

    return len >= text_len && memcmp(at, text, text_len) == 0;
}

static bool is_tls(const uint8_t *at, size_t len)
{
    return len >= 3 && at[0] >= 0x14 && at[0] <= 0x17 && at[1] == 3 && at[2] <= 4;
}

static bool is_smb(const uint8_t *at, size_t len)
{
    return len >= 8 && at[0] == 0 && (at[4] == 0xFE || at[4] == 0xFF) &&
           memcmp(at + 5, "SMB", 3) == 0;
}

/* RFC 5321 4.2, RFC 959 4.2: three digits, then a space or a hyphen. */
static bool is_reply_code(const uint8_t *at, size_t len)
{
    return len >= 4 && at[0] >= '1' && at[0] <= '5' && at[1] >= '0' && at[1] <= '9' &&
           at[2] >= '0' && at[2] <= '9' && (at[3] == ' ' || at[3] == '-');
}

static const char *kind_of(const uint8_t *at, size_t len)
{
    if (begins_with(at, len, "HTTP/"))
        return "HTTP";
    if (begins_with(at, len, "SSH-"))
        return "SSH";
    if (is_tls(at, len))
        return "TLS";
    if (is_smb(at, len))
        return "SMB";
    return is_reply_code(at, len) ? "SMTP, FTP or the like" : "no protocol that is known here";
}

void stranger_fail(struct assoc *a, const uint8_t *at, size_t len)
{
    if (len == 0)
        assoc_fail(
            a, RPCSEC_CONNECTION_LOST, RPCSEC_LAYER_TRANSPORT,
            "the peer closed the connection and did not answer the bind: is it a DCE/RPC "
            "server? Check the host and the port, and its log");
    else
        assoc_fail(a, RPCSEC_PROTOCOL_ERROR, RPCSEC_LAYER_PROTOCOL,
                   "the peer is no DCE/RPC server, it speaks %s: check the host and the port",
                   kind_of(at, len));
}
