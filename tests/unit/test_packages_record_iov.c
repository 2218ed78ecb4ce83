/* SPDX-License-Identifier: MIT
 *
 * test_packages_record_iov: what packages/record_gss.c asks of GSS-API, to the last argument,
 * and what it makes of each answer. The test plays the library; the functions below stand in
 * front of the real ones. What the self-test settles holds for a process, so each group of
 * tests has a process of its own.
 */
#include "harness/test.h"

#include <gssapi/gssapi.h>
#include <gssapi/gssapi_ext.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "packages/record.h"

enum { WRAP_LEN = 12, MIC_LEN = 8, MOST = RECORD_MAX_BUFFERS, CALLS = 4 };

struct call {
    const char *function;
    gss_ctx_id_t ctx;
    int conf;
    gss_qop_t qop;
    int num;
    gss_iov_buffer_desc iov[MOST + 1];
    uint8_t token[WRAP_LEN];
    uint8_t data[64]; /* all buffers behind the token, one after another */
    size_t data_len;
};

/* What the played library was asked, and how it answers. */
static struct {
    struct call calls[CALLS];
    size_t num_calls;
    OM_uint32 major;         /* of the message itself */
    OM_uint32 altered_major; /* of one whose token ends wrongly */
    OM_uint32 wrap_len_major, mic_len_major;
    OM_uint32 flags;
    int sealed;      /* < 0: does not say */
    size_t made_len; /* what it says that the token's length is */
    const void *copy;
    size_t copy_len;
    bool copy_was_left; /* freed with bytes in it */
} played;

static const uint8_t good_end = 0x42;
static gss_ctx_id_t const context = (gss_ctx_id_t)(uintptr_t)0x1234;

void __wrap_free(void *mem);
void __real_free(void *mem);
void __wrap_free(void *mem)
{
    if (mem && mem == played.copy) {
        for (size_t i = 0; i < played.copy_len; i++)
            played.copy_was_left = played.copy_was_left || ((const uint8_t *)mem)[i] != 0;
        played.copy = NULL;
    }
    __real_free(mem);
}

static struct call *note(const char *function, gss_ctx_id_t ctx, const gss_iov_buffer_desc *iov,
                         int num, size_t token_len)
{
    struct call *call = &played.calls[played.num_calls];

    assert_in_range(played.num_calls++, 0, CALLS - 1);
    assert_in_range(num, 1, MOST + 1);
    *call = (struct call){.function = function, .ctx = ctx, .num = num};
    memcpy(call->iov, iov, (size_t)num * sizeof(*iov));
    assert_in_range(token_len, 0, WRAP_LEN);
    if (token_len != 0)
        memcpy(call->token, iov[0].buffer.value, token_len);
    for (int i = 1; i < num; i++) {
        assert_non_null(iov[i].buffer.value);
        assert_in_range(iov[i].buffer.length, 0, sizeof(call->data) - call->data_len);
        memcpy(call->data + call->data_len, iov[i].buffer.value, iov[i].buffer.length);
        call->data_len += iov[i].buffer.length;
    }
    return call;
}

OM_uint32 gss_wrap_iov_length(OM_uint32 *minor, gss_ctx_id_t ctx, int conf, gss_qop_t qop,
                              int *conf_state, gss_iov_buffer_desc *iov, int num)
{
    struct call *call = note("wrap_length", ctx, iov, num, 0);

    call->conf = conf;
    call->qop = qop;
    *minor = 0;
    if (played.sealed >= 0)
        *conf_state = played.sealed;
    iov[0].buffer.length = WRAP_LEN;
    return played.wrap_len_major;
}

OM_uint32 gss_get_mic_iov_length(OM_uint32 *minor, gss_ctx_id_t ctx, gss_qop_t qop,
                                 gss_iov_buffer_desc *iov, int num)
{
    note("mic_length", ctx, iov, num, 0)->qop = qop;
    *minor = 0;
    iov[0].buffer.length = MIC_LEN;
    return played.mic_len_major;
}

OM_uint32 gss_wrap_iov(OM_uint32 *minor, gss_ctx_id_t ctx, int conf, gss_qop_t qop,
                       int *conf_state, gss_iov_buffer_desc *iov, int num)
{
    struct call *call = note("wrap", ctx, iov, num, iov[0].buffer.length);

    call->conf = conf;
    call->qop = qop;
    *minor = 0;
    if (conf_state && played.sealed >= 0)
        *conf_state = played.sealed;
    iov[0].buffer.length = played.made_len;
    return played.major;
}

OM_uint32 gss_get_mic_iov(OM_uint32 *minor, gss_ctx_id_t ctx, gss_qop_t qop,
                          gss_iov_buffer_desc *iov, int num)
{
    note("mic", ctx, iov, num, MIC_LEN)->qop = qop;
    *minor = 0;
    iov[0].buffer.length = played.made_len;
    return played.major;
}

static OM_uint32 answer(const struct call *call, size_t token_len)
{
    if (call->token[token_len - 1] == good_end)
        return played.major;
    played.copy = call->num > 1 ? call->iov[1].buffer.value : call->iov[0].buffer.value;
    played.copy_len = call->data_len + token_len;
    return played.altered_major;
}

OM_uint32 gss_unwrap_iov(OM_uint32 *minor, gss_ctx_id_t ctx, int *conf_state, gss_qop_t *qop,
                         gss_iov_buffer_desc *iov, int num)
{
    (void)qop;
    *minor = 0;
    if (conf_state && played.sealed >= 0)
        *conf_state = played.sealed;
    return answer(note("unwrap", ctx, iov, num, iov[0].buffer.length), iov[0].buffer.length);
}

OM_uint32 gss_verify_mic_iov(OM_uint32 *minor, gss_ctx_id_t ctx, gss_qop_t *qop,
                             gss_iov_buffer_desc *iov, int num)
{
    (void)qop;
    *minor = 0;
    return answer(note("verify", ctx, iov, num, MIC_LEN), MIC_LEN);
}

/* ---- A message, and how it is protected ---- */

/* A header that is signed, a body, an empty body without bytes, and a trailer. */
struct message {
    uint8_t header[1], body[8], trailer[4];
    struct pkg_buffer buffers[4];
    uint8_t token[WRAP_LEN];
};

static struct message message_of(bool good)
{
    return (struct message){.header = "H",
                            .body = "thebody",
                            .trailer = "TAIL",
                            .token = {1, 2, 3, 4, 5, 6, 7, good ? good_end : 0x13, 9, 10, 11,
                                      good ? good_end : 0x13}};
}

static void point(struct message *m)
{
    m->buffers[0] = (struct pkg_buffer){PKG_SIGN_ONLY, m->header, sizeof(m->header)};
    m->buffers[1] = (struct pkg_buffer){PKG_DATA, m->body, sizeof(m->body)};
    m->buffers[2] = (struct pkg_buffer){PKG_DATA, NULL, 0};
    m->buffers[3] = (struct pkg_buffer){PKG_SIGN_ONLY, m->trailer, sizeof(m->trailer)};
}

static struct record *record;

static rpcsec_status make_record(struct record **ret_record)
{
    const struct record_source source = {context, played.flags, false};

    return record_gss.make(&source, ret_record);
}

enum operation { WRAP, UNWRAP, MIC, VERIFY, WRAP_CLEAR, UNWRAP_CLEAR, NUM_OPERATIONS };

static size_t token_len_of(enum operation operation)
{
    return operation == WRAP || operation == UNWRAP ? WRAP_LEN : MIC_LEN;
}

static rpcsec_status call_with(enum operation operation, struct pkg_buffer *buffers, size_t num,
                               uint8_t *token, size_t token_len)
{
    switch (operation) {
    case WRAP:
        return record_gss.wrap(record, buffers, num, token, token_len);
    case UNWRAP:
        return record_gss.unwrap(record, buffers, num, token, token_len);
    case MIC:
        return record_gss.mic(record, buffers, num, token, token_len);
    case VERIFY:
        return record_gss.verify(record, buffers, num, token, token_len);
    case WRAP_CLEAR:
        return record_gss.wrap_clear(record, buffers, num, token, token_len);
    default:
        return record_gss.unwrap_clear(record, buffers, num, token, token_len);
    }
}

static rpcsec_status call(enum operation operation, struct message *m)
{
    point(m);
    played.num_calls = 0;
    return call_with(operation, m->buffers, 4, m->token, token_len_of(operation));
}

static const uint8_t zeros[8];

static bool is_wiped(const struct message *m)
{
    assert_memory_equal(m->header, "H", 1); /* only data is */
    assert_memory_equal(m->trailer, "TAIL", 4);
    return memcmp(m->body, zeros, sizeof(m->body)) == 0;
}

static int set_up(void **state)
{
    (void)state;
    memset(&played, 0, sizeof(played));
    played.sealed = 1;
    played.altered_major = GSS_S_BAD_SIG;
    if (make_record(&record) != RPCSEC_OK)
        return -1;
    played.num_calls = 0;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    record_gss.free(record);
    return 0;
}

/* ---- Sizes ---- */

static void sizes_are_asked_and_never_assumed(void **state)
{
    static const struct {
        const char *function;
        OM_uint32 type;
        int conf;
    } rows[] = {{"wrap_length", GSS_IOV_BUFFER_TYPE_HEADER, 1},
                {"mic_length", GSS_IOV_BUFFER_TYPE_MIC_TOKEN, 0}};
    struct pkg_sizes sizes = {0};

    (void)state;
    record_gss.free(record);
    assert_ok(make_record(&record));
    assert_int_equal(played.num_calls, 2);
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        const struct call *c = &played.calls[i];

        assert_string_equal(c->function, rows[i].function);
        assert_ptr_equal(c->ctx, context);
        assert_int_equal(c->conf, rows[i].conf);
        assert_int_equal(c->qop, GSS_C_QOP_DEFAULT);
        assert_int_equal(c->num, 2);
        assert_int_equal(c->iov[0].type, rows[i].type);
        assert_int_equal(c->iov[0].buffer.length, 0);
        assert_int_equal(c->iov[1].type, GSS_IOV_BUFFER_TYPE_DATA);
        assert_int_equal(c->iov[1].buffer.length, 16);
        assert_memory_equal(c->data, ((uint8_t[16]){0}), 16);
    }
    record_gss.sizes(record, &sizes);
    assert_int_equal(sizes.wrap_len, WRAP_LEN);
    assert_int_equal(sizes.mic_len, MIC_LEN);
    assert_int_equal(sizes.block_len, 1);
}

static void a_library_that_cannot_say_its_sizes_is_not_used(void **state)
{
    struct record *other = NULL;

    (void)state;
    assert_int_equal(played.num_calls, 0);
    played.wrap_len_major = GSS_S_FAILURE;
    assert_status(make_record(&other), RPCSEC_SECURITY_FAILURE);
    assert_int_equal(played.num_calls, 1);
    played.wrap_len_major = GSS_S_COMPLETE;
    played.mic_len_major = GSS_S_FAILURE;
    assert_status(make_record(&other), RPCSEC_SECURITY_FAILURE);
    played.mic_len_major = GSS_S_COMPLETE;
    played.num_calls = 0;
    for (played.sealed = -1; played.sealed <= 0; played.sealed++)
        assert_status(make_record(&other), RPCSEC_SECURITY_FAILURE);
    mem_test_fail_at(1, false);
    assert_status(make_record(&other), RPCSEC_NO_MEMORY);
    mem_test_fail_at(0, false);
    assert_null(other);
}

/* ---- What goes to the library ---- */

/* The call's arguments are the message's own bytes (or, of the altered copy, others like them).
 */
static void check_call(const struct call *c, enum operation operation, const struct message *m,
                       const struct message *was, bool copy)
{
    static const char *const functions[] = {"wrap",   "unwrap", "mic",
                                            "verify", "wrap",   "unwrap"};
    const bool mic = operation == MIC || operation == VERIFY;
    const size_t token_len = token_len_of(operation);
    uint8_t token[WRAP_LEN];
    uint8_t data[13];

    memcpy(token, was->token, token_len);
    token[token_len - 1] ^= copy;
    memcpy(data, was->header, 1);
    memcpy(data + 1, was->body, 8);
    memcpy(data + 9, was->trailer, 4);
    assert_string_equal(c->function, functions[operation]);
    assert_ptr_equal(c->ctx, context);
    assert_int_equal(c->conf, operation == WRAP);
    assert_int_equal(c->qop, GSS_C_QOP_DEFAULT);
    assert_int_equal(c->num, 5);
    assert_int_equal(c->iov[0].type,
                     mic ? GSS_IOV_BUFFER_TYPE_MIC_TOKEN : GSS_IOV_BUFFER_TYPE_HEADER);
    assert_int_equal(c->iov[0].buffer.length, token_len);
    assert_int_equal(c->iov[0].buffer.value == m->token, !copy);
    assert_memory_equal(c->token, token, token_len);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(c->iov[i + 1].type, m->buffers[i].kind == PKG_DATA
                                                 ? GSS_IOV_BUFFER_TYPE_DATA
                                                 : GSS_IOV_BUFFER_TYPE_SIGN_ONLY);
        assert_int_equal(c->iov[i + 1].buffer.length, m->buffers[i].len);
        if (m->buffers[i].len != 0)
            assert_int_equal(c->iov[i + 1].buffer.value == m->buffers[i].data, !copy);
    }
    assert_int_equal(c->data_len, sizeof(data));
    assert_memory_equal(c->data, data, sizeof(data));
}

static void what_is_sent_is_passed_on_once_and_whole(void **state)
{
    static const enum operation operations[] = {WRAP, MIC, WRAP_CLEAR, UNWRAP_CLEAR};

    (void)state;
    for (size_t i = 0; i < NUM_OF(operations); i++) {
        const struct message was = message_of(true);
        struct message m = was;

        played.made_len = token_len_of(operations[i]);
        assert_ok(call(operations[i], &m));
        assert_int_equal(played.num_calls, 1);
        check_call(&played.calls[0], operations[i], &m, &was, false);
        assert_false(is_wiped(&m));
    }
}

static void a_first_message_is_tried_altered_then_as_it_is(void **state)
{
    static const enum operation operations[] = {UNWRAP, VERIFY};

    (void)state;
    for (size_t i = 0; i < NUM_OF(operations); i++) {
        const struct message was = message_of(true);
        struct message m = was;

        assert_ok(call(operations[i], &m));
        assert_int_equal(played.num_calls, 2);
        check_call(&played.calls[0], operations[i], &m, &was, true);
        check_call(&played.calls[1], operations[i], &m, &was, false);
        assert_null(played.copy);           /* it was freed, */
        assert_false(played.copy_was_left); /* and nothing of it stays behind */
        assert_false(is_wiped(&m));
        m = was;
        assert_ok(call(operations[i], &m)); /* once is enough */
        assert_int_equal(played.num_calls, 1);
        check_call(&played.calls[0], operations[i], &m, &was, false);
    }
}

static void a_message_that_was_not_sealed_settles_nothing(void **state)
{
    struct message m = message_of(true);

    (void)state;
    for (played.sealed = -1; played.sealed <= 0; played.sealed++) {
        m = message_of(true);
        assert_status(call(UNWRAP, &m), RPCSEC_BAD_SIGNATURE);
        assert_int_equal(played.num_calls, 2);
        assert_true(is_wiped(&m));
    }
}

static void a_forged_first_message_settles_nothing(void **state)
{
    struct message m;

    (void)state;
    for (int i = 0; i < 2; i++) {
        m = message_of(false);
        assert_status(call(UNWRAP, &m), RPCSEC_BAD_SIGNATURE);
        assert_int_equal(played.num_calls, 2);
        assert_true(is_wiped(&m));
        m = message_of(false);
        assert_status(call(VERIFY, &m), RPCSEC_BAD_SIGNATURE);
        assert_int_equal(played.num_calls, 2);
    }
}

static void without_memory_for_the_copy_nothing_is_believed(void **state)
{
    static const enum operation operations[] = {UNWRAP, VERIFY};

    (void)state;
    for (size_t i = 0; i < NUM_OF(operations); i++) {
        struct message m = message_of(true);

        mem_test_fail_at(1, false);
        assert_status(call(operations[i], &m), RPCSEC_NO_MEMORY);
        mem_test_fail_at(0, false);
        assert_int_equal(played.num_calls, 0);
        assert_int_equal(is_wiped(&m), operations[i] == UNWRAP);
    }
}

/* ---- What is refused without asking ---- */

static void a_token_of_another_length_is_refused(void **state)
{
    static const struct {
        enum operation operation;
        rpcsec_status status;
    } rows[] = {{WRAP, RPCSEC_BUFFER_TOO_SMALL},       {UNWRAP, RPCSEC_BAD_TOKEN},
                {MIC, RPCSEC_BUFFER_TOO_SMALL},        {VERIFY, RPCSEC_BAD_TOKEN},
                {WRAP_CLEAR, RPCSEC_BUFFER_TOO_SMALL}, {UNWRAP_CLEAR, RPCSEC_BAD_TOKEN}};

    (void)state;
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        const size_t len = token_len_of(rows[i].operation);

        played.made_len = len;
        for (size_t wrong = len - 1; wrong <= len + 1; wrong += 2) {
            struct message m = message_of(true);
            uint8_t token[WRAP_LEN + 1] = {0};

            point(&m);
            assert_status(call_with(rows[i].operation, m.buffers, 4, token, wrong),
                          rows[i].status);
            assert_int_equal(played.num_calls, 0);
            assert_int_equal(is_wiped(&m), rows[i].operation == UNWRAP);
        }
    }
}

static void more_buffers_than_there_is_room_for_are_refused(void **state)
{
    (void)state;
    for (enum operation operation = WRAP; operation < NUM_OPERATIONS; operation++) {
        struct message m = message_of(true);
        struct pkg_buffer buffers[MOST + 1];

        for (size_t i = 0; i < NUM_OF(buffers); i++)
            buffers[i] = (struct pkg_buffer){PKG_DATA, m.body, 1};
        played.num_calls = 0;
        played.made_len = token_len_of(operation);
        assert_status(call_with(operation, buffers, MOST + 1, m.token, token_len_of(operation)),
                      RPCSEC_INVALID_ARGUMENT);
        assert_int_equal(played.num_calls, 0);
        assert_int_equal(m.body[0] == 0, operation == UNWRAP);
        m = message_of(true);
        assert_ok(call_with(operation, buffers, MOST, m.token, token_len_of(operation)));
        assert_int_equal(played.calls[0].num, MOST + 1);
    }
}

/* Also while a message would be copied. */
static void more_buffers_than_a_copy_has_room_for_are_refused(void **state)
{
    (void)state;
    for (enum operation operation = UNWRAP; operation <= VERIFY; operation += 2) {
        struct message m = message_of(true);
        struct pkg_buffer buffers[MOST + 1];

        for (size_t i = 0; i < NUM_OF(buffers); i++)
            buffers[i] = (struct pkg_buffer){PKG_DATA, m.body, 1};
        assert_status(call_with(operation, buffers, MOST + 1, m.token, token_len_of(operation)),
                      RPCSEC_INVALID_ARGUMENT);
        assert_int_equal(played.num_calls, 0);
        assert_int_equal(m.body[0] == 0, operation == UNWRAP);
    }
}

/* Without a data buffer MIT turns confidentiality off in silence. */
static void a_message_without_data_is_not_wrapped(void **state)
{
    struct message m = message_of(true);

    (void)state;
    for (enum operation operation = WRAP; operation < NUM_OPERATIONS; operation++) {
        const bool wraps = operation != MIC && operation != VERIFY;

        m = message_of(true);
        point(&m);
        played.made_len = token_len_of(operation);
        played.num_calls = 0;
        assert_status(call_with(operation, m.buffers, 1, m.token, token_len_of(operation)),
                      wraps ? RPCSEC_INVALID_ARGUMENT : RPCSEC_OK);
        assert_int_equal(played.num_calls == 0, wraps);
    }
    /* An empty one is data as well. */
    m = message_of(true);
    point(&m);
    played.made_len = WRAP_LEN;
    assert_ok(call_with(WRAP, m.buffers + 2, 1, m.token, WRAP_LEN));
}

/* ---- What is made of an answer ---- */

static void only_complete_is_success(void **state)
{
    static const struct {
        OM_uint32 major;
        rpcsec_status status;
    } rows[] = {{GSS_S_BAD_SIG, RPCSEC_BAD_SIGNATURE},
                {GSS_S_DUPLICATE_TOKEN, RPCSEC_OUT_OF_SEQUENCE},
                {GSS_S_CONTEXT_EXPIRED, RPCSEC_CONTEXT_EXPIRED}};

    (void)state;
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        for (enum operation operation = WRAP; operation < NUM_OPERATIONS; operation++) {
            struct message m = message_of(true);

            played.major = rows[i].major;
            played.made_len = token_len_of(operation);
            assert_status(call(operation, &m), rows[i].status);
            assert_int_equal(is_wiped(&m), operation == WRAP || operation == UNWRAP);
        }
    }
}

static void a_token_that_came_out_otherwise_is_not_sent(void **state)
{
    (void)state;
    for (size_t by = 0; by < 2; by++) {
        struct message m = message_of(true);

        played.made_len = WRAP_LEN - 1 + 2 * by;
        assert_status(call(WRAP, &m), RPCSEC_SECURITY_FAILURE);
        assert_true(is_wiped(&m));
        m = message_of(true);
        played.made_len = MIC_LEN - 1 + 2 * by;
        assert_status(call(MIC, &m), RPCSEC_SECURITY_FAILURE);
        assert_status(call(WRAP_CLEAR, &m), RPCSEC_SECURITY_FAILURE);
        assert_false(is_wiped(&m));
    }
}

static void what_was_not_sealed_is_not_sent(void **state)
{
    (void)state;
    played.made_len = WRAP_LEN;
    for (played.sealed = -1; played.sealed <= 0; played.sealed++) {
        struct message m = message_of(true);

        assert_status(call(WRAP, &m), RPCSEC_SECURITY_FAILURE);
        assert_true(is_wiped(&m));
    }
}

/* ---- Libraries with which the self-test ends otherwise ---- */

static OM_uint32 of_altered; /* what they say of an altered message */

static void a_defective_token_is_a_refusal_too(void **state)
{
    (void)state;
    for (enum operation operation = UNWRAP; operation <= VERIFY; operation += 2) {
        for (int i = 0; i < 2; i++) {
            struct message m = message_of(true);

            played.altered_major = GSS_S_DEFECTIVE_TOKEN;
            assert_ok(call(operation, &m));
            assert_int_equal(played.num_calls, 2 - i);
        }
    }
}

static void a_library_that_takes_altered_messages_is_not_asked_again(void **state)
{
    (void)state;
    played.altered_major = of_altered;
    for (enum operation operation = UNWRAP; operation <= VERIFY; operation += 2) {
        for (int i = 0; i < 3; i++) {
            struct message m = message_of(true);

            assert_status(call(operation, &m), RPCSEC_SECURITY_FAILURE);
            assert_int_equal(played.num_calls, i == 0 ? 2 : 0);
            assert_int_equal(is_wiped(&m), operation == UNWRAP);
        }
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

static int sound(void)
{
    const struct CMUnitTest sound_library[] = {
        TEST(sizes_are_asked_and_never_assumed),
        TEST(a_library_that_cannot_say_its_sizes_is_not_used),
        TEST(a_forged_first_message_settles_nothing),
        TEST(a_message_that_was_not_sealed_settles_nothing),
        TEST(without_memory_for_the_copy_nothing_is_believed),
        TEST(more_buffers_than_a_copy_has_room_for_are_refused),
        TEST(a_first_message_is_tried_altered_then_as_it_is),
        TEST(what_is_sent_is_passed_on_once_and_whole),
        TEST(a_token_of_another_length_is_refused),
        TEST(more_buffers_than_there_is_room_for_are_refused),
        TEST(a_message_without_data_is_not_wrapped),
        TEST(only_complete_is_success),
        TEST(a_token_that_came_out_otherwise_is_not_sent),
        TEST(what_was_not_sealed_is_not_sent),
    };

    return cmocka_run_group_tests(sound_library, NULL, NULL);
}

static int defective(void)
{
    const struct CMUnitTest says_defective[] = {TEST(a_defective_token_is_a_refusal_too)};

    return cmocka_run_group_tests(says_defective, NULL, NULL);
}

static int credulous(void)
{
    const struct CMUnitTest takes_anything[] = {
        TEST(a_library_that_takes_altered_messages_is_not_asked_again)};

    of_altered = GSS_S_COMPLETE;
    return cmocka_run_group_tests(takes_anything, NULL, NULL);
}

/* A copy that is called a replay was taken for genuine. */
static int replaying(void)
{
    const struct CMUnitTest says_replayed[] = {
        TEST(a_library_that_takes_altered_messages_is_not_asked_again)};

    of_altered = GSS_S_DUPLICATE_TOKEN;
    return cmocka_run_group_tests(says_replayed, NULL, NULL);
}

static int in_child(int (*group)(void))
{
    pid_t child = fork();
    int status = -1;

    if (child == 0)
        exit(group() != 0);
    return child > 0 && waitpid(child, &status, 0) == child && status == 0 ? 0 : 1;
}

int main(void)
{
    return in_child(sound) + in_child(defective) + in_child(credulous) + in_child(replaying);
}
