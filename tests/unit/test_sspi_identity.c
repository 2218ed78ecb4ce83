/* SPDX-License-Identifier: MIT
 *
 * unit/test_sspi_identity.c: tests of identities in each structure and form, of what is
 * malformed in them, and of the calls on them. Compiled for both widths of wide text.
 */
#include "harness/test.h"

#include <rpcsec/sspi.h>

#include "harness/alloc_check.h"
#include "sspi/api.h"

#ifdef RPCSEC_UTF16
#define WIDE FORM_W16
#else
#define WIDE FORM_W32
#endif

typedef PSEC_WINNT_AUTH_IDENTITY_OPAQUE opaque;

static SEC_WCHAR user_w[] = {'b', 'e', 'r', 't', 0}, realm_w[] = {'R', '.', 'T', 0};
static SEC_WCHAR password_w[] = {'p', 'w', 0}, ntlm_w[] = {'n', 't', 'l', 'm', 0};
static SEC_WCHAR bad_w[] = {0xd83d, 'x', 0}, empty_w[] = {0};
static SEC_WCHAR long_w[LIMIT_IDENTITY_LEN + 2];

static rpcsec_status read_it(const void *structure, struct identity **ret_id)
{
    return api_read_identity(structure, WIDE, ret_id, NULL);
}

static void assert_refused(const void *structure)
{
    struct identity *id = NULL;

    assert_status(read_it(structure, &id), RPCSEC_INVALID_ARGUMENT);
    assert_null(id);
    assert_int_equal(SspiValidateAuthIdentity((void *)(uintptr_t)structure),
                     SEC_E_UNKNOWN_CREDENTIALS);
}

static void assert_is_bert(const void *structure, const char *packages)
{
    struct identity *id = NULL;

    assert_ok(read_it(structure, &id));
    assert_string_equal(id->user, "bert");
    assert_string_equal(id->domain, "R.T");
    assert_string_equal(id->password, "pw");
    assert_string_equal(id->packages, packages);
    assert_true(id->has_password);
    identity_free(id);
}

/* ---- Structures with pointers ---- */

static SEC_WINNT_AUTH_IDENTITY_W legacy_w(void)
{
    return (SEC_WINNT_AUTH_IDENTITY_W){
        user_w, 4, realm_w, 3, password_w, 2, SEC_WINNT_AUTH_IDENTITY_UNICODE};
}

static SEC_WINNT_AUTH_IDENTITY_EXW ex_w(void)
{
    return (SEC_WINNT_AUTH_IDENTITY_EXW){
        .Version = SEC_WINNT_AUTH_IDENTITY_VERSION,
        .Length = sizeof(SEC_WINNT_AUTH_IDENTITY_EXW),
        .User = user_w,
        .UserLength = 4,
        .Domain = realm_w,
        .DomainLength = 3,
        .Password = password_w,
        .PasswordLength = 2,
        .Flags = SEC_WINNT_AUTH_IDENTITY_UNICODE,
        .PackageList = ntlm_w,
        .PackageListLength = 4,
    };
}

static void structures_with_pointers_are_read_in_either_form(void **state)
{
    SEC_WINNT_AUTH_IDENTITY_A ansi = {
        (UCHAR *)(uintptr_t) "bert", 4, (UCHAR *)(uintptr_t) "R.T",  3,
        (UCHAR *)(uintptr_t) "pw",   2, SEC_WINNT_AUTH_IDENTITY_ANSI};
    SEC_WINNT_AUTH_IDENTITY_W wide = legacy_w();
    SEC_WINNT_AUTH_IDENTITY_EXW ex = ex_w();
    struct identity *id = NULL;

    (void)state;
    assert_is_bert(&ansi, "");
    assert_is_bert(&wide, "");
    assert_is_bert(&ex, "ntlm");
    assert_ok(read_it(NULL, &id));
    assert_null(id);
    wide.Password = NULL;
    wide.PasswordLength = 0;
    assert_ok(read_it(&wide, &id));
    assert_false(id->has_password);
    identity_free(id);
}

static void flags_must_say_one_form_and_no_encryption(void **state)
{
    static const ULONG bad[] = {
        0,
        SEC_WINNT_AUTH_IDENTITY_ANSI | SEC_WINNT_AUTH_IDENTITY_UNICODE,
        SEC_WINNT_AUTH_IDENTITY_UNICODE | SEC_WINNT_AUTH_IDENTITY_FLAGS_PROCESS_ENCRYPTED,
        SEC_WINNT_AUTH_IDENTITY_UNICODE | SEC_WINNT_AUTH_IDENTITY_FLAGS_SYSTEM_PROTECTED,
        SEC_WINNT_AUTH_IDENTITY_UNICODE | SEC_WINNT_AUTH_IDENTITY_FLAGS_USER_PROTECTED,
    };
    SEC_WINNT_AUTH_IDENTITY_W wide = legacy_w();
    SEC_WINNT_AUTH_IDENTITY_EX2 *ex2 = api_identity_new("bert", "R.T", "pw", NULL);

    (void)state;
    for (size_t i = 0; i < NUM_OF(bad); i++) {
        wide.Flags = bad[i];
        assert_refused(&wide);
        ex2->Flags = bad[i];
        assert_refused(ex2);
    }
    SspiFreeAuthIdentity(ex2);
}

static void each_text_is_checked(void **state)
{
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        SEC_WINNT_AUTH_IDENTITY_EXW ex = ex_w();
        SEC_WCHAR **texts[] = {(SEC_WCHAR **)&ex.User, (SEC_WCHAR **)&ex.Domain,
                               (SEC_WCHAR **)&ex.Password, (SEC_WCHAR **)&ex.PackageList};
        ULONG *lengths[] = {&ex.UserLength, &ex.DomainLength, &ex.PasswordLength,
                            &ex.PackageListLength};

        *lengths[i] = 2;
        *texts[i] = NULL;
        assert_refused(&ex);
        *texts[i] = bad_w;
        assert_refused(&ex);
        *texts[i] = long_w;
        *lengths[i] = LIMIT_IDENTITY_LEN + 1;
        assert_refused(&ex);
        *lengths[i] = LIMIT_IDENTITY_LEN;
        {
            struct identity *id = NULL;

            assert_ok(read_it(&ex, &id));
            identity_free(id);
        }
    }
}

/* ---- EX2 ---- */

#define HEAD_LEN   sizeof(SEC_WINNT_AUTH_IDENTITY_EX2)
#define PACKED_LEN sizeof(SEC_WINNT_AUTH_PACKED_CREDENTIALS)

/* An identity of "bert" with a password, and where in it the packed credentials are. */
struct made {
    SEC_WINNT_AUTH_IDENTITY_EX2 *id;
    SEC_WINNT_AUTH_PACKED_CREDENTIALS packed;
    uint8_t *at;
};

static struct made make(void)
{
    struct made made = {.id = api_identity_new("bert", "R.T", "pw", "ntlm")};

    assert_non_null(made.id);
    made.at = (uint8_t *)made.id + made.id->PackedCredentialsOffset;
    memcpy(&made.packed, made.at, PACKED_LEN);
    return made;
}

static void identities_of_one_piece_are_read_as_they_were_made(void **state)
{
    struct made made = make();
    struct identity *id = NULL;
    SEC_WINNT_AUTH_IDENTITY_EX2 *bare = api_identity_new(NULL, NULL, NULL, NULL);

    (void)state;
    assert_is_bert(made.id, "ntlm");
    SspiFreeAuthIdentity(made.id);
    assert_ok(read_it(bare, &id));
    assert_string_equal(id->user, "");
    assert_false(id->has_password);
    identity_free(id);
    SspiFreeAuthIdentity(bare);
}

static void offsets_of_one_piece_stay_inside(void **state)
{
    enum { CASES = 10 };

    (void)state;
    for (int i = 0; i < CASES; i++) {
        struct made made = make();
        SEC_WINNT_AUTH_IDENTITY_EX2 *id = made.id;
        ULONG beyond = id->cbStructureLength;

        switch (i) {
        case 0:
            id->UserOffset = beyond - 3;
            break;
        case 1:
            id->UserOffset = UINT32_MAX;
            break;
        case 2:
            id->UserLength = UINT16_MAX;
            break;
        case 3:
            id->DomainOffset = beyond + 1;
            break;
        case 4:
            id->DomainLength = UINT16_MAX;
            break;
        case 5:
            id->PackageListOffset = beyond;
            break;
        case 6:
            id->PackageListLength = UINT16_MAX;
            break;
        case 7:
            id->PackedCredentialsOffset = beyond;
            break;
        case 8:
            id->PackedCredentialsLength = UINT16_MAX;
            break;
        default:
            id->cbStructureLength = HEAD_LEN - 1;
            break;
        }
        assert_refused(id);
        SspiFreeAuthIdentity(id);
    }
}

static void wide_texts_have_whole_units(void **state)
{
    struct made made = make();

    (void)state;
    made.id->Flags = SEC_WINNT_AUTH_IDENTITY_UNICODE;
    assert_refused(made.id); /* 3 bytes of domain */
    made.id->DomainLength = 0;
    made.id->UserLength = 0;
    made.id->PackageListLength = 0;
    made.at[PACKED_LEN + offsetof(SEC_WINNT_AUTH_BYTE_VECTOR, ByteArrayLength)] = 1;
    assert_refused(made.id); /* 1 byte of password */
    SspiFreeAuthIdentity(made.id);
}

static void packed_credentials_are_checked(void **state)
{
    enum { CASES = 9 };

    (void)state;
    for (int i = 0; i < CASES; i++) {
        struct made made = make();
        SEC_WINNT_AUTH_PACKED_CREDENTIALS *packed = &made.packed;
        SEC_WINNT_AUTH_BYTE_VECTOR *data = &packed->AuthData.CredData;

        switch (i) {
        case 0:
            made.id->PackedCredentialsLength = PACKED_LEN - 1;
            break;
        case 1:
            packed->cbStructureLength = UINT16_MAX;
            break;
        case 2:
            packed->cbHeaderLength = PACKED_LEN - 1;
            break;
        case 3:
            data->ByteArrayOffset = UINT32_MAX;
            break;
        case 4:
            data->ByteArrayLength = UINT16_MAX;
            break;
        case 5:
            data->ByteArrayLength = 3;
            break; /* the vector is cut */
        case 6:
            memset(&packed->AuthData.CredType, 0x11, sizeof(GUID));
            break;
        case 7:
            made.at[PACKED_LEN] = 0xff;
            break; /* the password's offset */
        default:
            packed->AuthData.CredType = (GUID)RPCSEC_AUTH_DATA_TYPE_KEYTAB;
            data->ByteArrayLength = 0;
            break;
        }
        memcpy(made.at, packed, PACKED_LEN);
        assert_refused(made.id);
        SspiFreeAuthIdentity(made.id);
    }
}

/* The vector and password of another identity stand for a keytab's bytes. */
static opaque with_keytab(void)
{
    struct made made = make();

    made.packed.AuthData.CredType = (GUID)RPCSEC_AUTH_DATA_TYPE_KEYTAB;
    memcpy(made.at, &made.packed, PACKED_LEN);
    return made.id;
}

static void a_packed_keytab_is_taken(void **state)
{
    opaque with = with_keytab();
    struct identity *id = NULL;
    opaque out = NULL;

    (void)state;
    assert_ok(read_it(with, &id));
    assert_int_equal(id->keytab_len, 8);
    assert_false(id->has_password);
    identity_free(id);
    assert_int_equal(SspiExcludePackage(with, ntlm_w, &out), SEC_E_UNSUPPORTED_FUNCTION);
    assert_null(out);
    SspiFreeAuthIdentity(with);
}

/* ---- The calls ---- */

static bool is_same(opaque a, opaque b, bool user_too)
{
    BOOLEAN user = 2;
    BOOLEAN all = 2;

    assert_int_equal(SspiCompareAuthIdentities(a, b, &user, &all), SEC_E_OK);
    assert_int_equal(SspiCompareAuthIdentities(a, b, NULL, NULL), SEC_E_OK);
    assert_int_equal(user, user_too);
    return all;
}

static void identities_are_compared_in_all_that_they_hold(void **state)
{
    opaque a = api_identity_new("bert", "R.T", "pw", NULL);
    opaque others[] = {
        api_identity_new("ada", "R.T", "pw", NULL),
        api_identity_new("bert", "S.T", "pw", NULL),
        api_identity_new("bert", "R.T", "pq", NULL),
        api_identity_new("bert", "R.T", NULL, NULL),
        api_identity_new("bert", "R.T", "pw", "ntlm"),
        with_keytab(),
    };
    opaque same = with_keytab();
    opaque longer = with_keytab();

    (void)state;
    assert_true(is_same(a, a, true));
    for (size_t i = 0; i < NUM_OF(others); i++)
        assert_false(is_same(a, others[i], i >= 2));
    assert_true(is_same(others[5], same, true));
    ((uint8_t *)longer)[((SEC_WINNT_AUTH_IDENTITY_EX2 *)longer)->PackedCredentialsOffset +
                        PACKED_LEN] ^= 1;
    assert_false(is_same(same, longer, true));
    SspiFreeAuthIdentity(a);
    SspiFreeAuthIdentity(same);
    SspiFreeAuthIdentity(longer);
    for (size_t i = 0; i < NUM_OF(others); i++)
        SspiFreeAuthIdentity(others[i]);
}

static void calls_refuse_what_is_missing_or_not_theirs(void **state)
{
    SEC_WINNT_AUTH_IDENTITY_W bad = {.Flags = 0};
    SEC_WINNT_AUTH_IDENTITY_W good = legacy_w();
    opaque a = api_identity_new("bert", "R.T", "pw", NULL), out = NULL;
    ULONG len = 0;
    char *bytes = NULL;

    (void)state;
    assert_int_equal(SspiValidateAuthIdentity(NULL), SEC_E_INVALID_PARAMETER);
    assert_int_equal(SspiValidateAuthIdentity(a), SEC_E_OK);
    assert_int_equal(SspiCopyAuthIdentity(a, NULL), SEC_E_INVALID_PARAMETER);
    assert_int_equal(SspiCopyAuthIdentity(&good, &out), SEC_E_UNKNOWN_CREDENTIALS);
    assert_int_equal(SspiCopyAuthIdentity(NULL, &out), SEC_E_UNKNOWN_CREDENTIALS);
    assert_int_equal(SspiMarshalAuthIdentity(a, NULL, &bytes), SEC_E_INVALID_PARAMETER);
    assert_int_equal(SspiMarshalAuthIdentity(a, &len, NULL), SEC_E_INVALID_PARAMETER);
    assert_int_equal(SspiMarshalAuthIdentity(&good, &len, &bytes), SEC_E_UNKNOWN_CREDENTIALS);
    assert_int_equal(SspiCompareAuthIdentities(NULL, a, NULL, NULL), SEC_E_INVALID_PARAMETER);
    assert_int_equal(SspiCompareAuthIdentities(a, NULL, NULL, NULL), SEC_E_INVALID_PARAMETER);
    assert_int_equal(SspiCompareAuthIdentities(&bad, a, NULL, NULL), SEC_E_UNKNOWN_CREDENTIALS);
    assert_int_equal(SspiCompareAuthIdentities(a, &bad, NULL, NULL), SEC_E_UNKNOWN_CREDENTIALS);
    SspiZeroAuthIdentity(NULL);
    SspiZeroAuthIdentity(&good);
    assert_ptr_equal(good.User, user_w);
    SspiFreeAuthIdentity(NULL);
    SspiFreeAuthIdentity(a);
    assert_null(out);
    assert_null(bytes);
}

static void marshalled_bytes_are_checked(void **state)
{
    opaque a = api_identity_new("bert", "R.T", "pw", NULL), out = NULL;
    opaque bare = api_identity_new("bert", NULL, NULL, NULL);
    SEC_WINNT_AUTH_IDENTITY_EX2 *head;
    char *bytes = NULL;
    ULONG len = 0;

    (void)state;
    assert_int_equal(SspiMarshalAuthIdentity(a, &len, &bytes), SEC_E_OK);
    head = (SEC_WINNT_AUTH_IDENTITY_EX2 *)(void *)bytes;
    assert_int_equal(SspiUnmarshalAuthIdentity(len, NULL, &out), SEC_E_INVALID_PARAMETER);
    assert_int_equal(SspiUnmarshalAuthIdentity(len, bytes, NULL), SEC_E_INVALID_PARAMETER);
    for (ULONG part = 0; part < len; part++)
        assert_int_equal(SspiUnmarshalAuthIdentity(part, bytes, &out),
                         SEC_E_UNKNOWN_CREDENTIALS);
    head->Flags = 0;
    assert_int_equal(SspiUnmarshalAuthIdentity(len, bytes, &out), SEC_E_UNKNOWN_CREDENTIALS);
    head->cbHeaderLength++;
    assert_int_equal(SspiUnmarshalAuthIdentity(len, bytes, &out), SEC_E_UNKNOWN_CREDENTIALS);
    head->Version++;
    assert_int_equal(SspiUnmarshalAuthIdentity(len, bytes, &out), SEC_E_UNKNOWN_CREDENTIALS);
    assert_null(out);
    SspiZeroAuthIdentity(bare); /* nothing to wipe */
    SspiLocalFree(bytes);
    SspiFreeAuthIdentity(a);
    SspiFreeAuthIdentity(bare);
}

static void there_is_nothing_that_encrypts_identities(void **state)
{
    opaque a = api_identity_new("bert", "R.T", "pw", NULL);
    const SEC_WCHAR *text = NULL;

    (void)state;
    assert_int_equal(SspiEncryptAuthIdentity(a), SEC_E_UNSUPPORTED_FUNCTION);
    assert_int_equal(SspiEncryptAuthIdentityEx(0, a), SEC_E_UNSUPPORTED_FUNCTION);
    assert_int_equal(SspiDecryptAuthIdentity(a), SEC_E_UNSUPPORTED_FUNCTION);
    assert_int_equal(SspiDecryptAuthIdentityEx(0, a), SEC_E_UNSUPPORTED_FUNCTION);
    assert_false(SspiIsAuthIdentityEncrypted(a));
    assert_false(SspiIsPromptingNeeded((ULONG)SEC_E_LOGON_DENIED));
    assert_int_equal(SspiPrepareForCredRead(a, user_w, NULL, &text),
                     SEC_E_UNSUPPORTED_FUNCTION);
    assert_int_equal(SspiPrepareForCredWrite(a, user_w, NULL, &text, NULL, NULL, NULL),
                     SEC_E_UNSUPPORTED_FUNCTION);
    SspiFreeAuthIdentity(a);
}

/* ---- With wide text ---- */

static void texts_become_an_identity_and_come_back(void **state)
{
    const SEC_WCHAR *user = NULL, *domain = NULL, *password = user_w;
    opaque made = NULL;

    (void)state;
    assert_int_equal(SspiEncodeStringsAsAuthIdentity(user_w, realm_w, password_w, &made),
                     SEC_E_OK);
    assert_is_bert(made, "");
    assert_int_equal(SspiEncodeAuthIdentityAsStrings(made, &user, &domain, &password),
                     SEC_E_OK);
    assert_memory_equal(user, user_w, sizeof(user_w));
    assert_memory_equal(domain, realm_w, sizeof(realm_w));
    assert_memory_equal(password, password_w, sizeof(password_w));
    SspiLocalFree((void *)(uintptr_t)user);
    SspiLocalFree((void *)(uintptr_t)domain);
    SspiLocalFree((void *)(uintptr_t)password);
    assert_int_equal(SspiEncodeAuthIdentityAsStrings(made, NULL, NULL, NULL), SEC_E_OK);
    SspiFreeAuthIdentity(made);
    assert_int_equal(SspiEncodeStringsAsAuthIdentity(NULL, NULL, NULL, &made), SEC_E_OK);
    assert_int_equal(SspiEncodeAuthIdentityAsStrings(made, &user, &domain, &password),
                     SEC_E_OK);
    assert_null(user);
    assert_null(domain);
    assert_null(password);
    SspiFreeAuthIdentity(made);
}

static void bad_wide_texts_are_refused(void **state)
{
    static SEC_WCHAR *bad[] = {bad_w, long_w};
    SEC_WINNT_AUTH_IDENTITY_W wrong = {.Flags = 0};
    const SEC_WCHAR *text = NULL;
    opaque made = NULL;

    (void)state;
    for (size_t i = 0; i < NUM_OF(bad); i++) {
        assert_int_equal(SspiEncodeStringsAsAuthIdentity(bad[i], realm_w, password_w, &made),
                         SEC_E_INVALID_PARAMETER);
        assert_int_equal(SspiEncodeStringsAsAuthIdentity(user_w, bad[i], password_w, &made),
                         SEC_E_INVALID_PARAMETER);
        assert_int_equal(SspiEncodeStringsAsAuthIdentity(user_w, realm_w, bad[i], &made),
                         SEC_E_INVALID_PARAMETER);
    }
    assert_int_equal(SspiEncodeStringsAsAuthIdentity(user_w, realm_w, password_w, NULL),
                     SEC_E_INVALID_PARAMETER);
    assert_int_equal(SspiEncodeAuthIdentityAsStrings(NULL, &text, NULL, NULL),
                     SEC_E_INVALID_PARAMETER);
    assert_int_equal(SspiEncodeAuthIdentityAsStrings(&wrong, &text, NULL, NULL),
                     SEC_E_UNKNOWN_CREDENTIALS);
    assert_null(made);
    assert_null(text);
}

static void packages_are_excluded_one_after_the_other(void **state)
{
    static SEC_WCHAR kerberos_w[] = {'k', 'e', 'r', 'b', 'e', 'r', 'o', 's', 0};
    SEC_WINNT_AUTH_IDENTITY_W wide = legacy_w(), wrong = {.Flags = 0};
    opaque one = NULL, two = NULL;
    SEC_WCHAR most_w[LIMIT_IDENTITY_LEN];

    (void)state;
    memcpy(most_w, long_w, sizeof(most_w));
    most_w[LIMIT_IDENTITY_LEN - 2] = 0;
    assert_int_equal(SspiExcludePackage(&wide, ntlm_w, &one), SEC_E_OK);
    assert_is_bert(one, "!ntlm");
    assert_int_equal(SspiExcludePackage(one, kerberos_w, &two), SEC_E_OK);
    assert_is_bert(two, "!ntlm,!kerberos");
    SspiFreeAuthIdentity(two);
    two = NULL;
    assert_true(SspiExcludePackage(one, most_w, &two) < 0);
    assert_int_equal(SspiExcludePackage(NULL, ntlm_w, &two), SEC_E_INVALID_PARAMETER);
    assert_int_equal(SspiExcludePackage(one, NULL, &two), SEC_E_INVALID_PARAMETER);
    assert_int_equal(SspiExcludePackage(one, empty_w, &two), SEC_E_INVALID_PARAMETER);
    assert_int_equal(SspiExcludePackage(one, bad_w, &two), SEC_E_INVALID_PARAMETER);
    assert_int_equal(SspiExcludePackage(one, ntlm_w, NULL), SEC_E_INVALID_PARAMETER);
    assert_int_equal(SspiExcludePackage(&wrong, ntlm_w, &two), SEC_E_UNKNOWN_CREDENTIALS);
    assert_null(two);
    wide.Password = NULL;
    wide.PasswordLength = 0;
    assert_int_equal(SspiExcludePackage(&wide, ntlm_w, &two), SEC_E_OK);
    SspiFreeAuthIdentity(one);
    SspiFreeAuthIdentity(two);
}

static void hosts_are_found_in_target_names(void **state)
{
    static SEC_WCHAR full[] = {'a', '/', 'h', ':', '1', 0}, plain[] = {'h', '@', 'R', 0};
    SEC_WCHAR *names[] = {full, plain};
    SEC_WCHAR *host = NULL;

    (void)state;
    for (size_t i = 0; i < NUM_OF(names); i++) {
        assert_int_equal(SspiGetTargetHostName(names[i], &host), SEC_E_OK);
        assert_int_equal(host[0], 'h');
        assert_int_equal(host[1], 0);
        SspiLocalFree(host);
        host = NULL;
    }
    assert_int_equal(SspiGetTargetHostName(NULL, &host), SEC_E_INVALID_PARAMETER);
    assert_int_equal(SspiGetTargetHostName(bad_w, &host), SEC_E_INVALID_PARAMETER);
    assert_int_equal(SspiGetTargetHostName(full, NULL), SEC_E_INVALID_PARAMETER);
    assert_null(host);
}

/* ---- Memory ---- */

static rpcsec_status of_code(SECURITY_STATUS code)
{
    if (code == SEC_E_OK)
        return RPCSEC_OK;
    return code == SEC_E_INSUFFICIENT_MEMORY ? RPCSEC_NO_MEMORY : RPCSEC_INTERNAL;
}

static SECURITY_STATUS copy_around(opaque one)
{
    opaque two = NULL, three = NULL;
    char *bytes = NULL;
    ULONG len = 0;
    SECURITY_STATUS code = SspiCopyAuthIdentity(one, &two);

    if (code == SEC_E_OK)
        code = SspiMarshalAuthIdentity(two, &len, &bytes);
    if (code == SEC_E_OK)
        code = SspiUnmarshalAuthIdentity(len, bytes, &three);
    if (code == SEC_E_OK)
        code = SspiCompareAuthIdentities(one, three, NULL, NULL);
    SspiLocalFree(bytes);
    SspiFreeAuthIdentity(two);
    SspiFreeAuthIdentity(three);
    return code;
}

static rpcsec_status whole_life(void *arg)
{
    const SEC_WCHAR *user = NULL, *domain = NULL, *password = NULL;
    opaque one = NULL, other = NULL;
    SEC_WCHAR *host = NULL;
    SECURITY_STATUS code = SspiEncodeStringsAsAuthIdentity(user_w, realm_w, password_w, &one);

    (void)arg;
    if (code == SEC_E_OK)
        code = copy_around(one);
    if (code == SEC_E_OK)
        code = SspiEncodeAuthIdentityAsStrings(one, &user, &domain, &password);
    if (code == SEC_E_OK)
        code = SspiExcludePackage(one, ntlm_w, &other);
    if (code == SEC_E_OK)
        code = SspiGetTargetHostName(user_w, &host);
    SspiLocalFree((void *)(uintptr_t)user);
    SspiLocalFree((void *)(uintptr_t)domain);
    SspiLocalFree((void *)(uintptr_t)password);
    SspiLocalFree(host);
    SspiFreeAuthIdentity(one);
    SspiFreeAuthIdentity(other);
    return of_code(code);
}

static rpcsec_status read_keytab(void *arg)
{
    struct identity *id = NULL;
    rpcsec_status status = read_it(arg, &id);

    identity_free(id);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    opaque with = with_keytab();

    (void)state;
    assert_true(alloc_check(whole_life, NULL) > 8);
    assert_true(alloc_check(read_keytab, with) >= 2);
    SspiFreeAuthIdentity(with);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(structures_with_pointers_are_read_in_either_form),
        cmocka_unit_test(flags_must_say_one_form_and_no_encryption),
        cmocka_unit_test(each_text_is_checked),
        cmocka_unit_test(identities_of_one_piece_are_read_as_they_were_made),
        cmocka_unit_test(offsets_of_one_piece_stay_inside),
        cmocka_unit_test(wide_texts_have_whole_units),
        cmocka_unit_test(packed_credentials_are_checked),
        cmocka_unit_test(a_packed_keytab_is_taken),
        cmocka_unit_test(identities_are_compared_in_all_that_they_hold),
        cmocka_unit_test(calls_refuse_what_is_missing_or_not_theirs),
        cmocka_unit_test(marshalled_bytes_are_checked),
        cmocka_unit_test(there_is_nothing_that_encrypts_identities),
        cmocka_unit_test(texts_become_an_identity_and_come_back),
        cmocka_unit_test(bad_wide_texts_are_refused),
        cmocka_unit_test(packages_are_excluded_one_after_the_other),
        cmocka_unit_test(hosts_are_found_in_target_names),
        cmocka_unit_test(every_allocation_may_fail),
    };

    for (size_t i = 0; i + 1 < NUM_OF(long_w); i++)
        long_w[i] = 'x';
    return cmocka_run_group_tests(tests, NULL, NULL);
}
