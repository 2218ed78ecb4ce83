/* SPDX-License-Identifier: MIT
 *
 * rpcsec-compat/windows.h: the little of windows.h that programs written for SSPI need to
 * compile unchanged on Linux. Opt-in: pkg-config --cflags rpcsec-compat.
 *
 * Types, text macros, times, errors and the loading of secur32.dll, which is the library
 * itself. Not here: what would pretend to work. **Source**: MicrosoftDocs/sdk-api.
 */
#ifndef RPCSEC_COMPAT_WINDOWS_H
#define RPCSEC_COMPAT_WINDOWS_H

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include <rpcsec/sspi.h>

/* ---- Types ---- */

typedef int BOOL, *PBOOL, *LPBOOL;
typedef uint8_t BYTE, *PBYTE, *LPBYTE;
typedef uint16_t WORD, *PWORD, *LPWORD;
typedef uint32_t DWORD, *PDWORD, *LPDWORD;
typedef uint32_t UINT, *PUINT;
typedef int32_t INT, *PINT, *LPINT;
typedef int16_t SHORT, *PSHORT;
typedef int32_t HRESULT, NTSTATUS;
typedef uint64_t DWORD64, ULONG64, DWORDLONG;
typedef int64_t LONG64;
typedef uintptr_t DWORD_PTR, UINT_PTR;
typedef intptr_t LONG_PTR, INT_PTR;
typedef size_t SIZE_T;
typedef float FLOAT;
typedef char CHAR, *PCHAR, *LPCH, *LPSTR, *PSTR;
typedef const char *LPCSTR, *PCSTR;
typedef SEC_WCHAR WCHAR, *PWCHAR, *LPWSTR, *PWSTR;
typedef const SEC_WCHAR *LPCWSTR, *PCWSTR;
typedef void *LPVOID, *HMODULE, *HINSTANCE, *HLOCAL, *HGLOBAL, *FARPROC;
typedef const void *LPCVOID;
typedef HANDLE *PHANDLE, *LPHANDLE;

typedef struct _FILETIME {
    DWORD dwLowDateTime;
    DWORD dwHighDateTime;
} FILETIME, *PFILETIME, *LPFILETIME;

typedef struct _SYSTEMTIME {
    WORD wYear;
    WORD wMonth;
    WORD wDayOfWeek;
    WORD wDay;
    WORD wHour;
    WORD wMinute;
    WORD wSecond;
    WORD wMilliseconds;
} SYSTEMTIME, *PSYSTEMTIME, *LPSYSTEMTIME;

typedef union _LARGE_INTEGER {
    __extension__ struct {
        DWORD LowPart;
        LONG HighPart;
    };
    LONGLONG QuadPart;
} LARGE_INTEGER, *PLARGE_INTEGER;

#define VOID  void
#define CONST const
#ifndef TRUE
#define TRUE  1
#define FALSE 0
#endif
#ifndef IN
#define IN
#define OUT
#define OPTIONAL
#endif
#define FAR
#define NEAR
#define WINAPI
#define APIENTRY
#define CALLBACK
#define __cdecl
#define __stdcall
#define MAX_PATH                  260
#define INFINITE                  0xffffffffU
#define INVALID_HANDLE_VALUE      ((HANDLE)(intptr_t)-1)
#define UNREFERENCED_PARAMETER(P) ((void)(P))
#define ZeroMemory(to, len)       memset((to), 0, (len))
#define CopyMemory(to, from, len) memcpy((to), (from), (len))
#define FillMemory(to, len, with) memset((to), (with), (len))
#define SecureZeroMemory(to, len) explicit_bzero((to), (len))

/* ---- Text ---- */

#ifdef UNICODE
typedef WCHAR TCHAR, *PTCHAR;
typedef LPWSTR LPTSTR, PTSTR;
typedef LPCWSTR LPCTSTR, PCTSTR;
#ifdef RPCSEC_UTF16
#define RPCSEC_COMPAT_TEXT(text) u##text
#else
#define RPCSEC_COMPAT_TEXT(text) L##text
#endif
#else
typedef char TCHAR, *PTCHAR;
typedef LPSTR LPTSTR, PTSTR;
typedef LPCSTR LPCTSTR, PCTSTR;
#define RPCSEC_COMPAT_TEXT(text) text
#endif
/* One more step, so that macros are expanded first. */
#define TEXT(text)           RPCSEC_COMPAT_TEXT(text)

#define lstrlenA(text)       ((int)strlen(text))
#define lstrcpyA(to, from)   strcpy((to), (from))
#define lstrcmpA(a, b)       strcmp((a), (b))
#define lstrcmpiA(a, b)      strcasecmp((a), (b))
#define _stricmp(a, b)       strcasecmp((a), (b))
#define _strnicmp(a, b, len) strncasecmp((a), (b), (len))
#define _strdup(text)        strdup(text)
#define _snprintf            snprintf
#define sprintf_s            snprintf
#ifndef UNICODE
#define lstrlen  lstrlenA
#define lstrcpy  lstrcpyA
#define lstrcmp  lstrcmpA
#define lstrcmpi lstrcmpiA
#endif

/* ---- Errors: one per thread, as errno is ---- */

#define ERROR_SUCCESS           0
#define NO_ERROR                0
#define ERROR_INVALID_HANDLE    6
#define ERROR_NOT_ENOUGH_MEMORY 8
#define ERROR_INVALID_PARAMETER 87
#define ERROR_PROC_NOT_FOUND    127
#define ERROR_MORE_DATA         234
#define S_OK                    ((HRESULT)0)
#define E_FAIL                  ((HRESULT)0x80004005)
#define SUCCEEDED(hr)           ((HRESULT)(hr) >= 0)
#define FAILED(hr)              ((HRESULT)(hr) < 0)

static inline DWORD GetLastError(void)
{
    return (DWORD)errno;
}

static inline void SetLastError(DWORD code)
{
    errno = (int)code;
}

#define FORMAT_MESSAGE_ALLOCATE_BUFFER 0x00000100U
#define FORMAT_MESSAGE_IGNORE_INSERTS  0x00000200U
#define FORMAT_MESSAGE_FROM_SYSTEM     0x00001000U

/* The sentence of the last SSPI call that failed in this thread, else of errno. */
static inline DWORD FormatMessageA(DWORD flags, LPCVOID source, DWORD code, DWORD language,
                                   LPSTR out, DWORD max, void *arguments)
{
    const struct rpcsec_error *last = rpcsec_sspi_last_error();
    const char *text = (int32_t)code < 0 ? rpcsec_error_text(last) : strerror((int)code);

    (void)source;
    (void)language;
    (void)arguments;
    if (flags & FORMAT_MESSAGE_ALLOCATE_BUFFER) {
        char *copy = strdup(text);

        memcpy(out, &copy, sizeof(copy));
        return copy ? (DWORD)strlen(copy) : 0;
    }
    if (max == 0)
        return 0;
    snprintf(out, max, "%s", text);
    return (DWORD)strlen(out);
}
#ifndef UNICODE
#define FormatMessage FormatMessageA
#endif

/* ---- Memory ---- */

#define LMEM_FIXED    0x0000U
#define LMEM_ZEROINIT 0x0040U
#define LPTR          (LMEM_FIXED | LMEM_ZEROINIT)

static inline HLOCAL LocalAlloc(UINT flags, SIZE_T len)
{
    return flags & LMEM_ZEROINIT ? calloc(1, len ? len : 1) : malloc(len ? len : 1);
}

static inline HLOCAL LocalFree(HLOCAL memory)
{
    free(memory);
    return NULL;
}

#define GlobalAlloc(flags, len)       LocalAlloc((flags), (len))
#define GlobalFree(memory)            LocalFree(memory)
#define GetProcessHeap()              ((HANDLE)1)
#define HEAP_ZERO_MEMORY              0x00000008U
#define HeapAlloc(heap, flags, len)   ((void)(heap), (flags) ? calloc(1, (len)) : malloc(len))
#define HeapFree(heap, flags, memory) ((void)(heap), (void)(flags), free(memory), TRUE)

/* Handles are tokens here, and nothing else. */
static inline BOOL CloseHandle(HANDLE handle)
{
    return rpcsec_token_close(handle) == RPCSEC_OK;
}

/* ---- Times: 100 ns since 1601 ---- */

#define RPCSEC_COMPAT_UNIX_IN_1601 INT64_C(11644473600)

static inline int64_t rpcsec_compat_ticks(const FILETIME *time)
{
    return (int64_t)((uint64_t)time->dwHighDateTime << 32 | time->dwLowDateTime);
}

static inline void rpcsec_compat_put_ticks(FILETIME *time, int64_t ticks)
{
    time->dwLowDateTime = (DWORD)ticks;
    time->dwHighDateTime = (DWORD)((uint64_t)ticks >> 32);
}

static inline void GetSystemTimeAsFileTime(FILETIME *out)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    rpcsec_compat_put_ticks(out, (now.tv_sec + RPCSEC_COMPAT_UNIX_IN_1601) * 10000000 +
                                     now.tv_nsec / 100);
}

/* Back from the local time of TimeStamp, by the offset that held at that time. */
static inline BOOL LocalFileTimeToFileTime(const FILETIME *local, FILETIME *out)
{
    int64_t ticks = rpcsec_compat_ticks(local);
    time_t when = (time_t)(ticks / 10000000 - RPCSEC_COMPAT_UNIX_IN_1601);
    struct tm fields;

    for (int i = 0; i < 2; i++) { /* the second time the offset is the right one */
        if (!localtime_r(&when, &fields))
            return FALSE;
        when = (time_t)(ticks / 10000000 - RPCSEC_COMPAT_UNIX_IN_1601) - fields.tm_gmtoff;
    }
    rpcsec_compat_put_ticks(out, ticks - (int64_t)fields.tm_gmtoff * 10000000);
    return TRUE;
}

static inline BOOL FileTimeToLocalFileTime(const FILETIME *time, FILETIME *out)
{
    int64_t ticks = rpcsec_compat_ticks(time);
    time_t when = (time_t)(ticks / 10000000 - RPCSEC_COMPAT_UNIX_IN_1601);
    struct tm fields;

    if (!localtime_r(&when, &fields))
        return FALSE;
    rpcsec_compat_put_ticks(out, ticks + (int64_t)fields.tm_gmtoff * 10000000);
    return TRUE;
}

static inline BOOL FileTimeToSystemTime(const FILETIME *time, SYSTEMTIME *out)
{
    int64_t ticks = rpcsec_compat_ticks(time);
    time_t when = (time_t)(ticks / 10000000 - RPCSEC_COMPAT_UNIX_IN_1601);
    struct tm fields;

    if (!gmtime_r(&when, &fields))
        return FALSE;
    out->wYear = (WORD)(fields.tm_year + 1900);
    out->wMonth = (WORD)(fields.tm_mon + 1);
    out->wDayOfWeek = (WORD)fields.tm_wday;
    out->wDay = (WORD)fields.tm_mday;
    out->wHour = (WORD)fields.tm_hour;
    out->wMinute = (WORD)fields.tm_min;
    out->wSecond = (WORD)fields.tm_sec;
    out->wMilliseconds = (WORD)(ticks / 10000 % 1000);
    return TRUE;
}

static inline void Sleep(DWORD ms)
{
    struct timespec time = {ms / 1000, (long)(ms % 1000) * 1000000};

    nanosleep(&time, NULL);
}

static inline DWORD GetTickCount(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (DWORD)(now.tv_sec * 1000 + now.tv_nsec / 1000000);
}

/* ---- secur32.dll and security.dll ---- */

static inline HMODULE LoadLibraryA(LPCSTR name)
{
    static char library;
    const char *slash = strrchr(name, '\\');
    const char *base = slash ? slash + 1 : name;

    if (strncasecmp(base, "secur32", 7) == 0 || strncasecmp(base, "security", 8) == 0 ||
        strncasecmp(base, "sspicli", 7) == 0)
        return &library;
    SetLastError(ENOENT);
    return NULL;
}

static inline BOOL FreeLibrary(HMODULE library)
{
    return library != NULL;
}

/* The two functions that lead to all others. */
static inline FARPROC GetProcAddress(HMODULE library, LPCSTR name)
{
    FARPROC found = NULL;

    if (!library)
        return NULL;
    if (strcmp(name, "InitSecurityInterfaceA") == 0) {
        INIT_SECURITY_INTERFACE_A init = InitSecurityInterfaceA;

        memcpy(&found, &init, sizeof(found));
    } else if (strcmp(name, "InitSecurityInterfaceW") == 0) {
        INIT_SECURITY_INTERFACE_W init = InitSecurityInterfaceW;

        memcpy(&found, &init, sizeof(found));
    } else {
        SetLastError(ERROR_PROC_NOT_FOUND);
    }
    return found;
}
#define LoadLibrary LoadLibraryA

#endif
