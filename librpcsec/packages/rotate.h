/* SPDX-License-Identifier: MIT
 *
 * packages/rotate.h: the rotation of a token of gss_wrap. Layer: packages. Document: RFC 4121
 * 4.2.5.
 */
#ifndef PACKAGES_ROTATE_H
#define PACKAGES_ROTATE_H

#include <stddef.h>
#include <stdint.h>

#include <rpcsec/status.h>

/* Rotates a sealed token until its first head_len bytes are all but the data: header, filler,
 * encrypted header, checksum, confounder. That is the form that the record protectors write and
 * read. BAD_TOKEN: it is no sealed token, or has filler, which no AES enctype needs. */
RPCSEC_MUST_USE rpcsec_status rotate_token(uint8_t *token, size_t len, size_t head_len);

#endif
