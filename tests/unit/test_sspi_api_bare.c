/* SPDX-License-Identifier: MIT
 *
 * unit/test_sspi_api_bare.c: tests of the public SSPI calls that need no KDC: packages, foreign
 * handles, missing arguments.
 */
#include "harness/test.h"

#include <rpcsec/sspi.h>

static void packages_are_described(void **state)
{
    static const char *const names[] = {"Kerberos", "KERBEROS", "kerberos"};

    (void)state;
    for (size_t i = 0; i < NUM_OF(names); i++) {
        PSecPkgInfo info = NULL;

        assert_int_equal(QuerySecurityPackageInfo(names[i], &info), SEC_E_OK);
        assert_string_equal(info->Name, "Kerberos");
        assert_int_equal(info->wVersion, 1);
        assert_int_equal(info->wRPCID, RPCSEC_SECPKG_ID_KERBEROS);
        assert_int_equal(info->cbMaxToken, 48000);
        assert_true(info->fCapabilities & SECPKG_FLAG_MUTUAL_AUTH);
        assert_false(info->fCapabilities & SECPKG_FLAG_DATAGRAM);
        assert_int_equal(FreeContextBuffer(info), SEC_E_OK);
        assert_int_equal(FreeContextBuffer(info), SEC_E_INVALID_HANDLE);
    }
}

static void unknown_packages_are_not_found(void **state)
{
    PSecPkgInfo info = NULL;
    CredHandle cred;

    (void)state;
    assert_int_equal(QuerySecurityPackageInfo("Schannel", &info), SEC_E_SECPKG_NOT_FOUND);
    assert_null(info);
    assert_int_equal(AcquireCredentialsHandle(NULL, "", SECPKG_CRED_OUTBOUND, NULL, NULL, NULL,
                                              NULL, &cred, NULL),
                     SEC_E_SECPKG_NOT_FOUND);
}

static void all_packages_are_listed(void **state)
{
    PSecPkgInfo infos = NULL;
    ULONG num = 0;

    (void)state;
    assert_int_equal(EnumerateSecurityPackages(&num, &infos), SEC_E_OK);
    assert_in_range(num, 2, 3); /* NTLM where its mechanism is installed */
    assert_string_equal(infos[0].Name, "Kerberos");
    assert_string_equal(infos[1].Name, "Negotiate");
    assert_int_equal(infos[1].wRPCID, 9);
    if (num == 3)
        assert_string_equal(infos[2].Name, "NTLM");
    assert_true(strlen(infos[0].Comment) > 0);
    assert_int_equal(FreeContextBuffer(infos), SEC_E_OK);
}

static void handles_that_were_never_given_are_refused(void **state)
{
    SecHandle handles[] = {
        {0, 0}, {1, 1}, {(ULONG_PTR)-1, (ULONG_PTR)-1}, {6, 1}, {0x7fff1234, 9}};
    SecBufferDesc desc = {SECBUFFER_VERSION, 0, NULL};
    SecPkgContext_Sizes sizes;

    (void)state;
    for (size_t i = 0; i < NUM_OF(handles); i++) {
        SecHandle *handle = &handles[i];

        assert_int_equal(FreeCredentialsHandle(handle), SEC_E_INVALID_HANDLE);
        assert_int_equal(DeleteSecurityContext(handle), SEC_E_INVALID_HANDLE);
        assert_int_equal(QueryContextAttributes(handle, SECPKG_ATTR_SIZES, &sizes),
                         SEC_E_INVALID_HANDLE);
        assert_int_equal(EncryptMessage(handle, 0, &desc, 0), SEC_E_INVALID_HANDLE);
        assert_int_equal(DecryptMessage(handle, &desc, 0, NULL), SEC_E_INVALID_HANDLE);
        assert_int_equal(MakeSignature(handle, 0, &desc, 0), SEC_E_INVALID_HANDLE);
        assert_int_equal(VerifySignature(handle, &desc, 0, NULL), SEC_E_INVALID_HANDLE);
        assert_int_equal(InitializeSecurityContext(handle, NULL, "x", 0, 0, 0, NULL, 0, handle,
                                                   &desc, NULL, NULL),
                         SEC_E_INVALID_HANDLE);
        assert_int_equal(
            AcceptSecurityContext(NULL, handle, &desc, 0, 0, handle, &desc, NULL, NULL),
            SEC_E_INVALID_HANDLE);
    }
    assert_int_equal(DeleteSecurityContext(NULL), SEC_E_INVALID_HANDLE);
    assert_int_equal(FreeCredentialsHandle(NULL), SEC_E_INVALID_HANDLE);
}

static void missing_arguments_are_refused(void **state)
{
    CredHandle cred;
    PSecPkgInfo info;
    SEC_WINNT_AUTH_IDENTITY identity = {.Flags = 0};

    (void)state;
    assert_int_equal(AcquireCredentialsHandle(NULL, NULL, SECPKG_CRED_OUTBOUND, NULL, NULL,
                                              NULL, NULL, &cred, NULL),
                     SEC_E_INVALID_PARAMETER);
    assert_int_equal(
        AcquireCredentialsHandle(NULL, "Kerberos", 0, NULL, NULL, NULL, NULL, &cred, NULL),
        SEC_E_INVALID_PARAMETER);
    assert_int_equal(AcquireCredentialsHandle(NULL, "Kerberos", SECPKG_CRED_OUTBOUND, NULL,
                                              &identity, NULL, NULL, &cred, NULL),
                     SEC_E_UNKNOWN_CREDENTIALS);
    assert_int_equal(AcquireCredentialsHandle(NULL, "Kerberos", SECPKG_CRED_OUTBOUND, &identity,
                                              NULL, NULL, NULL, &cred, NULL),
                     SEC_E_UNSUPPORTED_FUNCTION);
    assert_int_equal(EnumerateSecurityPackages(NULL, &info), SEC_E_INVALID_PARAMETER);
    assert_int_equal(QuerySecurityPackageInfo(NULL, &info), SEC_E_INVALID_PARAMETER);
    assert_int_equal(FreeContextBuffer(NULL), SEC_E_INVALID_HANDLE);
    assert_int_equal(FreeContextBuffer(&identity), SEC_E_INVALID_HANDLE);
}

static void invalidated_handles_are_not_valid(void **state)
{
    CredHandle cred = {1, 2};

    (void)state;
    assert_true(SecIsValidHandle(&cred));
    SecInvalidateHandle(&cred);
    assert_false(SecIsValidHandle(&cred));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(packages_are_described),
        cmocka_unit_test(unknown_packages_are_not_found),
        cmocka_unit_test(all_packages_are_listed),
        cmocka_unit_test(handles_that_were_never_given_are_refused),
        cmocka_unit_test(missing_arguments_are_refused),
        cmocka_unit_test(invalidated_handles_are_not_valid),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
