/* SPDX-License-Identifier: MIT
 *
 * unit/sspi_pair.c: a client's and a server's security context that talk in one process.
 */
#include "sspi_pair.h"

#include <stdio.h>

#include <krb5/krb5.h>

#include "base/limits.h"

const struct pkg_ops *pair_ops = &pkg_kerberos;

bool pair_in_realm(void)
{
    if (getenv("RPCSEC_REALM_DIR"))
        return true;
    printf("SKIP: needs a realm, run it as: rpcsec realm -- PROGRAM\n");
    return false;
}

static rpcsec_status open_creds(struct pair *pair, const char *keytab)
{
    const struct pkg_cred_params outbound = {.outbound = true};
    const struct pkg_cred_params inbound = {.inbound = true, .keytab = keytab};
    rpcsec_status status = sspi_cred_acquire(pair_ops, &outbound, &pair->client_cred, NULL);

    if (status != RPCSEC_OK)
        return status;
    return sspi_cred_acquire(pair_ops, &inbound, &pair->server_cred, NULL);
}

rpcsec_status pair_open(struct pair *pair, enum rpcsec_level level, const char *target,
                        const char *keytab)
{
    const struct sspi_ctx_params client = {.target = target, .level = level, .initiator = true};
    const struct sspi_ctx_params server = {.level = level};
    rpcsec_status status = open_creds(pair, keytab);

    if (status == RPCSEC_OK)
        status = sspi_ctx_new(pair->client_cred, &client, &pair->client, NULL);
    if (status == RPCSEC_OK)
        status = sspi_ctx_new(pair->server_cred, &server, &pair->server, NULL);
    return status;
}

static rpcsec_status shake(struct pair *pair, struct buf *there, struct buf *back,
                           struct rpcsec_error *err)
{
    bool client_done = false;
    bool server_done = false;

    while (!client_done || !server_done) {
        rpcsec_status status;

        buf_reset(there);
        status = sspi_ctx_step(pair->client, back->data, back->len, there, &client_done, err);
        if (status != RPCSEC_OK)
            return status;
        if (there->len == 0)
            break;
        buf_reset(back);
        status = sspi_ctx_step(pair->server, there->data, there->len, back, &server_done, err);
        if (status != RPCSEC_OK)
            return status;
    }
    return client_done && server_done ? RPCSEC_OK : RPCSEC_PROTOCOL_ERROR;
}

rpcsec_status pair_shake(struct pair *pair, struct rpcsec_error *err)
{
    struct buf there;
    struct buf back;
    rpcsec_status status;

    buf_init(&there, LIMIT_TOKEN_LEN);
    buf_init(&back, LIMIT_TOKEN_LEN);
    status = shake(pair, &there, &back, err);
    buf_done(&there);
    buf_done(&back);
    return status;
}

void pair_make(struct pair *pair, enum rpcsec_level level)
{
    assert_ok(pair_open(pair, level, PAIR_SERVICE, NULL));
    assert_ok(pair_shake(pair, NULL));
}

void pair_free(struct pair *pair)
{
    sspi_ctx_free(pair->client);
    sspi_ctx_free(pair->server);
    sspi_cred_unref(pair->client_cred);
    sspi_cred_unref(pair->server_cred);
    memset(pair, 0, sizeof(*pair));
}

/* ---- Keytabs ---- */

static bool is_service(krb5_context krb5, krb5_const_principal principal)
{
    krb5_principal service;
    bool same;

    assert_int_equal(krb5_parse_name(krb5, PAIR_SERVICE, &service), 0);
    same = krb5_principal_compare(krb5, service, principal);
    krb5_free_principal(krb5, service);
    return same;
}

static void spoil(krb5_context krb5, krb5_keytab_entry *entry, enum keytab_fault fault)
{
    if (!is_service(krb5, entry->principal))
        return;
    if (fault == KEYTAB_OTHER_KEY || fault == KEYTAB_OTHER_VERSION)
        entry->key.contents[0] ^= 1;
    if (fault == KEYTAB_OTHER_VERSION)
        entry->vno += 7;
}

static void copy_entries(krb5_context krb5, krb5_keytab from, krb5_keytab to,
                         enum keytab_fault fault)
{
    krb5_kt_cursor cursor;
    krb5_keytab_entry entry;

    assert_int_equal(krb5_kt_start_seq_get(krb5, from, &cursor), 0);
    while (krb5_kt_next_entry(krb5, from, &entry, &cursor) == 0) {
        bool left_out = fault == KEYTAB_OTHER_SERVICE && is_service(krb5, entry.principal);

        spoil(krb5, &entry, fault);
        if (!left_out)
            assert_int_equal(krb5_kt_add_entry(krb5, to, &entry), 0);
        krb5_free_keytab_entry_contents(krb5, &entry);
    }
    krb5_kt_end_seq_get(krb5, from, &cursor);
}

void pair_keytab(enum keytab_fault fault, char *ret_name, size_t max)
{
    snprintf(ret_name, max, "FILE:%s/fault-%d.keytab", getenv("RPCSEC_REALM_DIR"), (int)fault);
    pair_keytab_add(fault, ret_name);
}

void pair_keytab_add(enum keytab_fault fault, const char *name)
{
    krb5_context krb5;
    krb5_keytab from;
    krb5_keytab to;

    assert_int_equal(krb5_init_context(&krb5), 0);
    assert_int_equal(krb5_kt_default(krb5, &from), 0);
    assert_int_equal(krb5_kt_resolve(krb5, name, &to), 0);
    copy_entries(krb5, from, to, fault);
    krb5_kt_close(krb5, to);
    krb5_kt_close(krb5, from);
    krb5_free_context(krb5);
}
