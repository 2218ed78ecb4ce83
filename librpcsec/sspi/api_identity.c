/* SPDX-License-Identifier: MIT
 *
 * sspi/api_identity.c: whom a server's context stands for: tokens and impersonation. Layer:
 * sspi. Document: MicrosoftDocs/sdk-api sspi.h.
 *
 * Impersonation is the second and last thing that is kept per thread. It never changes the uid:
 * it names the client, and puts its delegated credentials in the place of the process's own.
 */
#include "sspi/api.h"

#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"

/* ---- Tokens ---- */

/* One block: this, the groups, the texts. */
struct token {
    struct rpcsec_peer peer;
    const char *sam_name; /* "DOMAIN\user" */
};

static void sam_name_of(const struct sspi_ctx *ctx, char *out, size_t max)
{
    const struct pkg_info *info = sspi_ctx_info(ctx);
    const char *at = strrchr(info->source, '@');

    if (info->pac)
        text_print(out, max, "%s\\%s", info->pac->domain, info->pac->name);
    else if (at)
        text_print(out, max, "%s\\%.*s", at + 1, (int)(at - info->source), info->source);
    else
        text_print(out, max, "%s", info->source);
}

static const char *put(char **at, const char *text)
{
    size_t len = strlen(text) + 1;
    char *start = *at;

    memcpy(start, text, len);
    *at += len;
    return start;
}

static size_t texts_len(const struct rpcsec_peer *peer, const char *sam_name)
{
    size_t len = strlen(peer->principal) + strlen(peer->target) + strlen(peer->enctype) +
                 strlen(sam_name) + strlen(peer->sid ? peer->sid : "") + 6;

    for (size_t i = 0; i < peer->num_group_sids; i++)
        len += strlen(peer->group_sids[i]) + 1;
    return len;
}

static void put_sids(struct token *token, const struct rpcsec_peer *peer, const char **groups,
                     char **at)
{
    if (!peer->sid)
        return;
    token->peer.sid = put(at, peer->sid);
    for (size_t i = 0; i < peer->num_group_sids; i++)
        groups[i] = put(at, peer->group_sids[i]);
    token->peer.group_sids = groups;
}

void *api_token_new(const struct sspi_ctx *ctx)
{
    const struct rpcsec_peer *peer = sspi_ctx_peer(ctx);
    char sam_name[2 * LIMIT_IDENTITY_LEN];
    struct token *token;
    const char **groups;
    char *at;

    sam_name_of(ctx, sam_name, sizeof(sam_name));
    token = sspi_mem_new(SSPI_MEM_TOKEN,
                         sizeof(*token) + peer->num_group_sids * sizeof(*groups) +
                             texts_len(peer, sam_name),
                         false);
    if (!token)
        return NULL;
    groups = (const char **)(token + 1);
    at = (char *)(groups + peer->num_group_sids);
    token->peer = *peer;
    token->peer.principal = put(&at, peer->principal);
    token->peer.target = put(&at, peer->target);
    token->peer.enctype = put(&at, peer->enctype);
    token->peer.address = put(&at, "");
    token->sam_name = put(&at, sam_name);
    put_sids(token, peer, groups, &at);
    return token;
}

const struct rpcsec_peer *rpcsec_token_peer(HANDLE token)
{
    return sspi_mem_len(SSPI_MEM_TOKEN, token) > 0 ? &((struct token *)token)->peer : NULL;
}

rpcsec_status rpcsec_token_close(HANDLE token)
{
    return sspi_mem_len(SSPI_MEM_TOKEN, token) > 0 && sspi_mem_free(token)
               ? RPCSEC_OK
               : RPCSEC_INVALID_ARGUMENT;
}

/* ---- Impersonation ---- */

struct impersonation {
    void *token;
    struct sspi_cred *cred; /* NULL: none was delegated */
};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static bool has_key;

static void end_impersonation(void *arg)
{
    struct impersonation *impersonation = arg;

    sspi_mem_free(impersonation->token);
    sspi_cred_unref(impersonation->cred);
    mem_free(impersonation);
}

static void make_key(void)
{
    has_key = pthread_key_create(&key, end_impersonation) == 0;
}

static struct impersonation *current(void)
{
    pthread_once(&once, make_key);
    return has_key ? pthread_getspecific(key) : NULL;
}

static bool revert(void)
{
    struct impersonation *was = current();

    if (!was)
        return false;
    pthread_setspecific(key, NULL);
    end_impersonation(was);
    return true;
}

bool api_impersonated(struct sspi_cred **ret_cred)
{
    struct impersonation *now = current();

    if (!now)
        return false;
    *ret_cred = sspi_cred_ref(now->cred);
    return true;
}

static rpcsec_status impersonate(struct api_ctx *api)
{
    struct impersonation *next = mem_zalloc(sizeof(*next));

    (void)current();
    if (!next)
        return RPCSEC_NO_MEMORY;
    next->token = api_token_new(api->ctx);
    if (!next->token || !has_key) {
        end_impersonation(next);
        return RPCSEC_NO_MEMORY;
    }
    next->cred = sspi_cred_ref(api_ctx_delegated(api));
    revert();
    if (pthread_setspecific(key, next) != 0) {
        end_impersonation(next);
        return RPCSEC_NO_MEMORY;
    }
    return RPCSEC_OK;
}

/* ---- The calls ---- */

/* Only an acceptor's finished context stands for somebody. */
static SECURITY_STATUS lock_acceptor(PCtxtHandle handle, struct api_ctx **ret_api)
{
    struct api_ctx *api = api_ctx_lock(handle);
    SECURITY_STATUS code = SEC_E_OK;

    if (!api)
        return api_bad_handle("the context handle is not valid");
    if (sspi_ctx_is_initiator(api->ctx))
        code = sspi_report_code(SEC_E_NO_IMPERSONATION, RPCSEC_INVALID_ARGUMENT,
                                "a client's context stands for nobody else");
    else if (!sspi_ctx_is_done(api->ctx))
        code = sspi_report(RPCSEC_INVALID_STATE, NULL);
    if (code == SEC_E_OK)
        *ret_api = api;
    else
        api_ctx_unlock(api, handle);
    return code;
}

SECURITY_STATUS ImpersonateSecurityContext(PCtxtHandle phContext)
{
    struct api_ctx *api = NULL;
    SECURITY_STATUS code = lock_acceptor(phContext, &api);
    rpcsec_status status;

    if (code != SEC_E_OK)
        return code;
    status = impersonate(api);
    api_ctx_unlock(api, phContext);
    return sspi_report(status, NULL);
}

SECURITY_STATUS RevertSecurityContext(PCtxtHandle phContext)
{
    if (revert())
        return SEC_E_OK;
    if (handle_get(&api_handles, HANDLE_CONTEXT, phContext)) {
        handle_put(&api_handles, phContext);
        return SEC_E_OK; /* this thread impersonates nobody */
    }
    return api_bad_handle("the context handle is not valid");
}

SECURITY_STATUS QuerySecurityContextToken(PCtxtHandle phContext, HANDLE *phToken)
{
    struct api_ctx *api = NULL;
    SECURITY_STATUS code;
    void *token;

    if (!phToken)
        return sspi_report(RPCSEC_INVALID_ARGUMENT, NULL);
    code = lock_acceptor(phContext, &api);
    if (code != SEC_E_OK)
        return code;
    token = api_token_new(api->ctx);
    api_ctx_unlock(api, phContext);
    if (!token)
        return sspi_report(RPCSEC_NO_MEMORY, NULL);
    *phToken = token;
    return SEC_E_OK;
}

/* ---- Names ---- */

#define NAME_SAM_COMPATIBLE 2
#define NAME_USER_PRINCIPAL 8

/* The process's own: of the default credential cache. */
static bool own_name(char *out, size_t max)
{
    const struct pkg_cred_params params = {.outbound = true};
    struct sspi_cred *cred = NULL;
    char *name = NULL;
    bool found = sspi_cred_acquire(&pkg_kerberos, &params, &cred, NULL) == RPCSEC_OK &&
                 sspi_cred_name(cred, true, &name, NULL) == RPCSEC_OK;

    if (found)
        text_print(out, max, "%s", name);
    mem_free(name);
    sspi_cred_unref(cred);
    return found;
}

static bool name_in_format(int format, char *out, size_t max)
{
    const struct impersonation *now = current();
    char principal[LIMIT_IDENTITY_LEN];
    const char *at;

    if (format != NAME_SAM_COMPATIBLE && format != NAME_USER_PRINCIPAL)
        return false;
    if (now) {
        const struct token *token = now->token;

        text_print(out, max, "%s",
                   format == NAME_SAM_COMPATIBLE ? token->sam_name : token->peer.principal);
        return true;
    }
    if (!own_name(principal, sizeof(principal)))
        return false;
    at = strrchr(principal, '@');
    if (format == NAME_SAM_COMPATIBLE && at)
        text_print(out, max, "%s\\%.*s", at + 1, (int)(at - principal), principal);
    else
        text_print(out, max, "%s", principal);
    return true;
}

BOOLEAN api_user_name(int format, enum form form, void *out, ULONG *len)
{
    char name[2 * LIMIT_IDENTITY_LEN];
    size_t num = 0;

    if (!len || (*len > 0 && !out) || !name_in_format(format, name, sizeof(name)) ||
        form_from_utf8(form, name, NULL, 0, &num) != RPCSEC_OK)
        return 0;
    if (*len <= num) {
        *len = (ULONG)num + 1;
        return 0;
    }
    if (form_from_utf8(form, name, out, *len, &num) != RPCSEC_OK)
        return 0;
    *len = (ULONG)num;
    return 1;
}

BOOLEAN GetUserNameExA(int NameFormat, SEC_CHAR *lpNameBuffer, PULONG nSize)
{
    return api_user_name(NameFormat, FORM_A, lpNameBuffer, nSize);
}
