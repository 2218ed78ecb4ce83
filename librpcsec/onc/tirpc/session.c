/* SPDX-License-Identifier: MIT
 *
 * onc/tirpc/session.c: a client's security contexts: what is asked for, and making one. Layer:
 * onc/tirpc. Document: RFC 2203 5.2.
 */
#include "onc/tirpc/session.h"

#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/text.h"
#include "base/trace.h"

/* RFC 2744 3.9.1. */
#define GSS_CONTINUE_NEEDED 1u

#define RENEW_BEFORE_S      5 /* of its end, at most */
#define RENEW_IDLE_S        240 /* servers may forget a context that is not used for five minutes */

/* ---- What is asked for ---- */

static const struct pkg_ops *choose_package(const struct rpcsec_policy *policy,
                                            enum rpcsec_mechanism asked)
{
    for (unsigned bit = 1; bit <= RPCSEC_MECH_NTLM; bit <<= 1) {
        if ((policy->mechanisms & bit) && (asked == RPCSEC_MECH_NONE || asked == bit) &&
            sspi_package((enum rpcsec_mechanism)bit))
            return sspi_package((enum rpcsec_mechanism)bit);
    }
    return NULL;
}

static rpcsec_status fill_config(struct onc_config *config, const char *target,
                                 const struct rpcsec_onc_options *options,
                                 struct rpcsec_error *err)
{
    config->level = options->level ? options->level : config->policy->level;
    config->dce_style = options->dce_style;
    config->resend = options->resend;
    config->package = choose_package(config->policy, options->mechanism);
    if (!config->package)
        return error_set(err, RPCSEC_UNSUPPORTED, RPCSEC_LAYER_POLICY,
                         "policy allows no mechanism that this library has");
    if (!onc_service_of(config->level))
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "RPCSEC_GSS has no level %s: it has connect, integrity and privacy",
                         rpcsec_level_name(config->level));
    config->level = onc_level_of(onc_service_of(config->level));
    config->target = mem_strdup(target);
    return config->target ? RPCSEC_OK : error_no_memory(err);
}

rpcsec_status onc_config_init(struct onc_config *config, const char *target,
                              struct rpcsec_policy *policy,
                              const struct rpcsec_onc_options *options,
                              struct rpcsec_error *err)
{
    static const struct rpcsec_onc_options none = {.size = sizeof(none)};
    const struct rpcsec_onc_options *given = options ? options : &none;
    rpcsec_status status;

    *config = (struct onc_config){0};
    if (!target || !target[0] || given->size != sizeof(*given))
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "a client needs a service principal and valid options (size is "
                         "sizeof the structure)");
    status = policy_freeze(policy, &config->policy, err);
    if (status == RPCSEC_OK)
        status = fill_config(config, target, given, err);
    if (status != RPCSEC_OK)
        onc_config_done(config);
    return status;
}

void onc_config_done(struct onc_config *config)
{
    rpcsec_policy_free(config->policy);
    mem_free(config->target);
    *config = (struct onc_config){0};
}

/* ---- One context ---- */

struct onc_security *onc_security_ref(struct onc_security *security)
{
    if (security)
        atomic_fetch_add_explicit(&security->refs, 1, memory_order_relaxed);
    return security;
}

void onc_security_unref(struct onc_security *security)
{
    if (!security || atomic_fetch_sub_explicit(&security->refs, 1, memory_order_acq_rel) != 1)
        return;
    sspi_ctx_free(security->ctx);
    pthread_mutex_destroy(&security->lock);
    mem_free(security);
}

bool onc_security_is_usable(const struct onc_security *security)
{
    return security && !atomic_load(&security->refused) &&
           (int64_t)time(NULL) < security->expires;
}

/* Near its end by a tenth of its life, at least a second: the server's clock decides. Where no
 * later ticket can be had a new context ends at the same time: one a second is tried then. */
bool onc_security_is_stale(const struct onc_security *security)
{
    int64_t now = (int64_t)time(NULL);
    int64_t margin = RENEW_BEFORE_S;

    if (!onc_security_is_usable(security))
        return true;
    if (security->expires == INT64_MAX)
        return now - atomic_load(&security->used) >= RENEW_IDLE_S;
    if ((security->expires - security->created) / 10 < margin)
        margin = (security->expires - security->created) / 10;
    if (margin < 1)
        margin = 1;
    return (now >= security->expires - margin && now > security->created) ||
           now - atomic_load(&security->used) >= RENEW_IDLE_S;
}

/* ---- The handshake ---- */

/* One under way. */
struct shake {
    const struct onc_config *config;
    const struct onc_exchange *exchange;
    struct onc_security *security;
    struct buf out;
    bool client_done;
    bool server_done;
    uint8_t verf[ONC_MAX_AUTH_LEN]; /* of the server's last answer */
    struct onc_auth last_verf;
};

static rpcsec_status new_ctx(const struct onc_config *config, struct sspi_ctx **ret_ctx,
                             struct rpcsec_error *err)
{
    const struct pkg_cred_params cred_params = {.outbound = true,
                                                .ccache = config->policy->ccache};
    const struct sspi_ctx_params params = {
        .policy = config->policy,
        .target = config->target,
        .initiator = true,
        .plain = true,
        .level = config->dce_style ? RPCSEC_LEVEL_DEFAULT : RPCSEC_LEVEL_PRIVACY,
        .flags = ISC_REQ_USE_DCE_STYLE | ISC_REQ_MUTUAL_AUTH | ISC_REQ_INTEGRITY |
                 ISC_REQ_CONFIDENTIALITY,
    };
    struct sspi_cred *cred = NULL;
    /* Acquired each time: the ticket may have been renewed. */
    rpcsec_status status = sspi_cred_acquire(config->package, &cred_params, &cred, err);

    if (status != RPCSEC_OK)
        return status;
    status = sspi_ctx_new(cred, &params, ret_ctx, err);
    sspi_cred_unref(cred);
    return status;
}

static rpcsec_status server_failed(const struct onc_init_result *result,
                                   const struct onc_config *config, struct rpcsec_error *err)
{
    if (error_wants(err)) {
        err->gss_major = result->major;
        err->gss_minor = result->minor;
        text_print(err->spn, sizeof(err->spn), "%s", config->target);
    }
    return error_set(err, RPCSEC_SECURITY_FAILURE, RPCSEC_LAYER_REMOTE,
                     "the server refused the security context (major %#x, minor %d): its "
                     "keytab may lack a key for %.200s; its log tells more",
                     (unsigned)result->major, (int)result->minor, config->target);
}

/* Keeps what an answer says. */
static rpcsec_status take_answer(struct shake *shake, const struct onc_init_result *result,
                                 const struct onc_auth *verf, struct rpcsec_error *err)
{
    struct onc_security *security = shake->security;

    if (result->major != 0 && result->major != GSS_CONTINUE_NEEDED)
        return server_failed(result, shake->config, err);
    if (result->handle_len > sizeof(security->handle) || verf->len > sizeof(shake->verf))
        return error_set(err, RPCSEC_PROTOCOL_ERROR, RPCSEC_LAYER_PROTOCOL,
                         "the server's answer to the security context is malformed");
    memcpy(security->handle, result->handle, result->handle_len);
    security->handle_len = result->handle_len;
    security->window = result->window;
    memcpy(shake->verf, verf->body, verf->len);
    shake->last_verf = (struct onc_auth){verf->flavor, shake->verf, verf->len};
    shake->server_done = result->major == 0;
    return RPCSEC_OK;
}

/* A token of the server: for our next step, or a last word that changes nothing. */
static rpcsec_status take_token(struct shake *shake, const struct onc_init_result *result,
                                struct rpcsec_error *err)
{
    struct sspi_ctx *ctx = shake->security->ctx;

    buf_reset(&shake->out);
    if (!shake->client_done)
        return sspi_ctx_step(ctx, result->token, result->token_len, &shake->out,
                             &shake->client_done, err);
    if (result->token_len == 0 || sspi_ctx_is_last_word(ctx, result->token, result->token_len))
        return RPCSEC_OK;
    return error_set(err, RPCSEC_PROTOCOL_ERROR, RPCSEC_LAYER_PROTOCOL,
                     "the server sent a token after the security context was made");
}

static rpcsec_status exchange_once(struct shake *shake, bool first, struct rpcsec_error *err)
{
    const struct onc_gss_cred cred = {
        .proc = first ? ONC_GSS_INIT : ONC_GSS_CONTINUE_INIT,
        .service = onc_service_of(shake->config->level),
        .handle = shake->security->handle,
        .handle_len = shake->security->handle_len,
    };
    struct onc_init_result result;
    struct onc_auth verf;
    rpcsec_status status =
        shake->exchange->run(shake->exchange->arg, &cred, &shake->out, &result, &verf, err);

    if (status == RPCSEC_OK)
        status = take_answer(shake, &result, &verf, err);
    if (status == RPCSEC_OK)
        status = take_token(shake, &result, err);
    return status;
}

static rpcsec_status unfinished(struct rpcsec_error *err)
{
    return error_set(err, RPCSEC_PROTOCOL_ERROR, RPCSEC_LAYER_PROTOCOL,
                     "client and server do not agree that the security context is made");
}

static rpcsec_status exchange_all(struct shake *shake, struct rpcsec_error *err)
{
    rpcsec_status status =
        sspi_ctx_step(shake->security->ctx, NULL, 0, &shake->out, &shake->client_done, err);
    bool first = true;

    while (status == RPCSEC_OK && (!shake->client_done || !shake->server_done)) {
        if (shake->server_done || shake->out.len == 0)
            return unfinished(err);
        status = exchange_once(shake, first, err);
        first = false;
    }
    if (status == RPCSEC_OK && shake->out.len > 0)
        return unfinished(err);
    return status;
}

/* The flags that are asked for in DCE style are not checked below. */
static rpcsec_status check(const struct shake *shake, struct rpcsec_error *err)
{
    const uint32_t needed = ISC_RET_MUTUAL_AUTH | ISC_RET_INTEGRITY | ISC_RET_CONFIDENTIALITY;
    struct onc_security *security = shake->security;

    if ((sspi_ctx_info(security->ctx)->flags & needed) != needed)
        return error_set(err, RPCSEC_MUTUAL_AUTH_FAILED, RPCSEC_LAYER_POLICY,
                         "the security context lacks mutual authentication, integrity or "
                         "confidentiality");
    /* RFC 2203 5.2.3.1.1: the window is signed. */
    if (onc_verf_check_number(security->ctx, &shake->last_verf, security->window) != RPCSEC_OK)
        return error_set(err, RPCSEC_BAD_SIGNATURE, RPCSEC_LAYER_SECURITY,
                         "the server's answer to the security context is not signed with its "
                         "key: somebody may have altered it");
    if (security->window == 0)
        return error_set(err, RPCSEC_PROTOCOL_ERROR, RPCSEC_LAYER_PROTOCOL,
                         "the server takes no sequence number");
    return RPCSEC_OK;
}

static struct onc_security *new_security(void)
{
    struct onc_security *security = mem_zalloc(sizeof(*security));

    if (!security)
        return NULL;
    atomic_init(&security->refs, 1);
    atomic_init(&security->refused, false);
    pthread_mutex_init(&security->lock, NULL);
    return security;
}

static void finish(struct onc_security *security)
{
    security->created = (int64_t)time(NULL);
    security->expires = sspi_ctx_peer(security->ctx)->expires;
    atomic_store(&security->used, security->created);
    TRACE("onc", "context", "window=%u handle_len=%zu", security->window, security->handle_len);
}

rpcsec_status onc_security_make(const struct onc_config *config,
                                const struct onc_exchange *exchange,
                                struct onc_security **ret_security, struct rpcsec_error *err)
{
    struct shake shake = {.config = config, .exchange = exchange, .security = new_security()};
    rpcsec_status status;

    if (!shake.security)
        return error_no_memory(err);
    buf_init(&shake.out, LIMIT_TOKEN_LEN);
    status = new_ctx(config, &shake.security->ctx, err);
    if (status == RPCSEC_OK)
        status = exchange_all(&shake, err);
    if (status == RPCSEC_OK)
        status = check(&shake, err);
    buf_done(&shake.out);
    if (status != RPCSEC_OK) {
        onc_security_unref(shake.security);
        return status;
    }
    finish(shake.security);
    *ret_security = shake.security;
    return RPCSEC_OK;
}

/* ---- Refusals ---- */

rpcsec_status onc_denied_status(uint32_t auth_stat, struct rpcsec_error *err)
{
    const char *name = onc_auth_stat_name(auth_stat);
    const char *cause = "it does not take the client's credential";

    if (auth_stat == ONC_GSS_CREDPROBLEM || auth_stat == ONC_GSS_CTXPROBLEM)
        cause = "it does not know the security context any more; the next call makes a new one";
    else if (auth_stat == ONC_AUTH_TOOWEAK)
        cause = "it asks for a higher level";
    if (error_wants(err)) {
        err->wire_status = auth_stat;
        /* Nobody signs a refusal (RFC 5531 9). */
        err->outcome = RPCSEC_OUTCOME_UNKNOWN;
    }
    return error_set(err, RPCSEC_ACCESS_DENIED, RPCSEC_LAYER_REMOTE,
                     "the server denied the call (%s, %u): %s", name, (unsigned)auth_stat,
                     cause);
}
