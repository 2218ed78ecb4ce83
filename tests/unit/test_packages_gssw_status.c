/* SPDX-License-Identifier: MIT
 *
 * unit/test_packages_gssw_status.c: tests of packages/gssw_status.c and of the flag tables.
 */
#include "harness/test.h"

#include <errno.h>

#include <krb5/krb5.h>

#include "packages/gssw.h"

static rpcsec_status status_of(bool initiator, OM_uint32 major, long minor,
                               struct rpcsec_error *err)
{
    const struct gssw_act act = {.doing = "do it with",
                                 .name = "host/server.test",
                                 .initiator = initiator,
                                 .mech = (gss_OID)gss_mech_krb5};

    return gssw_fail(&act, major, (OM_uint32)minor, err);
}

static void causes_are_told_apart_by_role(void **state)
{
    static const struct {
        OM_uint32 major;
        long minor;
        rpcsec_status initiator;
        rpcsec_status acceptor;
    } cases[] = {
        {GSS_S_NO_CRED, KRB5_CC_NOTFOUND, RPCSEC_NO_CREDENTIALS, RPCSEC_NO_CREDENTIALS},
        {GSS_S_NO_CRED, KRB5_FCC_NOFILE, RPCSEC_NO_CREDENTIALS, RPCSEC_NO_CREDENTIALS},
        {GSS_S_FAILURE, KRB5KDC_ERR_S_PRINCIPAL_UNKNOWN, RPCSEC_TARGET_UNKNOWN,
         RPCSEC_TARGET_UNKNOWN},
        {GSS_S_FAILURE, KRB5_KDC_UNREACH, RPCSEC_NO_KDC, RPCSEC_NO_KDC},
        {GSS_S_NO_CRED, KRB5_REALM_UNKNOWN, RPCSEC_NO_KDC, RPCSEC_NO_KDC},
        {GSS_S_FAILURE, KRB5KRB_AP_ERR_SKEW, RPCSEC_TIME_SKEW, RPCSEC_TIME_SKEW},
        {GSS_S_FAILURE, KRB5KRB_AP_ERR_TKT_NYV, RPCSEC_TIME_SKEW, RPCSEC_TIME_SKEW},
        {GSS_S_FAILURE, KRB5KRB_AP_ERR_TKT_EXPIRED, RPCSEC_CREDENTIALS_EXPIRED,
         RPCSEC_CONTEXT_EXPIRED},
        {GSS_S_NO_CRED, KRB5KRB_AP_ERR_BAD_INTEGRITY, RPCSEC_LOGON_DENIED, RPCSEC_LOGON_DENIED},
        {GSS_S_FAILURE, KRB5KDC_ERR_PREAUTH_FAILED, RPCSEC_LOGON_DENIED, RPCSEC_LOGON_DENIED},
        {GSS_S_FAILURE, KRB5KDC_ERR_C_PRINCIPAL_UNKNOWN, RPCSEC_LOGON_DENIED,
         RPCSEC_LOGON_DENIED},
        {GSS_S_FAILURE, KRB5KDC_ERR_CLIENT_REVOKED, RPCSEC_LOGON_DENIED, RPCSEC_LOGON_DENIED},
        {GSS_S_FAILURE, KRB5KDC_ERR_KEY_EXP, RPCSEC_LOGON_DENIED, RPCSEC_LOGON_DENIED},
        {GSS_S_FAILURE, KRB5KRB_AP_ERR_NOT_US, RPCSEC_WRONG_PRINCIPAL, RPCSEC_NO_KEY},
        {GSS_S_FAILURE, KRB5KRB_AP_ERR_BADKEYVER, RPCSEC_WRONG_PRINCIPAL, RPCSEC_NO_KEY},
        {GSS_S_NO_CRED, KRB5_KT_NOTFOUND, RPCSEC_NO_CREDENTIALS, RPCSEC_NO_CREDENTIALS},
        {GSS_S_FAILURE, KRB5_KT_NOTFOUND, RPCSEC_NO_CREDENTIALS, RPCSEC_NO_KEY},
        {GSS_S_FAILURE, KRB5KRB_AP_ERR_MODIFIED, RPCSEC_WRONG_PRINCIPAL, RPCSEC_LOGON_DENIED},
        {GSS_S_FAILURE, KRB5_MUTUAL_FAILED, RPCSEC_WRONG_PRINCIPAL, RPCSEC_WRONG_PRINCIPAL},
        {GSS_S_DUPLICATE_TOKEN, KRB5KRB_AP_ERR_REPEAT, RPCSEC_LOGON_DENIED,
         RPCSEC_LOGON_DENIED},
        {GSS_S_FAILURE, KRB5KDC_ERR_ETYPE_NOSUPP, RPCSEC_BAD_ENCTYPE, RPCSEC_BAD_ENCTYPE},
        {GSS_S_DEFECTIVE_TOKEN, 0, RPCSEC_BAD_TOKEN, RPCSEC_BAD_TOKEN},
        {GSS_S_BAD_MECH, 0, RPCSEC_UNSUPPORTED, RPCSEC_UNSUPPORTED},
        {GSS_S_FAILURE, ENOMEM, RPCSEC_NO_MEMORY, RPCSEC_NO_MEMORY},
        {GSS_S_FAILURE, 12345, RPCSEC_SECURITY_FAILURE, RPCSEC_SECURITY_FAILURE},
        {GSS_S_DUPLICATE_TOKEN, 0, RPCSEC_SECURITY_FAILURE, RPCSEC_SECURITY_FAILURE},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        assert_status(status_of(true, cases[i].major, cases[i].minor, NULL),
                      cases[i].initiator);
        assert_status(status_of(false, cases[i].major, cases[i].minor, NULL),
                      cases[i].acceptor);
    }
}

static void an_answer_of_another_key_is_another_server_s(void **state)
{
    const struct gssw_act act = {.doing = "do it with",
                                 .initiator = true,
                                 .mech = (gss_OID)gss_mech_krb5,
                                 .answered = true};

    (void)state;
    assert_status(gssw_fail(&act, GSS_S_FAILURE, (OM_uint32)KRB5KRB_AP_ERR_BAD_INTEGRITY, NULL),
                  RPCSEC_WRONG_PRINCIPAL);
    assert_status(gssw_fail(&act, GSS_S_FAILURE, (OM_uint32)KRB5KRB_ERR_GENERIC, NULL),
                  RPCSEC_LOGON_DENIED);
    assert_status(gssw_fail(&act, GSS_S_FAILURE, (OM_uint32)KRB5KRB_AP_ERR_SKEW, NULL),
                  RPCSEC_TIME_SKEW);
}

static void no_failure_becomes_success(void **state)
{
    (void)state;
    for (long minor = -1765328400; minor < -1765328100; minor++)
        assert_int_not_equal(status_of(true, GSS_S_FAILURE, minor, NULL), RPCSEC_OK);
    for (OM_uint32 routine = 1; routine < 20; routine++)
        assert_int_not_equal(status_of(false, routine << GSS_C_ROUTINE_ERROR_OFFSET, 0, NULL),
                             RPCSEC_OK);
}

static void numbers_texts_and_the_name_are_kept(void **state)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;

    (void)state;
    (void)status_of(true, GSS_S_FAILURE, KRB5KDC_ERR_S_PRINCIPAL_UNKNOWN, &err);
    assert_int_equal(err.status, RPCSEC_TARGET_UNKNOWN);
    assert_int_equal(err.layer, RPCSEC_LAYER_SECURITY);
    assert_int_equal(err.gss_major, GSS_S_FAILURE);
    assert_int_equal(err.gss_minor, (OM_uint32)KRB5KDC_ERR_S_PRINCIPAL_UNKNOWN);
    /* The mechanism gives texts only of minors that it returned itself: here the major's. */
    assert_true(err.gss_text[0] != '\0');
    assert_string_equal(err.spn, "host/server.test");
    assert_ptr_equal(strstr(err.text, "cannot do it with host/server.test: "), err.text);
    assert_non_null(strstr(err.text, err.gss_text));
    assert_non_null(strstr(err.text, "; the service principal is misspelt"));
}

static void the_first_error_stays(void **state)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;

    (void)state;
    (void)status_of(true, GSS_S_FAILURE, KRB5_KDC_UNREACH, &err);
    (void)status_of(true, GSS_S_FAILURE, KRB5KRB_AP_ERR_SKEW, &err);
    assert_int_equal(err.status, RPCSEC_NO_KDC);
    assert_int_equal(err.gss_minor, (OM_uint32)KRB5_KDC_UNREACH);
}

static void a_message_is_good_for_exactly_complete(void **state)
{
    static const struct {
        OM_uint32 major;
        rpcsec_status status;
    } cases[] = {
        {GSS_S_COMPLETE, RPCSEC_OK},
        {GSS_S_CONTINUE_NEEDED, RPCSEC_SECURITY_FAILURE},
        {GSS_S_DUPLICATE_TOKEN, RPCSEC_OUT_OF_SEQUENCE},
        {GSS_S_OLD_TOKEN, RPCSEC_OUT_OF_SEQUENCE},
        {GSS_S_UNSEQ_TOKEN, RPCSEC_OUT_OF_SEQUENCE},
        {GSS_S_GAP_TOKEN, RPCSEC_OUT_OF_SEQUENCE},
        {GSS_S_UNSEQ_TOKEN | GSS_S_GAP_TOKEN, RPCSEC_OUT_OF_SEQUENCE},
        {GSS_S_BAD_SIG, RPCSEC_BAD_SIGNATURE},
        {GSS_S_DEFECTIVE_TOKEN, RPCSEC_BAD_TOKEN},
        {GSS_S_CONTEXT_EXPIRED, RPCSEC_CONTEXT_EXPIRED},
        {GSS_S_NO_CONTEXT, RPCSEC_INVALID_STATE},
        {GSS_S_FAILURE, RPCSEC_SECURITY_FAILURE},
        {GSS_S_CALL_INACCESSIBLE_READ, RPCSEC_SECURITY_FAILURE},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++)
        assert_status(gssw_message_status(cases[i].major), cases[i].status);
}

static void flags_go_both_ways(void **state)
{
    static const uint32_t flags = ISC_REQ_MUTUAL_AUTH | ISC_REQ_REPLAY_DETECT |
                                  ISC_REQ_SEQUENCE_DETECT | ISC_REQ_CONFIDENTIALITY |
                                  ISC_REQ_INTEGRITY | ISC_REQ_USE_DCE_STYLE | ISC_REQ_IDENTIFY |
                                  ISC_REQ_EXTENDED_ERROR;

    (void)state;
    assert_int_equal(gssw_flags_from_gss(gssw_flags_to_gss(flags)), flags);
    assert_int_equal(gssw_flags_to_gss(0), 0);
    assert_int_equal(gssw_flags_from_gss(0), 0);
    assert_int_equal(gssw_flags_to_gss(ISC_REQ_ALLOCATE_MEMORY | ISC_REQ_CONNECTION), 0);
    assert_int_equal(gssw_flags_to_gss(ISC_REQ_INTEGRITY), GSS_C_INTEG_FLAG);
    assert_int_equal(gssw_flags_from_gss(GSS_C_TRANS_FLAG | GSS_C_PROT_READY_FLAG), 0);
}

static void replay_detection_implies_integrity(void **state)
{
    (void)state;
    assert_int_equal(gssw_flags_from_gss(GSS_C_REPLAY_FLAG),
                     ISC_RET_REPLAY_DETECT | ISC_RET_INTEGRITY);
    assert_int_equal(gssw_flags_from_gss(GSS_C_MUTUAL_FLAG), ISC_RET_MUTUAL_AUTH);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(causes_are_told_apart_by_role),
        cmocka_unit_test(an_answer_of_another_key_is_another_server_s),
        cmocka_unit_test(no_failure_becomes_success),
        cmocka_unit_test(numbers_texts_and_the_name_are_kept),
        cmocka_unit_test(the_first_error_stays),
        cmocka_unit_test(a_message_is_good_for_exactly_complete),
        cmocka_unit_test(flags_go_both_ways),
        cmocka_unit_test(replay_detection_implies_integrity),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
