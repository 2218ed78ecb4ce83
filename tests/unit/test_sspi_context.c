/* SPDX-License-Identifier: MIT
 *
 * unit/test_sspi_context.c: tests of sspi/context.c over a package whose every answer the test
 * chooses. Over a real one: test_packages_kerberos.c.
 */
#include "harness/test.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "harness/alloc_check.h"
#include "sspi/context.h"

/* What the package below answers. */
struct script {
    uint32_t done_at;   /* leg */
    rpcsec_status fail; /* of the last leg */
    const char *token;  /* of each step, also a failed one */
    struct pkg_info info;
    uint32_t asked; /* flags of the last step */
    size_t messages;
    size_t creds; /* alive */
    size_t contexts;
};

static struct script script;

static const struct pkg_info good_info = {
    .source = "ada@R",
    .target = "greeter/server.test@R",
    .enctype = "aes256-cts-hmac-sha1-96",
    .enctype_number = 18,
    .flags = ISC_RET_MUTUAL_AUTH | ISC_RET_REPLAY_DETECT | ISC_RET_SEQUENCE_DETECT |
             ISC_RET_USED_DCE_STYLE | ISC_RET_INTEGRITY | ISC_RET_CONFIDENTIALITY,
    .expires = INT64_MAX,
};

struct pkg_cred {
    int unused;
};

struct pkg_ctx {
    uint32_t legs;
};

static rpcsec_status acquire(const struct pkg_cred_params *params, struct pkg_cred **ret_cred,
                             struct rpcsec_error *err)
{
    struct pkg_cred *cred = mem_zalloc(sizeof(*cred));

    (void)params;
    (void)err;
    if (!cred)
        return RPCSEC_NO_MEMORY;
    script.creds++;
    *ret_cred = cred;
    return RPCSEC_OK;
}

static void free_cred(struct pkg_cred *cred)
{
    script.creds--;
    mem_free(cred);
}

static rpcsec_status step(struct pkg_cred *cred, struct pkg_ctx **ctx,
                          const struct pkg_step *in, struct buf *ret_token, bool *ret_done,
                          struct rpcsec_error *err)
{
    (void)cred;
    (void)err;
    if (!*ctx) {
        *ctx = mem_zalloc(sizeof(**ctx));
        if (!*ctx)
            return RPCSEC_NO_MEMORY;
        script.contexts++;
    }
    script.asked = in->flags;
    (*ctx)->legs++;
    if (script.token)
        buf_bytes(ret_token, script.token, strlen(script.token));
    if (buf_status(ret_token) != RPCSEC_OK)
        return buf_status(ret_token);
    if ((*ctx)->legs < script.done_at)
        return RPCSEC_OK;
    if (script.fail == RPCSEC_OK)
        *ret_done = true;
    return script.fail;
}

static void free_ctx(struct pkg_ctx *ctx)
{
    script.contexts--;
    mem_free(ctx);
}

static rpcsec_status info(struct pkg_ctx *ctx, struct pkg_info *ret_info)
{
    (void)ctx;
    *ret_info = script.info;
    return RPCSEC_OK;
}

static rpcsec_status sizes(struct pkg_ctx *ctx, struct pkg_sizes *ret_sizes)
{
    (void)ctx;
    *ret_sizes = (struct pkg_sizes){.wrap_len = 16, .mic_len = 8, .block_len = 1};
    return RPCSEC_OK;
}

static rpcsec_status session_key(struct pkg_ctx *ctx, struct buf *ret_key)
{
    (void)ctx;
    buf_bytes(ret_key, "key", 3);
    return buf_status(ret_key);
}

static rpcsec_status message(struct pkg_ctx *ctx, struct pkg_buffer *buffers, size_t num,
                             uint8_t *token, size_t token_len)
{
    (void)ctx;
    (void)buffers;
    (void)num;
    (void)token;
    (void)token_len;
    script.messages++;
    return RPCSEC_OK;
}

static rpcsec_status mic(struct pkg_ctx *ctx, const struct pkg_buffer *buffers, size_t num,
                         uint8_t *token, size_t token_len)
{
    (void)buffers;
    return message(ctx, NULL, num, token, token_len);
}

static rpcsec_status verify(struct pkg_ctx *ctx, const struct pkg_buffer *buffers, size_t num,
                            const uint8_t *token, size_t token_len)
{
    (void)buffers;
    (void)token;
    return message(ctx, NULL, num, NULL, token_len);
}

static const struct pkg_ops scripted = {
    .name = "Scripted",
    .mechanism = RPCSEC_MECH_KERBEROS,
    .acquire = acquire,
    .free_cred = free_cred,
    .init = step,
    .accept = step,
    .free_ctx = free_ctx,
    .info = info,
    .sizes = sizes,
    .session_key = session_key,
    .wrap = message,
    .unwrap = message,
    .mic = mic,
    .verify = verify,
};

static int reset(void **state)
{
    (void)state;
    script = (struct script){.done_at = 1, .token = "token", .info = good_info};
    return 0;
}

static int nothing_is_left(void **state)
{
    (void)state;
    return script.creds == 0 && script.contexts == 0 ? 0 : -1;
}

static struct sspi_ctx *new_ctx(const struct sspi_ctx_params *params)
{
    const struct pkg_cred_params cred_params = {.inbound = true, .outbound = true};
    struct sspi_cred *cred;
    struct sspi_ctx *ctx;

    assert_ok(sspi_cred_acquire(&scripted, &cred_params, &cred, NULL));
    assert_ok(sspi_ctx_new(cred, params, &ctx, NULL));
    sspi_cred_unref(cred); /* the context holds its own reference */
    return ctx;
}

/* One step with a token; what came back is in *ret_len. */
static rpcsec_status step_once(struct sspi_ctx *ctx, size_t *ret_len, struct rpcsec_error *err)
{
    struct buf token;
    bool done = false;
    rpcsec_status status;

    buf_init(&token, 1000);
    status = sspi_ctx_step(ctx, (const uint8_t *)"in", 2, &token, &done, err);
    if (ret_len)
        *ret_len = token.len;
    buf_done(&token);
    return status;
}

static void each_level_asks_for_its_flags(void **state)
{
    static const uint32_t always = ISC_REQ_MUTUAL_AUTH | ISC_REQ_REPLAY_DETECT |
                                   ISC_REQ_SEQUENCE_DETECT | ISC_REQ_USE_DCE_STYLE;
    static const struct {
        enum rpcsec_level level;
        uint32_t flags;
    } cases[] = {
        {RPCSEC_LEVEL_CONNECT, always},
        {RPCSEC_LEVEL_CALL, always | ISC_REQ_INTEGRITY},
        {RPCSEC_LEVEL_PACKET, always | ISC_REQ_INTEGRITY},
        {RPCSEC_LEVEL_INTEGRITY, always | ISC_REQ_INTEGRITY},
        {RPCSEC_LEVEL_PRIVACY, always | ISC_REQ_INTEGRITY | ISC_REQ_CONFIDENTIALITY},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        const struct sspi_ctx_params params = {.level = cases[i].level, .initiator = true};
        struct sspi_ctx *ctx = new_ctx(&params);

        assert_ok(step_once(ctx, NULL, NULL));
        assert_int_equal(script.asked, cases[i].flags);
        assert_int_equal(sspi_ctx_flags_asked(ctx), cases[i].flags);
        assert_int_equal(sspi_ctx_peer(ctx)->level, cases[i].level);
        sspi_ctx_free(ctx);
    }
}

static void there_is_no_context_at_level_none(void **state)
{
    static const enum rpcsec_level levels[] = {RPCSEC_LEVEL_NONE, (enum rpcsec_level)7};

    (void)state;
    for (size_t i = 0; i < NUM_OF(levels); i++) {
        const struct sspi_ctx_params params = {.level = levels[i]};
        struct sspi_ctx *ctx = NULL;

        assert_status(sspi_ctx_new(NULL, &params, &ctx, NULL), RPCSEC_INVALID_ARGUMENT);
        assert_null(ctx);
    }
}

static void missing_flags_are_refused_in_both_roles(void **state)
{
    static const struct {
        uint32_t missing;
        rpcsec_status status;
    } cases[] = {
        {ISC_RET_MUTUAL_AUTH, RPCSEC_MUTUAL_AUTH_FAILED},
        {ISC_RET_REPLAY_DETECT, RPCSEC_POLICY_REFUSED},
        {ISC_RET_SEQUENCE_DETECT, RPCSEC_POLICY_REFUSED},
        {ISC_RET_USED_DCE_STYLE, RPCSEC_POLICY_REFUSED},
        {ISC_RET_INTEGRITY, RPCSEC_POLICY_REFUSED},
        {ISC_RET_CONFIDENTIALITY, RPCSEC_POLICY_REFUSED},
    };

    (void)state;
    for (size_t i = 0; i < 2 * NUM_OF(cases); i++) {
        const struct sspi_ctx_params params = {.level = RPCSEC_LEVEL_PRIVACY,
                                               .initiator = i % 2};
        struct sspi_ctx *ctx = new_ctx(&params);
        struct rpcsec_error err = RPCSEC_ERROR_INIT;
        size_t len;

        script.info.flags = good_info.flags & ~cases[i / 2].missing;
        assert_status(step_once(ctx, &len, &err), cases[i / 2].status);
        assert_int_equal(len, 0); /* the last token must not complete the peer */
        assert_int_equal(err.layer, RPCSEC_LAYER_POLICY);
        assert_int_equal(err.flags_granted, script.info.flags);
        assert_int_equal(err.leg, 1);
        assert_false(sspi_ctx_is_done(ctx));
        assert_status(step_once(ctx, NULL, NULL), RPCSEC_INVALID_STATE);
        sspi_ctx_free(ctx);
    }
}

static void only_aes_is_accepted(void **state)
{
    static const int32_t refused[] = {0, 1, 3, 16, 21, 23, 24, 25, 26, -1};

    (void)state;
    for (size_t i = 0; i < NUM_OF(refused); i++) {
        const struct sspi_ctx_params params = {.level = RPCSEC_LEVEL_PRIVACY};
        struct sspi_ctx *ctx = new_ctx(&params);
        struct rpcsec_error err = RPCSEC_ERROR_INIT;

        script.info.enctype_number = refused[i];
        script.info.enctype = "arcfour-hmac";
        assert_status(step_once(ctx, NULL, &err), RPCSEC_BAD_ENCTYPE);
        assert_string_equal(err.enctypes, "arcfour-hmac");
        sspi_ctx_free(ctx);
    }
    for (int32_t number = 17; number <= 20; number++) {
        const struct sspi_ctx_params params = {.level = RPCSEC_LEVEL_PRIVACY};
        struct sspi_ctx *ctx = new_ctx(&params);

        script.info.enctype_number = number;
        assert_ok(step_once(ctx, NULL, NULL));
        sspi_ctx_free(ctx);
    }
}

static void only_accepted_service_principals_are_served(void **state)
{
    static const struct {
        const char *accepted;
        rpcsec_status status;
    } cases[] = {
        {NULL, RPCSEC_OK},
        {"greeter/server.test", RPCSEC_OK},
        {"greeter/SERVER.test@R", RPCSEC_OK},
        {"greeter/server.test@S", RPCSEC_POLICY_REFUSED},
        {"host/server.test", RPCSEC_POLICY_REFUSED},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        struct rpcsec_policy *policy;
        struct rpcsec_error err = RPCSEC_ERROR_INIT;
        struct sspi_ctx *ctx;

        assert_ok(rpcsec_policy_new(&policy, NULL));
        if (cases[i].accepted)
            assert_ok(rpcsec_policy_accept_spn(policy, cases[i].accepted));
        ctx =
            new_ctx(&(struct sspi_ctx_params){.policy = policy, .level = RPCSEC_LEVEL_PRIVACY});
        rpcsec_policy_free(policy); /* the context holds its own reference */
        assert_status(step_once(ctx, NULL, &err), cases[i].status);
        if (cases[i].status != RPCSEC_OK)
            assert_string_equal(err.spn, "greeter/server.test@R");
        sspi_ctx_free(ctx);
    }
}

static void a_handshake_without_end_is_cut(void **state)
{
    const struct sspi_ctx_params params = {.level = RPCSEC_LEVEL_PRIVACY};
    struct sspi_ctx *ctx = new_ctx(&params);

    (void)state;
    script.done_at = 1000;
    for (int i = 0; i < LIMIT_HANDSHAKE_LEGS; i++)
        assert_ok(step_once(ctx, NULL, NULL));
    assert_status(step_once(ctx, NULL, NULL), RPCSEC_PROTOCOL_ERROR);
    assert_status(step_once(ctx, NULL, NULL), RPCSEC_INVALID_STATE);
    sspi_ctx_free(ctx);
}

static void tokens_have_a_length(void **state)
{
    const struct sspi_ctx_params params = {.level = RPCSEC_LEVEL_PRIVACY};
    static uint8_t huge[LIMIT_TOKEN_LEN + 1];
    static const size_t lens[] = {0, sizeof(huge)};

    (void)state;
    for (size_t i = 0; i < NUM_OF(lens); i++) {
        struct sspi_ctx *ctx = new_ctx(&params);
        struct buf token;
        bool done = false;

        buf_init(&token, 1000);
        assert_status(sspi_ctx_step(ctx, huge, lens[i], &token, &done, NULL), RPCSEC_BAD_TOKEN);
        assert_int_equal(script.contexts, 0);
        buf_done(&token);
        sspi_ctx_free(ctx);
    }
}

static void an_error_token_goes_out_only_when_asked_for(void **state)
{
    static const struct {
        uint32_t flags;
        bool initiator;
        size_t len;
    } cases[] = {
        {0, false, 0},
        {ISC_REQ_EXTENDED_ERROR, false, 5},
        {ISC_REQ_EXTENDED_ERROR, true, 0},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        struct sspi_ctx *ctx = new_ctx(&(struct sspi_ctx_params){
            .flags = cases[i].flags, .initiator = cases[i].initiator});
        size_t len;

        script.fail = RPCSEC_NO_KEY;
        script.done_at = 2; /* the package fails before it is done */
        assert_ok(step_once(ctx, NULL, NULL));
        assert_status(step_once(ctx, &len, NULL), RPCSEC_NO_KEY);
        assert_int_equal(len, cases[i].len);
        sspi_ctx_free(ctx);
    }
}

static void messages_wait_for_the_handshake(void **state)
{
    const struct sspi_ctx_params params = {.level = RPCSEC_LEVEL_PRIVACY};
    struct sspi_ctx *ctx = new_ctx(&params);
    struct buf key;
    uint8_t token[16];

    (void)state;
    buf_init(&key, 64);
    assert_status(sspi_ctx_wrap(ctx, NULL, 0, token, 16), RPCSEC_INVALID_STATE);
    assert_status(sspi_ctx_unwrap(ctx, NULL, 0, token, 16), RPCSEC_INVALID_STATE);
    assert_status(sspi_ctx_mic(ctx, NULL, 0, token, 8), RPCSEC_INVALID_STATE);
    assert_status(sspi_ctx_verify(ctx, NULL, 0, token, 8), RPCSEC_INVALID_STATE);
    assert_status(sspi_ctx_session_key(ctx, &key), RPCSEC_INVALID_STATE);
    assert_int_equal(script.messages, 0);
    assert_ok(step_once(ctx, NULL, NULL));
    assert_ok(sspi_ctx_wrap(ctx, NULL, 0, token, 16));
    assert_ok(sspi_ctx_session_key(ctx, &key));
    assert_int_equal(script.messages, 1);
    buf_done(&key);
    sspi_ctx_free(ctx);
}

static void messages_need_what_was_granted(void **state)
{
    struct sspi_ctx *ctx = new_ctx(&(struct sspi_ctx_params){.flags = ISC_REQ_MUTUAL_AUTH});
    uint8_t token[16];

    (void)state;
    script.info.flags = ISC_RET_MUTUAL_AUTH;
    assert_ok(step_once(ctx, NULL, NULL));
    assert_status(sspi_ctx_wrap(ctx, NULL, 0, token, 16), RPCSEC_UNSUPPORTED);
    assert_status(sspi_ctx_unwrap(ctx, NULL, 0, token, 16), RPCSEC_UNSUPPORTED);
    assert_status(sspi_ctx_mic(ctx, NULL, 0, token, 8), RPCSEC_UNSUPPORTED);
    assert_status(sspi_ctx_verify(ctx, NULL, 0, token, 8), RPCSEC_UNSUPPORTED);
    assert_int_equal(script.messages, 0);
    assert_int_equal(sspi_ctx_peer(ctx)->level, RPCSEC_LEVEL_CONNECT);
    sspi_ctx_free(ctx);
}

static rpcsec_status whole_life(void *arg)
{
    const struct pkg_cred_params cred_params = {.inbound = true};
    const struct sspi_ctx_params params = {.target = "x", .level = RPCSEC_LEVEL_PRIVACY};
    struct sspi_cred *cred = NULL;
    struct sspi_ctx *ctx = NULL;
    rpcsec_status status = sspi_cred_acquire(&scripted, &cred_params, &cred, NULL);

    (void)arg;
    if (status == RPCSEC_OK)
        status = sspi_ctx_new(cred, &params, &ctx, NULL);
    if (status == RPCSEC_OK)
        status = step_once(ctx, NULL, NULL);
    sspi_ctx_free(ctx);
    sspi_cred_unref(cred);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    assert_true(alloc_check(whole_life, NULL) >= 5);
}

static void packages_are_found(void **state)
{
    (void)state;
    assert_ptr_equal(sspi_package(RPCSEC_MECH_KERBEROS), &pkg_kerberos);
    assert_ptr_equal(sspi_package_by_auth_type(16), &pkg_kerberos);
    assert_ptr_equal(sspi_package_by_name("kErBeRoS"), &pkg_kerberos);
    assert_ptr_equal(sspi_package_at(0), &pkg_kerberos);
    assert_null(sspi_package(RPCSEC_MECH_NONE));
    assert_null(sspi_package_by_auth_type(0));
    assert_null(sspi_package_by_name(""));
    assert_null(sspi_package_by_name(NULL));
    assert_ptr_equal(sspi_package_by_auth_type(9), &pkg_negotiate);
    assert_ptr_equal(sspi_package_at(1), &pkg_negotiate);
    assert_ptr_equal(sspi_package_at(2), pkg_ntlm.is_there() ? &pkg_ntlm : NULL);
    assert_null(sspi_package_at(3));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, reset, nothing_is_left)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_level_asks_for_its_flags),
        TEST(there_is_no_context_at_level_none),
        TEST(missing_flags_are_refused_in_both_roles),
        TEST(only_aes_is_accepted),
        TEST(only_accepted_service_principals_are_served),
        TEST(a_handshake_without_end_is_cut),
        TEST(tokens_have_a_length),
        TEST(an_error_token_goes_out_only_when_asked_for),
        TEST(messages_wait_for_the_handshake),
        TEST(messages_need_what_was_granted),
        TEST(every_allocation_may_fail),
        TEST(packages_are_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
