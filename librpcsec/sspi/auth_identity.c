/* SPDX-License-Identifier: MIT
 *
 * sspi/auth_identity.c: reads and makes SEC_WINNT_AUTH_IDENTITY structures. Layer: sspi.
 * Document: MicrosoftDocs/sdk-api sspi.h; win32 "SEC_WINNT_AUTH_IDENTITY_EX2".
 *
 * Three structures share one pointer type. The newer two begin with their version; the first
 * begins with a pointer, which is never so small. A program's structure is trusted to be as
 * long as it says, but text of a missing pointer or a length beyond reason is refused.
 */
#include "sspi/api.h"

#include <string.h>

#include "base/alloc.h"
#include "base/cursor.h"
#include "base/error.h"

#define TEXT_FLAGS (SEC_WINNT_AUTH_IDENTITY_ANSI | SEC_WINNT_AUTH_IDENTITY_UNICODE)
#define CRYPT_FLAGS                                    \
    (SEC_WINNT_AUTH_IDENTITY_FLAGS_PROCESS_ENCRYPTED | \
     SEC_WINNT_AUTH_IDENTITY_FLAGS_SYSTEM_PROTECTED |  \
     SEC_WINNT_AUTH_IDENTITY_FLAGS_USER_PROTECTED)

static rpcsec_status malformed(struct rpcsec_error *err, const char *why)
{
    return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                     "the identity is malformed: %s", why);
}

/* ---- Structures with pointers ---- */

/* What both have in common. */
struct pointers {
    const void *user, *domain, *password, *packages;
    ULONG user_len, domain_len, password_len, packages_len;
    ULONG flags;
};

static struct pointers of_legacy(const SEC_WINNT_AUTH_IDENTITY_A *id)
{
    return (struct pointers){
        .user = id->User,
        .domain = id->Domain,
        .password = id->Password,
        .user_len = id->UserLength,
        .domain_len = id->DomainLength,
        .password_len = id->PasswordLength,
        .flags = id->Flags,
    };
}

static struct pointers of_ex(const SEC_WINNT_AUTH_IDENTITY_EXA *id)
{
    return (struct pointers){
        .user = id->User,
        .domain = id->Domain,
        .password = id->Password,
        .packages = id->PackageList,
        .user_len = id->UserLength,
        .domain_len = id->DomainLength,
        .password_len = id->PasswordLength,
        .packages_len = id->PackageListLength,
        .flags = id->Flags,
    };
}

static rpcsec_status form_of(ULONG flags, enum form wide, enum form *ret_form,
                             struct rpcsec_error *err)
{
    if (flags & CRYPT_FLAGS)
        return malformed(err, "it says that it is encrypted, which nothing here can undo");
    if ((flags & TEXT_FLAGS) == SEC_WINNT_AUTH_IDENTITY_ANSI)
        *ret_form = FORM_A;
    else if ((flags & TEXT_FLAGS) == SEC_WINNT_AUTH_IDENTITY_UNICODE)
        *ret_form = wide;
    else
        return malformed(err, "its flags must say ANSI or UNICODE");
    return RPCSEC_OK;
}

static rpcsec_status take_text(enum form form, const void *text, size_t num, char *out,
                               struct rpcsec_error *err)
{
    if (num == 0)
        return RPCSEC_OK;
    if (!text)
        return malformed(err, "a text has a length and no pointer");
    if (num > LIMIT_IDENTITY_LEN ||
        form_to_utf8(form, text, num, out, LIMIT_IDENTITY_LEN + 1) != RPCSEC_OK)
        return malformed(err, "a text is too long, or is none in the form that its flags say");
    return RPCSEC_OK;
}

static rpcsec_status read_pointers(const struct pointers *from, enum form wide,
                                   struct identity *to, struct rpcsec_error *err)
{
    enum form form = FORM_A;
    rpcsec_status status = form_of(from->flags, wide, &form, err);

    if (status == RPCSEC_OK)
        status = take_text(form, from->user, from->user_len, to->user, err);
    if (status == RPCSEC_OK)
        status = take_text(form, from->domain, from->domain_len, to->domain, err);
    if (status == RPCSEC_OK)
        status = take_text(form, from->password, from->password_len, to->password, err);
    if (status == RPCSEC_OK)
        status = take_text(form, from->packages, from->packages_len, to->packages, err);
    to->has_password = from->password != NULL;
    return status;
}

/* ---- EX2: offsets, lengths in bytes ---- */

static const GUID type_password = RPCSEC_AUTH_DATA_TYPE_PASSWORD;
static const GUID type_table = RPCSEC_AUTH_DATA_TYPE_KEYTAB;

/* The bytes of an offset and length inside of a block; a cursor with an error outside. */
static struct cur part(const void *block, size_t block_len, size_t offset, size_t len)
{
    struct cur c;

    cur_init(&c, block, block_len, false);
    cur_seek(&c, offset);
    return cur_child(&c, len);
}

static rpcsec_status take_part(const SEC_WINNT_AUTH_IDENTITY_EX2 *id, enum form form,
                               ULONG offset, USHORT len, char *out, struct rpcsec_error *err)
{
    struct cur c = part(id, id->cbStructureLength, offset, len);
    const uint8_t *bytes = cur_bytes(&c, len);

    if (len == 0)
        return RPCSEC_OK;
    if (!bytes || len % (size_t)form != 0)
        return malformed(err, "an offset points outside of it");
    return take_text(form, bytes, len / (size_t)form, out, err);
}

static rpcsec_status take_keytab(struct cur data, struct identity *to, struct rpcsec_error *err)
{
    size_t len = cur_left(&data);

    if (len == 0)
        return malformed(err, "its keytab is empty");
    to->keytab = secret_alloc(len);
    if (!to->keytab)
        return error_no_memory(err);
    to->keytab_len = len;
    cur_copy(&data, to->keytab, len);
    return RPCSEC_OK;
}

/* SEC_WINNT_AUTH_DATA_PASSWORD: again an offset and a length, from the packed start. */
static rpcsec_status take_password(const void *packed, size_t len, struct cur data,
                                   enum form wide, struct identity *to,
                                   struct rpcsec_error *err)
{
    uint32_t offset = cur_u32(&data);
    uint16_t text_len = cur_u16(&data);
    struct cur text = part(packed, len, offset, text_len);
    const uint8_t *bytes = cur_bytes(&text, text_len);

    if (cur_status(&data) != RPCSEC_OK || !bytes || text_len % (size_t)wide != 0)
        return malformed(err, "its packed password points outside of it");
    to->has_password = true;
    return take_text(wide, bytes, text_len / (size_t)wide, to->password, err);
}

static rpcsec_status take_packed(const uint8_t *packed, size_t len, enum form wide,
                                 struct identity *to, struct rpcsec_error *err)
{
    SEC_WINNT_AUTH_PACKED_CREDENTIALS head;
    struct cur data;

    if (len < sizeof(head))
        return malformed(err, "its packed credentials are too short");
    memcpy(&head, packed, sizeof(head));
    if (head.cbStructureLength > len || head.cbHeaderLength < sizeof(head))
        return malformed(err, "its packed credentials say other lengths");
    data = part(packed, len, head.AuthData.CredData.ByteArrayOffset,
                head.AuthData.CredData.ByteArrayLength);
    if (cur_status(&data) != RPCSEC_OK)
        return malformed(err, "its packed credentials point outside of it");
    if (memcmp(&head.AuthData.CredType, &type_table, sizeof(GUID)) == 0)
        return take_keytab(data, to, err);
    if (memcmp(&head.AuthData.CredType, &type_password, sizeof(GUID)) == 0)
        return take_password(packed, len, data, wide, to, err);
    return malformed(err, "its packed credentials are neither a password nor a keytab");
}

static rpcsec_status read_ex2(const SEC_WINNT_AUTH_IDENTITY_EX2 *id, enum form wide,
                              struct identity *to, struct rpcsec_error *err)
{
    struct cur packed = part(id, id->cbStructureLength, id->PackedCredentialsOffset,
                             id->PackedCredentialsLength);
    const uint8_t *bytes = cur_bytes(&packed, id->PackedCredentialsLength);
    enum form form = FORM_A;
    rpcsec_status status = form_of(id->Flags, wide, &form, err);

    if (status == RPCSEC_OK)
        status = take_part(id, form, id->UserOffset, id->UserLength, to->user, err);
    if (status == RPCSEC_OK)
        status = take_part(id, form, id->DomainOffset, id->DomainLength, to->domain, err);
    if (status == RPCSEC_OK)
        status = take_part(id, form, id->PackageListOffset, id->PackageListLength, to->packages,
                           err);
    if (status != RPCSEC_OK || id->PackedCredentialsLength == 0)
        return status;
    if (!bytes)
        return malformed(err, "its packed credentials lie outside of it");
    return take_packed(bytes, id->PackedCredentialsLength, form, to, err);
}

/* ---- Which one it is ---- */

static rpcsec_status read_any(const void *auth_data, enum form wide, struct identity *to,
                              struct rpcsec_error *err)
{
    const SEC_WINNT_AUTH_IDENTITY_EX2 *ex2 = auth_data;
    const SEC_WINNT_AUTH_IDENTITY_EXA *ex = auth_data;
    struct pointers pointers;

    if (ex2->Version == SEC_WINNT_AUTH_IDENTITY_VERSION_2 &&
        ex2->cbHeaderLength == sizeof(*ex2)) {
        if (ex2->cbStructureLength < sizeof(*ex2))
            return malformed(err, "it is shorter than its header");
        return read_ex2(ex2, wide, to, err);
    }
    if (ex->Version == SEC_WINNT_AUTH_IDENTITY_VERSION && ex->Length == sizeof(*ex))
        pointers = of_ex(ex);
    else
        pointers = of_legacy(auth_data);
    return read_pointers(&pointers, wide, to, err);
}

rpcsec_status api_read_identity(const void *auth_data, enum form wide,
                                struct identity **ret_identity, struct rpcsec_error *err)
{
    struct identity *identity;
    rpcsec_status status;

    if (!auth_data)
        return RPCSEC_OK;
    identity = identity_new();
    if (!identity)
        return error_no_memory(err);
    status = read_any(auth_data, wide, identity, err);
    if (status != RPCSEC_OK) {
        identity_free(identity);
        return status;
    }
    *ret_identity = identity;
    return RPCSEC_OK;
}

/* ---- Making one ---- */

/* Ours hold UTF-8, so that they mean the same to programs of any width of wide text. */
static size_t text_len(const char *text)
{
    return text ? strlen(text) : 0;
}

/* Puts bytes at `at` of the block and says where they are. */
static ULONG put(uint8_t *block, ULONG *at, const void *bytes, size_t len)
{
    ULONG offset = *at;

    if (len > 0)
        memcpy(block + offset, bytes, len);
    *at += (ULONG)len;
    return len > 0 ? offset : 0;
}

#define PASSWORD_VECTOR_LEN 8 /* SEC_WINNT_AUTH_BYTE_VECTOR */

/* Packed credentials, a vector that says where the password is, the password. */
static void put_password(uint8_t *block, ULONG *at, const void *password, size_t len)
{
    SEC_WINNT_AUTH_PACKED_CREDENTIALS head;
    SEC_WINNT_AUTH_BYTE_VECTOR where;

    /* Padding too: the block is compared and marshalled as bytes. */
    memset(&head, 0, sizeof(head));
    memset(&where, 0, sizeof(where));
    head.cbHeaderLength = sizeof(head);
    head.cbStructureLength = (USHORT)(sizeof(head) + PASSWORD_VECTOR_LEN + len);
    head.AuthData.CredType = type_password;
    where.ByteArrayOffset = sizeof(head) + PASSWORD_VECTOR_LEN;
    where.ByteArrayLength = (USHORT)len;
    head.AuthData.CredData.ByteArrayOffset = sizeof(head);
    head.AuthData.CredData.ByteArrayLength = PASSWORD_VECTOR_LEN;
    put(block, at, &head, sizeof(head));
    put(block, at, &where, sizeof(where));
    put(block, at, password, len);
}

void *api_identity_new(const char *user, const char *domain, const char *password,
                       const char *packages)
{
    size_t user_len = text_len(user);
    size_t domain_len = text_len(domain);
    size_t password_len = text_len(password);
    size_t packages_len = text_len(packages);
    size_t packed_len = password ? sizeof(SEC_WINNT_AUTH_PACKED_CREDENTIALS) +
                                       PASSWORD_VECTOR_LEN + password_len
                                 : 0;
    size_t total =
        sizeof(SEC_WINNT_AUTH_IDENTITY_EX2) + user_len + domain_len + packed_len + packages_len;
    SEC_WINNT_AUTH_IDENTITY_EX2 *id = sspi_mem_new(SSPI_MEM_IDENTITY, total, true);
    ULONG at = sizeof(*id);

    if (!id)
        return NULL;
    id->Version = SEC_WINNT_AUTH_IDENTITY_VERSION_2;
    id->cbHeaderLength = sizeof(*id);
    id->cbStructureLength = (ULONG)total;
    id->Flags = SEC_WINNT_AUTH_IDENTITY_ANSI;
    id->UserOffset = put((uint8_t *)id, &at, user, user_len);
    id->UserLength = (USHORT)user_len;
    id->DomainOffset = put((uint8_t *)id, &at, domain, domain_len);
    id->DomainLength = (USHORT)domain_len;
    id->PackedCredentialsLength = (USHORT)packed_len;
    if (password) {
        id->PackedCredentialsOffset = at;
        put_password((uint8_t *)id, &at, password, password_len);
    }
    id->PackageListOffset = put((uint8_t *)id, &at, packages, packages_len);
    id->PackageListLength = (USHORT)packages_len;
    return id;
}
