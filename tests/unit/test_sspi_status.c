/* SPDX-License-Identifier: MIT
 *
 * unit/test_sspi_status.c: tests of sspi/status.c and of the numbers in rpcsec/sspi.h.
 */
#include "harness/test.h"

#include <pthread.h>

#include "base/error.h"
#include "sspi/status.h"

static void each_status_has_its_code(void **state)
{
    static const struct {
        rpcsec_status status;
        uint32_t code; /* MS-ERREF 2.1.1 */
    } cases[] = {
        {RPCSEC_OK, 0},
        {RPCSEC_NO_MEMORY, 0x80090300},
        {RPCSEC_UNSUPPORTED, 0x80090302},
        {RPCSEC_TARGET_UNKNOWN, 0x80090303},
        {RPCSEC_SECURITY_FAILURE, 0x80090304},
        {RPCSEC_BAD_TOKEN, 0x80090308},
        {RPCSEC_LOGON_DENIED, 0x8009030c},
        {RPCSEC_NO_CREDENTIALS, 0x8009030e},
        {RPCSEC_CREDENTIALS_EXPIRED, 0x8009030e},
        {RPCSEC_BAD_SIGNATURE, 0x8009030f},
        {RPCSEC_OUT_OF_SEQUENCE, 0x80090310},
        {RPCSEC_INVALID_STATE, 0x80090310},
        {RPCSEC_NO_KDC, 0x80090311},
        {RPCSEC_CONTEXT_EXPIRED, 0x80090317},
        {RPCSEC_BUFFER_TOO_SMALL, 0x80090321},
        {RPCSEC_WRONG_PRINCIPAL, 0x80090322},
        {RPCSEC_TIME_SKEW, 0x80090324},
        {RPCSEC_BAD_ENCTYPE, 0x80090331},
        {RPCSEC_POLICY_REFUSED, 0x80090332},
        {RPCSEC_NO_KEY, 0x80090348},
        {RPCSEC_INVALID_ARGUMENT, 0x8009035d},
        {RPCSEC_MUTUAL_AUTH_FAILED, 0x80090363},
        {RPCSEC_INTERNAL, 0x80090304},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++)
        assert_int_equal((uint32_t)sspi_status(cases[i].status), cases[i].code);
}

static void only_ok_is_success(void **state)
{
    (void)state;
    for (int status = 1; status < 200; status++)
        assert_true(sspi_status((rpcsec_status)status) < 0);
}

static void the_last_error_is_that_of_the_last_failure(void **state)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;

    (void)state;
    error_set(&err, RPCSEC_NO_KDC, RPCSEC_LAYER_SECURITY, "no KDC here");
    assert_int_equal(sspi_report(RPCSEC_NO_KDC, &err), SEC_E_NO_AUTHENTICATING_AUTHORITY);
    assert_string_equal(rpcsec_error_text(rpcsec_sspi_last_error()), "no KDC here");
    assert_int_equal(sspi_report(RPCSEC_OK, NULL), SEC_E_OK);
    assert_string_equal(rpcsec_error_text(rpcsec_sspi_last_error()), "no KDC here");
    assert_int_equal(sspi_report(RPCSEC_NO_MEMORY, NULL), SEC_E_INSUFFICIENT_MEMORY);
    assert_int_equal(rpcsec_sspi_last_error()->status, RPCSEC_NO_MEMORY);
    assert_string_equal(rpcsec_error_text(rpcsec_sspi_last_error()),
                        rpcsec_status_text(RPCSEC_NO_MEMORY));
}

static void *status_of_this_thread(void *arg)
{
    (void)arg;
    return (void *)(intptr_t)rpcsec_sspi_last_error()->status;
}

static void the_last_error_is_the_threads_own(void **state)
{
    pthread_t thread;
    void *status;

    (void)state;
    sspi_report(RPCSEC_NO_KDC, NULL);
    assert_int_equal(pthread_create(&thread, NULL, status_of_this_thread, NULL), 0);
    pthread_join(thread, &status);
    assert_int_equal((intptr_t)status, RPCSEC_OK);
    assert_int_equal(rpcsec_sspi_last_error()->status, RPCSEC_NO_KDC);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_status_has_its_code),
        cmocka_unit_test(only_ok_is_success),
        cmocka_unit_test(the_last_error_is_that_of_the_last_failure),
        cmocka_unit_test(the_last_error_is_the_threads_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
