/* SPDX-License-Identifier: MIT
 *
 * packages/krb5_context.h: what a finished GSS context of Kerberos is made of, as the record
 * protector on libcrypto needs it. Layer: packages. Documents: RFC 4121 2 and 4.2.
 */
#ifndef PACKAGES_KRB5_CONTEXT_H
#define PACKAGES_KRB5_CONTEXT_H

#include "packages/krb5_keys.h"
#include "packages/record.h"

/* Holds a key: the caller wipes it. */
struct krb5_context {
    const struct krb5_profile *profile;
    uint8_t key[KRB5_MAX_KEY_LEN]; /* the acceptor's subkey, where there is one */
    bool acceptor_subkey;
    bool initiator;
    bool dce_style;
    bool in_order; /* sequence and replay detection were agreed; else neither was */
    uint64_t send_sequence;
    uint64_t receive_sequence;
};

/* Copies it out of a context, which lives on; no message may go through GSS-API after that,
 * as both would use the same sequence numbers. UNSUPPORTED where only GSS-API can serve:
 * another mechanism, an enctype that is not AES, sequence detection without replay detection or
 * the reverse. */
RPCSEC_MUST_USE rpcsec_status krb5_context_export(const struct record_source *source,
                                                  struct krb5_context *ret_context);

/* The record protector for such a context. */
RPCSEC_MUST_USE rpcsec_status record_krb5fast_make(const struct krb5_context *context,
                                                   struct record **ret_record);

/* Tries record_krb5fast on canned messages, once a process. SECURITY_FAILURE: this libcrypto
 * must not protect anything. NO_MEMORY: not settled yet. */
RPCSEC_MUST_USE rpcsec_status record_krb5fast_self_test(void);

#endif
