/* SPDX-License-Identifier: MIT
 *
 * packages/enctype.h: Kerberos encryption types by number. Layer: packages. Documents: RFC
 * 3961, RFC 3962, RFC 8009; the IANA registry of Kerberos encryption type numbers.
 */
#ifndef PACKAGES_ENCTYPE_H
#define PACKAGES_ENCTYPE_H

#include <stdbool.h>
#include <stdint.h>

struct enctype {
    int32_t number;
    const char *name; /* IANA's */
    uint32_t key_bits;
    int32_t checksum_number; /* its required checksum mechanism */
    const char *checksum_name;
    bool strong; /* AES: the only ones that contexts are accepted with */
};

/* NULL when the number is unknown. */
const struct enctype *enctype_find(int32_t number);
/* IANA's name, or "unknown". */
const char *enctype_name(int32_t number);
/* False for unknown numbers. */
bool enctype_is_strong(int32_t number);

#endif
