/* SPDX-License-Identifier: MIT
 *
 * tests/sspi/gss_peer.c: our SSPI at one end, the plain calls of MIT's GSS-API at the other, in
 * both roles: tokens, signatures and sealed messages are accepted both ways.
 *
 *     gss_peer kerberos|negotiate plain|dce TARGET
 */
#include <gssapi/gssapi.h>
#include <gssapi/gssapi_ext.h>
#include <gssapi/gssapi_krb5.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <rpcsec/sspi.h>

#define TEXT_SENT "what one end says to the other"
#define TEXT_LEN  (sizeof(TEXT_SENT) - 1)

static gss_OID_desc spnego = {6, (void *)(uintptr_t) "\x2b\x06\x01\x05\x05\x02"};

struct ends {
    bool negotiate, dce;
    const char *target;
    CredHandle cred;
    CtxtHandle ours;
    bool has_ours;
    gss_ctx_id_t theirs;
};

static void need(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "failed: %s; %s\n", what, rpcsec_error_text(rpcsec_sspi_last_error()));
    exit(1);
}

static void need_gss(OM_uint32 major, const OM_uint32 *minor, const char *what)
{
    if (major == GSS_S_COMPLETE || major == GSS_S_CONTINUE_NEEDED)
        return;
    fprintf(stderr, "failed: %s: GSS %08x, minor %d\n", what, major, (int)*minor);
    exit(1);
}

/* ---- Handshakes ---- */

static SECURITY_STATUS our_step(struct ends *e, bool client, gss_buffer_t in, uint8_t *out,
                                ULONG *len)
{
    SecBuffer in_buffer = {(ULONG)in->length, SECBUFFER_TOKEN, in->value};
    SecBuffer out_buffer = {*len, SECBUFFER_TOKEN, out};
    SecBufferDesc in_desc = {SECBUFFER_VERSION, 1, &in_buffer};
    SecBufferDesc out_desc = {SECBUFFER_VERSION, 1, &out_buffer};
    CtxtHandle *context = e->has_ours ? &e->ours : NULL;
    ULONG asked = ISC_REQ_MUTUAL_AUTH | ISC_REQ_CONFIDENTIALITY | ISC_REQ_REPLAY_DETECT |
                  ISC_REQ_SEQUENCE_DETECT | (e->dce ? ISC_REQ_USE_DCE_STYLE : 0);
    ULONG flags;
    SECURITY_STATUS code = client
                               ? InitializeSecurityContextA(&e->cred, context, e->target, asked,
                                                            0, 0, context ? &in_desc : NULL, 0,
                                                            &e->ours, &out_desc, &flags, NULL)
                               : AcceptSecurityContext(&e->cred, context, &in_desc,
                                                       e->dce ? ASC_REQ_USE_DCE_STYLE : 0, 0,
                                                       &e->ours, &out_desc, &flags, NULL);

    need(code >= 0, client ? "InitializeSecurityContext" : "AcceptSecurityContext");
    e->has_ours = true;
    *len = out_buffer.cbBuffer;
    return code;
}

static OM_uint32 their_step(struct ends *e, bool client, gss_buffer_t in, gss_buffer_t out)
{
    gss_buffer_desc text = {strlen(e->target), (void *)(uintptr_t)e->target};
    OM_uint32 flags = GSS_C_MUTUAL_FLAG | GSS_C_CONF_FLAG | GSS_C_INTEG_FLAG |
                      GSS_C_REPLAY_FLAG | GSS_C_SEQUENCE_FLAG | (e->dce ? GSS_C_DCE_STYLE : 0);
    gss_OID mech = e->negotiate ? &spnego : (gss_OID)gss_mech_krb5;
    gss_name_t name = GSS_C_NO_NAME;
    OM_uint32 minor, major;

    if (!client) {
        major = gss_accept_sec_context(&minor, &e->theirs, GSS_C_NO_CREDENTIAL, in,
                                       GSS_C_NO_CHANNEL_BINDINGS, NULL, NULL, out, NULL, NULL,
                                       NULL);
    } else {
        need_gss(gss_import_name(&minor, &text, (gss_OID)GSS_KRB5_NT_PRINCIPAL_NAME, &name),
                 &minor, "gss_import_name");
        major = gss_init_sec_context(&minor, GSS_C_NO_CREDENTIAL, &e->theirs, name, mech, flags,
                                     0, GSS_C_NO_CHANNEL_BINDINGS, in, NULL, out, NULL, NULL);
    }
    need_gss(major, &minor, client ? "gss_init_sec_context" : "gss_accept_sec_context");
    if (name)
        gss_release_name(&minor, &name);
    return major;
}

static void shake(struct ends *e, bool we_are_client)
{
    static uint8_t bytes[65536];
    gss_buffer_desc ours = {0, bytes}, theirs = GSS_C_EMPTY_BUFFER;
    SECURITY_STATUS code = SEC_I_CONTINUE_NEEDED;
    OM_uint32 major = GSS_S_CONTINUE_NEEDED;
    OM_uint32 minor = 0;
    bool our_turn = we_are_client;

    while (code != SEC_E_OK || major != GSS_S_COMPLETE) {
        ULONG len = sizeof(bytes);

        if (our_turn) {
            code = our_step(e, we_are_client, &theirs, bytes, &len);
            ours.length = len;
        } else {
            gss_release_buffer(&minor, &theirs);
            major = their_step(e, !we_are_client, &ours, &theirs);
        }
        if ((our_turn ? ours.length : theirs.length) == 0)
            break;
        our_turn = !our_turn;
    }
    gss_release_buffer(&minor, &theirs);
    need(code == SEC_E_OK && major == GSS_S_COMPLETE, "both ends are done");
}

/* ---- Messages ---- */

static void sign(struct ends *e)
{
    char text[] = TEXT_SENT;
    uint8_t token[256];
    SecBuffer buffers[2] = {{TEXT_LEN, SECBUFFER_DATA, text},
                            {sizeof(token), SECBUFFER_TOKEN, token}};
    SecBufferDesc desc = {SECBUFFER_VERSION, 2, buffers};
    gss_buffer_desc message = {TEXT_LEN, text}, mic;
    OM_uint32 minor;

    need(MakeSignature(&e->ours, 0, &desc, 0) == SEC_E_OK, "MakeSignature");
    mic = (gss_buffer_desc){buffers[1].cbBuffer, token};
    need_gss(gss_verify_mic(&minor, e->theirs, &message, &mic, NULL), &minor, "gss_verify_mic");
    need_gss(gss_get_mic(&minor, e->theirs, 0, &message, &mic), &minor, "gss_get_mic");
    buffers[1] = (SecBuffer){(ULONG)mic.length, SECBUFFER_TOKEN, mic.value};
    need(VerifySignature(&e->ours, &desc, 0, NULL) == SEC_E_OK, "VerifySignature");
    gss_release_buffer(&minor, &mic);
}

/* Ours: the token and the data in one piece are a token of gss_wrap. */
static void seal_ours(struct ends *e, ULONG qop)
{
    uint8_t all[512];
    SecPkgContext_Sizes sizes;
    SecBuffer buffers[2] = {{256, SECBUFFER_TOKEN, all}, {TEXT_LEN, SECBUFFER_DATA, all + 256}};
    SecBufferDesc desc = {SECBUFFER_VERSION, 2, buffers};
    gss_buffer_desc in = {0, all}, out = GSS_C_EMPTY_BUFFER;
    OM_uint32 minor;
    int sealed = 0;

    need(QueryContextAttributesA(&e->ours, SECPKG_ATTR_SIZES, &sizes) == SEC_E_OK, "SIZES");
    memcpy(all + 256, TEXT_SENT, TEXT_LEN);
    need(EncryptMessage(&e->ours, qop, &desc, 0) == SEC_E_OK, "EncryptMessage");
    need(qop || buffers[0].cbBuffer == sizes.cbSecurityTrailer,
         "the token is as long as SIZES says");
    memmove(all + buffers[0].cbBuffer, all + 256, TEXT_LEN);
    in.length = buffers[0].cbBuffer + TEXT_LEN;
    need_gss(gss_unwrap(&minor, e->theirs, &in, &out, &sealed, NULL), &minor, "gss_unwrap");
    need(out.length == TEXT_LEN && memcmp(out.value, TEXT_SENT, TEXT_LEN) == 0 &&
             sealed == !qop,
         "gss_unwrap gives the text");
    gss_release_buffer(&minor, &out);
}

static void seal_theirs(struct ends *e, int conf)
{
    char text[] = TEXT_SENT;
    gss_buffer_desc in = {TEXT_LEN, text}, out = GSS_C_EMPTY_BUFFER;
    SecBuffer buffers[2] = {{0, SECBUFFER_STREAM, NULL}, {0, SECBUFFER_DATA, NULL}};
    SecBufferDesc desc = {SECBUFFER_VERSION, 2, buffers};
    OM_uint32 minor;
    ULONG qop = 77;

    need_gss(gss_wrap(&minor, e->theirs, conf, 0, &in, NULL, &out), &minor, "gss_wrap");
    buffers[0].cbBuffer = (ULONG)out.length;
    buffers[0].pvBuffer = out.value;
    need(DecryptMessage(&e->ours, &desc, 0, &qop) == SEC_E_OK, "DecryptMessage of gss_wrap");
    need(buffers[1].cbBuffer == TEXT_LEN &&
             memcmp(buffers[1].pvBuffer, TEXT_SENT, TEXT_LEN) == 0 &&
             qop == (conf ? 0 : SECQOP_WRAP_NO_ENCRYPT),
         "it gives the text");
    gss_release_buffer(&minor, &out);
}

/* As RPC has it: a header that is signed only, the body, a trailer. */
static void seal_parts(struct ends *e, bool by_us)
{
    char head[] = "header", body[] = TEXT_SENT, tail[] = "trailer!";
    uint8_t token[256];
    SecBuffer buffers[4] = {{6, SECBUFFER_DATA | SECBUFFER_READONLY_WITH_CHECKSUM, head},
                            {TEXT_LEN, SECBUFFER_DATA, body},
                            {8, SECBUFFER_DATA | SECBUFFER_READONLY_WITH_CHECKSUM, tail},
                            {sizeof(token), SECBUFFER_TOKEN, token}};
    SecBufferDesc desc = {SECBUFFER_VERSION, 4, buffers};
    gss_iov_buffer_desc iov[4] = {{GSS_IOV_BUFFER_TYPE_HEADER, {0, token}},
                                  {GSS_IOV_BUFFER_TYPE_SIGN_ONLY, {6, head}},
                                  {GSS_IOV_BUFFER_TYPE_DATA, {TEXT_LEN, body}},
                                  {GSS_IOV_BUFFER_TYPE_SIGN_ONLY, {8, tail}}};
    OM_uint32 minor;
    int sealed = 0;

    if (by_us) {
        need(EncryptMessage(&e->ours, 0, &desc, 0) == SEC_E_OK, "EncryptMessage of parts");
        iov[0].buffer.length = buffers[3].cbBuffer;
        need_gss(gss_unwrap_iov(&minor, e->theirs, &sealed, NULL, iov, 4), &minor,
                 "gss_unwrap_iov");
    } else {
        need_gss(gss_wrap_iov_length(&minor, e->theirs, 1, 0, &sealed, iov, 4), &minor,
                 "length");
        iov[0].buffer.value = token; /* the length call forgets it */
        need_gss(gss_wrap_iov(&minor, e->theirs, 1, 0, &sealed, iov, 4), &minor,
                 "gss_wrap_iov");
        buffers[3].cbBuffer = (ULONG)iov[0].buffer.length;
        need(DecryptMessage(&e->ours, &desc, 0, NULL) == SEC_E_OK, "DecryptMessage of parts");
    }
    need(sealed && memcmp(body, TEXT_SENT, TEXT_LEN) == 0, "the parts come back");
}

static void one_role(struct ends *e, const char *package, bool we_are_client)
{
    OM_uint32 minor;

    e->has_ours = false;
    e->theirs = GSS_C_NO_CONTEXT;
    need(AcquireCredentialsHandleA(NULL, package,
                                   we_are_client ? SECPKG_CRED_OUTBOUND : SECPKG_CRED_INBOUND,
                                   NULL, NULL, NULL, NULL, &e->cred, NULL) == SEC_E_OK,
         "AcquireCredentialsHandle");
    shake(e, we_are_client);
    for (int round = 0; round < 3; round++) {
        sign(e);
        seal_parts(e, true);
        seal_parts(e, false);
        if (e->dce)
            continue; /* gss_wrap is for plain contexts */
        seal_ours(e, 0);
        seal_theirs(e, 1);
        seal_ours(e, SECQOP_WRAP_NO_ENCRYPT);
        seal_theirs(e, 0);
    }
    DeleteSecurityContext(&e->ours);
    FreeCredentialsHandle(&e->cred);
    gss_delete_sec_context(&minor, &e->theirs, GSS_C_NO_BUFFER);
}

int main(int argc, char **argv)
{
    struct ends e = {.has_ours = false};
    const char *package;

    if (argc != 4)
        return 2;
    e.negotiate = strcmp(argv[1], "negotiate") == 0;
    e.dce = strcmp(argv[2], "dce") == 0;
    e.target = argv[3];
    package = e.negotiate ? "Negotiate" : "Kerberos";
    one_role(&e, package, true);
    one_role(&e, package, false);
    return 0;
}
