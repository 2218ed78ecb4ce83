/* SPDX-License-Identifier: MIT
 *
 * tests/sspi/windows_shape.c: a program in the shape of the documents' own ("How a Windows
 * Sockets Service Authenticates a Client" and its client): windows.h, a function table fetched
 * from a library by name, TCHAR, BOOL, DWORD, SOCKET. Written by us; compiled with the
 * compatibility headers alone, with and without UNICODE, it must compile without a warning and
 * run.
 *
 *     windows_shape PACKAGE TARGET
 */
#define SECURITY_WIN32
#include <winsock2.h>
#include <Windows.h>
#include <tchar.h>
#include <Security.h>
#include <stdio.h>
#include <stdlib.h>

#ifdef UNICODE
#define CLIENT_IS L"client %ls\n" /* %s of wprintf is char here, and WCHAR on Windows */
#else
#define CLIENT_IS "client %s\n"
#endif

#ifndef SEC_SUCCESS
#define SEC_SUCCESS(Status) ((Status) >= 0)
#endif

typedef struct _AUTH_SEQ {
    BOOL _fNewConversation;
    CredHandle _hcred;
    BOOL _fHaveCredHandle;
    BOOL _fHaveCtxtHandle;
    struct _SecHandle _hctxt;
} AUTH_SEQ, *PAUTH_SEQ;

static PSecurityFunctionTable g_pFuncs;
static DWORD g_cbMaxMessage;
static TCHAR *PACKAGE_NAME;
static TCHAR *g_target;

static BOOL SendMsg(SOCKET s, PBYTE pBuf, DWORD cbBuf)
{
    if (cbBuf == 0)
        return TRUE;
    if (send(s, (LPCSTR)&cbBuf, sizeof(cbBuf), 0) == SOCKET_ERROR)
        return FALSE;
    return send(s, (LPCSTR)pBuf, cbBuf, 0) != SOCKET_ERROR;
}

static BOOL ReceiveMsg(SOCKET s, PBYTE pBuf, DWORD cbBuf, DWORD *pcbRead)
{
    DWORD cbData = 0;

    if (recv(s, (LPSTR)&cbData, sizeof(cbData), MSG_WAITALL) != sizeof(cbData) ||
        cbData > cbBuf)
        return FALSE;
    *pcbRead = cbData;
    return recv(s, (LPSTR)pBuf, cbData, MSG_WAITALL) == (int)cbData;
}

static BOOL Acquire(PAUTH_SEQ pAS, ULONG fUse)
{
    TimeStamp Lifetime;
    SECURITY_STATUS ssStatus = g_pFuncs->AcquireCredentialsHandle(
        NULL, PACKAGE_NAME, fUse, NULL, NULL, NULL, NULL, &pAS->_hcred, &Lifetime);

    pAS->_fHaveCredHandle = SEC_SUCCESS(ssStatus);
    if (!pAS->_fHaveCredHandle)
        _ftprintf(stderr, TEXT("AcquireCredentialsHandle failed: %u\n"), (UINT)ssStatus);
    return pAS->_fHaveCredHandle;
}

static BOOL GenContext(PAUTH_SEQ pAS, BOOL fServer, BYTE *pIn, DWORD cbIn, BYTE *pOut,
                       DWORD *pcbOut, BOOL *pfDone)
{
    SECURITY_STATUS ssStatus;
    TimeStamp Lifetime;
    SecBufferDesc OutBuffDesc, InBuffDesc;
    SecBuffer OutSecBuff, InSecBuff;
    ULONG ContextAttributes = 0;

    if (pAS->_fNewConversation &&
        !Acquire(pAS, fServer ? SECPKG_CRED_INBOUND : SECPKG_CRED_OUTBOUND))
        return FALSE;
    OutBuffDesc.ulVersion = 0;
    OutBuffDesc.cBuffers = 1;
    OutBuffDesc.pBuffers = &OutSecBuff;
    OutSecBuff.cbBuffer = *pcbOut;
    OutSecBuff.BufferType = SECBUFFER_TOKEN;
    OutSecBuff.pvBuffer = pOut;
    InBuffDesc.ulVersion = 0;
    InBuffDesc.cBuffers = 1;
    InBuffDesc.pBuffers = &InSecBuff;
    InSecBuff.cbBuffer = cbIn;
    InSecBuff.BufferType = SECBUFFER_TOKEN;
    InSecBuff.pvBuffer = pIn;
    if (fServer)
        ssStatus = g_pFuncs->AcceptSecurityContext(
            &pAS->_hcred, pAS->_fNewConversation ? NULL : &pAS->_hctxt, &InBuffDesc,
            ASC_REQ_MUTUAL_AUTH, SECURITY_NATIVE_DREP, &pAS->_hctxt, &OutBuffDesc,
            &ContextAttributes, &Lifetime);
    else
        ssStatus = g_pFuncs->InitializeSecurityContext(
            &pAS->_hcred, pAS->_fNewConversation ? NULL : &pAS->_hctxt, g_target,
            ISC_REQ_MUTUAL_AUTH | ISC_REQ_INTEGRITY, 0, SECURITY_NATIVE_DREP,
            pAS->_fNewConversation ? NULL : &InBuffDesc, 0, &pAS->_hctxt, &OutBuffDesc,
            &ContextAttributes, &Lifetime);
    if (!SEC_SUCCESS(ssStatus)) {
        fprintf(stderr, "the security context failed: %u\n", (UINT)ssStatus);
        return FALSE;
    }
    pAS->_fHaveCtxtHandle = TRUE;
    if ((SEC_I_COMPLETE_NEEDED == ssStatus) || (SEC_I_COMPLETE_AND_CONTINUE == ssStatus)) {
        if (!g_pFuncs->CompleteAuthToken ||
            !SEC_SUCCESS(g_pFuncs->CompleteAuthToken(&pAS->_hctxt, &OutBuffDesc)))
            return FALSE;
    }
    *pcbOut = OutSecBuff.cbBuffer;
    pAS->_fNewConversation = FALSE;
    *pfDone =
        !((SEC_I_CONTINUE_NEEDED == ssStatus) || (SEC_I_COMPLETE_AND_CONTINUE == ssStatus));
    if (*pfDone && !(ContextAttributes & ASC_RET_MUTUAL_AUTH))
        _tprintf(TEXT("Mutual Auth not set in returned context.\n"));
    return TRUE;
}

static BOOL DoAuthentication(SOCKET s, PAUTH_SEQ pAS, BOOL fServer)
{
    PBYTE pIn = LocalAlloc(LPTR, g_cbMaxMessage), pOut = LocalAlloc(LPTR, g_cbMaxMessage);
    DWORD cbIn = 0, cbOut;
    BOOL done = FALSE, good = s != INVALID_SOCKET && pIn && pOut;

    pAS->_fNewConversation = TRUE;
    while (good && !done) {
        if (fServer || !pAS->_fNewConversation)
            good = ReceiveMsg(s, pIn, g_cbMaxMessage, &cbIn);
        cbOut = g_cbMaxMessage;
        good = good && GenContext(pAS, fServer, pIn, cbIn, pOut, &cbOut, &done) &&
               SendMsg(s, pOut, cbOut);
    }
    LocalFree(pIn);
    LocalFree(pOut);
    return good;
}

static BOOL Sign(PAUTH_SEQ pAS, BOOL fMake, PBYTE pData, DWORD cbData, PBYTE pToken,
                 ULONG cbToken)
{
    SecBuffer Buffers[2] = {{cbData, SECBUFFER_DATA, pData},
                            {cbToken, SECBUFFER_TOKEN, pToken}};
    SecBufferDesc Desc = {SECBUFFER_VERSION, 2, Buffers};
    ULONG fQOP = 0;

    return SEC_SUCCESS(fMake ? g_pFuncs->MakeSignature(&pAS->_hctxt, 0, &Desc, 0)
                             : g_pFuncs->VerifySignature(&pAS->_hctxt, &Desc, 0, &fQOP));
}

static BOOL Load(void)
{
    HMODULE hLibrary = LoadLibraryA("C:\\Windows\\System32\\secur32.dll");
    FARPROC pInit = GetProcAddress(hLibrary, SECURITY_ENTRYPOINT_ANSI);
    INIT_SECURITY_INTERFACE InitTable;
    PSecPkgInfo pInfo;

    if (!pInit || GetProcAddress(hLibrary, "NoSuchFunction"))
        return FALSE;
    memcpy(&InitTable, &pInit, sizeof(InitTable));
    g_pFuncs = InitTable();
    if (!SEC_SUCCESS(g_pFuncs->QuerySecurityPackageInfo(PACKAGE_NAME, &pInfo)))
        return FALSE;
    g_cbMaxMessage = pInfo->cbMaxToken;
    _tprintf(TEXT("%u bytes in %u\n"), (UINT)g_cbMaxMessage, (UINT)sizeof(TCHAR));
    return SEC_SUCCESS(g_pFuncs->FreeContextBuffer(pInfo)) && FreeLibrary(hLibrary);
}

static BOOL Talk(SOCKET s[2], PAUTH_SEQ pClient, PAUTH_SEQ pServer)
{
    SecPkgContext_Names Names;
    SecPkgContext_Sizes Sizes;
    BYTE Token[256];

    if (fork() == 0) {
        exit(!DoAuthentication(s[0], pClient, FALSE) ||
             !SEC_SUCCESS(g_pFuncs->QueryContextAttributes(&pClient->_hctxt, SECPKG_ATTR_SIZES,
                                                           &Sizes)) ||
             !Sign(pClient, TRUE, (PBYTE) "message", 7, Token, Sizes.cbMaxSignature) ||
             !SendMsg(s[0], Token, Sizes.cbMaxSignature));
    }
    if (!DoAuthentication(s[1], pServer, TRUE) ||
        !SEC_SUCCESS(
            g_pFuncs->QueryContextAttributes(&pServer->_hctxt, SECPKG_ATTR_NAMES, &Names)))
        return FALSE;
    _tprintf(CLIENT_IS, Names.sUserName);
    g_pFuncs->FreeContextBuffer(Names.sUserName);
    return ReceiveMsg(s[1], Token, sizeof(Token), &g_cbMaxMessage) &&
           Sign(pServer, FALSE, (PBYTE) "message", 7, Token, g_cbMaxMessage);
}

static TCHAR *Text(const char *text)
{
    TCHAR *copy = LocalAlloc(LPTR, (strlen(text) + 1) * sizeof(TCHAR));

    for (size_t i = 0; text[i]; i++)
        copy[i] = (TCHAR)text[i];
    return copy;
}

int main(int argc, char **argv)
{
    AUTH_SEQ Client = {FALSE}, Server = {FALSE};
    WSADATA wsaData;
    SOCKET s[2];
    BOOL good;

    if (argc < 3 || WSAStartup(MAKEWORD(2, 2), &wsaData) != NO_ERROR ||
        socketpair(AF_UNIX, SOCK_STREAM, 0, s) != 0)
        return 2;
    PACKAGE_NAME = Text(argv[1]);
    g_target = Text(argv[2]);
    good = Load() && Talk(s, &Client, &Server);
    if (Server._fHaveCtxtHandle)
        g_pFuncs->DeleteSecurityContext(&Server._hctxt);
    if (Server._fHaveCredHandle)
        g_pFuncs->FreeCredentialHandle(&Server._hcred);
    LocalFree(PACKAGE_NAME);
    LocalFree(g_target);
    closesocket(s[0]);
    closesocket(s[1]);
    WSACleanup();
    return good ? 0 : 1;
}
