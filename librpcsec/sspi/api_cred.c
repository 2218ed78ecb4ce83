/* SPDX-License-Identifier: MIT
 *
 * sspi/api_cred.c: the public calls about credentials. Layer: sspi. Document:
 * MicrosoftDocs/sdk-api sspi.h.
 */
#include "sspi/api.h"

#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "packages/login.h"

static void free_object(enum handle_kind kind, void *object)
{
    if (kind == HANDLE_CONTEXT)
        api_ctx_free(object);
    else
        api_cred_free(object);
}

struct handle_table api_handles = {.free_object = free_object};

void api_cred_free(struct api_cred *api)
{
    sspi_cred_unref(api->outbound);
    sspi_cred_unref(api->inbound);
    mem_free(api);
}

/* ---- Acquiring ---- */

/* What a thread that impersonates gets instead of the process's own; NOT_FOUND: its own. */
static rpcsec_status acquire_impersonated(const struct api_acquire *call,
                                          const struct pkg_ops *ops,
                                          struct sspi_cred **ret_cred, struct rpcsec_error *err)
{
    struct sspi_cred *theirs = NULL;

    if (call->auth_data || call->store || !(call->use & SECPKG_CRED_OUTBOUND) ||
        !api_impersonated(&theirs))
        return RPCSEC_NOT_FOUND;
    if (!theirs)
        return error_set(err, RPCSEC_NO_CREDENTIALS, RPCSEC_LAYER_SECURITY,
                         "the client that this thread impersonates delegated no credentials");
    if (ops->mechanism != RPCSEC_MECH_KERBEROS) {
        sspi_cred_unref(theirs);
        return error_set(err, RPCSEC_UNSUPPORTED, RPCSEC_LAYER_SECURITY,
                         "delegated credentials are for the package Kerberos");
    }
    *ret_cred = theirs;
    return RPCSEC_OK;
}

static void fill_store(struct pkg_cred_params *params, const struct rpcsec_sspi_store *store)
{
    if (!store)
        return;
    params->ccache = store->ccache;
    params->keytab = store->keytab;
    params->client_keytab = store->client_keytab;
    params->rcache = store->rcache;
    params->impersonate = store->impersonate;
    params->constrained = store->constrained_delegation;
}

static rpcsec_status acquire_own(const struct api_acquire *call, const struct pkg_ops *ops,
                                 struct sspi_cred **ret_cred, struct rpcsec_error *err)
{
    struct pkg_cred_params params = {
        .inbound = call->use & SECPKG_CRED_INBOUND,
        .outbound = call->use & SECPKG_CRED_OUTBOUND,
        .principal = call->principal && call->principal[0] ? call->principal : NULL,
        .ntlm = true,
    };
    struct identity *identity = NULL;
    rpcsec_status status = api_read_identity(call->auth_data, call->wide, &identity, err);

    if (status != RPCSEC_OK)
        return status;
    params.identity = identity;
    params.ntlm = identity_allows(identity, "ntlm") && identity && identity->packages[0];
    fill_store(&params, call->store);
    status = sspi_cred_acquire(ops, &params, ret_cred, err);
    identity_free(identity);
    return status;
}

static rpcsec_status acquire_cred(const struct api_acquire *call, const struct pkg_ops *ops,
                                  struct sspi_cred **ret_cred, struct rpcsec_error *err)
{
    rpcsec_status status = acquire_impersonated(call, ops, ret_cred, err);

    return status == RPCSEC_NOT_FOUND ? acquire_own(call, ops, ret_cred, err) : status;
}

static SECURITY_STATUS check_acquire(const struct api_acquire *call,
                                     const struct pkg_ops **ret_ops)
{
    if (!call->package || !(call->use & SECPKG_CRED_BOTH))
        return sspi_report(RPCSEC_INVALID_ARGUMENT, NULL);
    *ret_ops = sspi_package_by_name(call->package);
    if (!*ret_ops)
        return sspi_report_code(SEC_E_SECPKG_NOT_FOUND, RPCSEC_NOT_FOUND,
                                "there is no such security package");
    if (call->logon_id)
        return api_unsupported("there are no logon sessions to take credentials from");
    return SEC_E_OK;
}

/* An identity that cannot be read has a code of its own. */
static SECURITY_STATUS report_acquire(const struct api_acquire *call, rpcsec_status status,
                                      const struct rpcsec_error *err)
{
    if (status == RPCSEC_INVALID_ARGUMENT && call->auth_data)
        return sspi_report_code(SEC_E_UNKNOWN_CREDENTIALS, status, rpcsec_error_text(err));
    return sspi_report(status, err);
}

static void tell_expiry(PTimeStamp ret_expiry)
{
    if (ret_expiry)
        *ret_expiry = api_timestamp(INT64_MAX);
}

static rpcsec_status open_handle(const struct api_acquire *call, struct sspi_cred *cred,
                                 PCredHandle ret_handle)
{
    struct api_cred *api = mem_zalloc(sizeof(*api));
    rpcsec_status status;

    if (!api)
        return RPCSEC_NO_MEMORY;
    if (call->use & SECPKG_CRED_OUTBOUND)
        api->outbound = sspi_cred_ref(cred);
    if (call->use & SECPKG_CRED_INBOUND)
        api->inbound = sspi_cred_ref(cred);
    status = handle_open(&api_handles, HANDLE_CREDENTIAL, api, ret_handle);
    if (status != RPCSEC_OK)
        api_cred_free(api);
    return status;
}

SECURITY_STATUS api_acquire(const struct api_acquire *call, PCredHandle ret_handle,
                            PTimeStamp ret_expiry)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    const struct pkg_ops *ops = NULL;
    struct sspi_cred *cred = NULL;
    SECURITY_STATUS code;
    rpcsec_status status;

    if (!ret_handle)
        return sspi_report(RPCSEC_INVALID_ARGUMENT, NULL);
    code = check_acquire(call, &ops);
    if (code != SEC_E_OK)
        return code;
    status = acquire_cred(call, ops, &cred, &err);
    if (status == RPCSEC_OK)
        status = open_handle(call, cred, ret_handle);
    sspi_cred_unref(cred);
    if (status != RPCSEC_OK)
        return report_acquire(call, status, &err);
    tell_expiry(ret_expiry);
    return SEC_E_OK;
}

/* ---- Adding ---- */

/* Other threads may be using the handle: a use is set once, and never changed. */
static bool set_use(struct sspi_cred **place, struct sspi_cred *cred)
{
    struct sspi_cred *none = NULL;

    return __atomic_compare_exchange_n(place, &none, cred, false, __ATOMIC_ACQ_REL,
                                       __ATOMIC_ACQUIRE);
}

static SECURITY_STATUS add_use(struct api_cred *api, const struct api_acquire *call,
                               const struct pkg_ops *ops)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    bool outbound = call->use & SECPKG_CRED_OUTBOUND;
    struct sspi_cred **place = outbound ? &api->outbound : &api->inbound;
    struct sspi_cred *cred = NULL;
    rpcsec_status status;

    if ((call->use & SECPKG_CRED_BOTH) == SECPKG_CRED_BOTH ||
        __atomic_load_n(place, __ATOMIC_ACQUIRE))
        return api_unsupported(
            "a credential holds one identity for each use, and has this one");
    status = acquire_cred(call, ops, &cred, &err);
    if (status != RPCSEC_OK)
        return report_acquire(call, status, &err);
    if (set_use(place, cred))
        return SEC_E_OK;
    sspi_cred_unref(cred);
    return api_unsupported("another thread added this use at the same time");
}

SECURITY_STATUS api_add_credentials(PCredHandle handle, const struct api_acquire *call,
                                    PTimeStamp ret_expiry)
{
    struct api_cred *api = handle_get(&api_handles, HANDLE_CREDENTIAL, handle);
    const struct pkg_ops *ops = NULL;
    SECURITY_STATUS code;

    if (!api)
        return api_bad_handle("the credential handle is not valid");
    code = check_acquire(call, &ops);
    if (code == SEC_E_OK &&
        ops != sspi_cred_package(api->outbound ? api->outbound : api->inbound))
        code = api_unsupported("the credential is another package's");
    if (code == SEC_E_OK)
        code = add_use(api, call, ops);
    handle_put(&api_handles, handle);
    if (code == SEC_E_OK)
        tell_expiry(ret_expiry);
    return code;
}

/* ---- Attributes ---- */

static rpcsec_status query_name(struct api_cred *api, enum form form, void *out,
                                struct rpcsec_error *err)
{
    struct sspi_cred *cred = api->outbound ? api->outbound : api->inbound;
    char *name = NULL;
    void *text;
    rpcsec_status status = sspi_cred_name(cred, api->outbound != NULL, &name, err);

    if (status == RPCSEC_NOT_FOUND)
        return error_set(err, RPCSEC_NO_CREDENTIALS, RPCSEC_LAYER_SECURITY,
                         "the credential has no name: it stands for any principal of the "
                         "keytab");
    if (status != RPCSEC_OK)
        return status;
    text = form_new(form, name);
    mem_free(name);
    if (!text)
        return RPCSEC_NO_MEMORY;
    ((SecPkgCredentials_NamesA *)out)->sUserName = text;
    return RPCSEC_OK;
}

SECURITY_STATUS api_query_credentials(PCredHandle handle, ULONG attribute, void *out,
                                      size_t out_len, enum form form)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct api_cred *api;
    rpcsec_status status;

    if (!out)
        return sspi_report(RPCSEC_INVALID_ARGUMENT, NULL);
    api = handle_get(&api_handles, HANDLE_CREDENTIAL, handle);
    if (!api)
        return api_bad_handle("the credential handle is not valid");
    if (attribute != SECPKG_CRED_ATTR_NAMES)
        status = RPCSEC_UNSUPPORTED;
    else if (out_len < sizeof(SecPkgCredentials_NamesA))
        status = RPCSEC_BUFFER_TOO_SMALL;
    else
        status = query_name(api, form, out, &err);
    handle_put(&api_handles, handle);
    return sspi_report(status, &err);
}

SECURITY_STATUS api_set_attributes(enum handle_kind kind, const SecHandle *handle)
{
    if (!handle_get(&api_handles, kind, handle))
        return api_bad_handle("the handle is not valid");
    handle_put(&api_handles, handle);
    return api_unsupported("there is no attribute that can be set: krb5.conf says which KDC "
                           "and proxy are used");
}

/* ---- Passwords ---- */

static bool copy_in(char *to, const char *from)
{
    size_t len = strlen(from);

    if (len > LIMIT_IDENTITY_LEN)
        return false;
    memcpy(to, from, len + 1);
    return true;
}

static rpcsec_status change_password(const char *domain, const char *account,
                                     const char *old_password, const char *new_password,
                                     struct rpcsec_error *err)
{
    struct identity *identity = identity_new();
    rpcsec_status status;

    if (!identity)
        return error_no_memory(err);
    identity->has_password = true;
    if (!copy_in(identity->user, account) || !copy_in(identity->domain, domain ? domain : "") ||
        !copy_in(identity->password, old_password))
        status = error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                           "a name or password has more than %d bytes", LIMIT_IDENTITY_LEN);
    else
        status = login_change_password(identity, new_password, err);
    identity_free(identity);
    return status;
}

SECURITY_STATUS api_change_password(const char *package, const char *domain,
                                    const char *account, const char *old_password,
                                    const char *new_password, bool impersonating,
                                    ULONG reserved)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    const struct pkg_ops *ops = sspi_package_by_name(package);

    if (!package || !account || !old_password || !new_password || reserved != 0)
        return sspi_report(RPCSEC_INVALID_ARGUMENT, NULL);
    if (!ops)
        return sspi_report_code(SEC_E_SECPKG_NOT_FOUND, RPCSEC_NOT_FOUND,
                                "there is no such security package");
    if (impersonating || ops->mechanism == RPCSEC_MECH_NTLM)
        return api_unsupported("passwords are changed at a KDC, in their owner's name only");
    return sspi_report(change_password(domain, account, old_password, new_password, &err),
                       &err);
}

/* ---- The calls, and their A forms ---- */

SECURITY_STATUS AcquireCredentialsHandleA(const SEC_CHAR *pszPrincipal,
                                          const SEC_CHAR *pszPackage, ULONG fCredentialUse,
                                          void *pvLogonId, void *pAuthData,
                                          SEC_GET_KEY_FN pGetKeyFn, void *pvGetKeyArgument,
                                          PCredHandle phCredential, PTimeStamp ptsExpiry)
{
    const struct api_acquire call = {.principal = pszPrincipal,
                                     .package = pszPackage,
                                     .use = fCredentialUse,
                                     .logon_id = pvLogonId,
                                     .auth_data = pAuthData,
                                     .wide = FORM_W32};

    (void)pGetKeyFn;
    (void)pvGetKeyArgument;
    return api_acquire(&call, phCredential, ptsExpiry);
}

SECURITY_STATUS rpcsec_sspi_acquire(const char *principal, const char *package, ULONG use,
                                    const struct rpcsec_sspi_store *store,
                                    PCredHandle ret_credential)
{
    const struct api_acquire call = {
        .principal = principal, .package = package, .use = use, .store = store};

    if (!store || store->size < sizeof(*store))
        return sspi_report(RPCSEC_INVALID_ARGUMENT, NULL);
    return api_acquire(&call, ret_credential, NULL);
}

SECURITY_STATUS AddCredentialsA(PCredHandle hCredentials, const SEC_CHAR *pszPrincipal,
                                const SEC_CHAR *pszPackage, ULONG fCredentialUse,
                                void *pAuthData, SEC_GET_KEY_FN pGetKeyFn,
                                void *pvGetKeyArgument, PTimeStamp ptsExpiry)
{
    const struct api_acquire call = {.principal = pszPrincipal,
                                     .package = pszPackage,
                                     .use = fCredentialUse,
                                     .auth_data = pAuthData,
                                     .wide = FORM_W32};

    (void)pGetKeyFn;
    (void)pvGetKeyArgument;
    return api_add_credentials(hCredentials, &call, ptsExpiry);
}

SECURITY_STATUS QueryCredentialsAttributesA(PCredHandle phCredential, ULONG ulAttribute,
                                            void *pBuffer)
{
    return api_query_credentials(phCredential, ulAttribute, pBuffer, SIZE_MAX, FORM_A);
}

SECURITY_STATUS QueryCredentialsAttributesExA(PCredHandle phCredential, ULONG ulAttribute,
                                              void *pBuffer, ULONG cbBuffer)
{
    return api_query_credentials(phCredential, ulAttribute, pBuffer, cbBuffer, FORM_A);
}

SECURITY_STATUS SetCredentialsAttributesA(PCredHandle phCredential, ULONG ulAttribute,
                                          void *pBuffer, ULONG cbBuffer)
{
    (void)ulAttribute;
    (void)pBuffer;
    (void)cbBuffer;
    return api_set_attributes(HANDLE_CREDENTIAL, phCredential);
}

SECURITY_STATUS ChangeAccountPasswordA(const SEC_CHAR *pszPackageName,
                                       const SEC_CHAR *pszDomainName,
                                       const SEC_CHAR *pszAccountName,
                                       const SEC_CHAR *pszOldPassword,
                                       const SEC_CHAR *pszNewPassword, BOOLEAN bImpersonating,
                                       ULONG dwReserved, PSecBufferDesc pOutput)
{
    (void)pOutput;
    return api_change_password(pszPackageName, pszDomainName, pszAccountName, pszOldPassword,
                               pszNewPassword, bImpersonating, dwReserved);
}

SECURITY_STATUS FreeCredentialsHandle(PCredHandle phCredential)
{
    if (handle_close(&api_handles, HANDLE_CREDENTIAL, phCredential))
        return SEC_E_OK;
    return api_bad_handle("the credential handle is not valid");
}
