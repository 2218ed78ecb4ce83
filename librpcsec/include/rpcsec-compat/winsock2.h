/* SPDX-License-Identifier: MIT
 *
 * rpcsec-compat/winsock2.h: sockets of Linux under the names of Winsock.
 *
 * A SOCKET is a descriptor; INVALID_SOCKET is -1. Errors are those of errno.
 */
#ifndef RPCSEC_COMPAT_WINSOCK2_H
#define RPCSEC_COMPAT_WINSOCK2_H

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/socket.h>

#include <windows.h>

typedef int SOCKET;
typedef struct sockaddr SOCKADDR, *PSOCKADDR, *LPSOCKADDR;
typedef struct sockaddr_in SOCKADDR_IN, *PSOCKADDR_IN, *LPSOCKADDR_IN;
typedef struct hostent HOSTENT, *PHOSTENT, *LPHOSTENT;
typedef struct in_addr IN_ADDR;

typedef struct WSAData {
    WORD wVersion;
    WORD wHighVersion;
    char szDescription[257];
    char szSystemStatus[129];
} WSADATA, *LPWSADATA;

#define INVALID_SOCKET   (-1)
#define SOCKET_ERROR     (-1)
#define SD_RECEIVE       SHUT_RD
#define SD_SEND          SHUT_WR
#define SD_BOTH          SHUT_RDWR
#define WSAEWOULDBLOCK   EWOULDBLOCK
#define WSAECONNRESET    ECONNRESET
#define WSAECONNREFUSED  ECONNREFUSED
#define WSAEINTR         EINTR
#define MAKEWORD(lo, hi) ((WORD)(((BYTE)(lo)) | ((WORD)((BYTE)(hi))) << 8))

static inline int WSAStartup(WORD version, WSADATA *data)
{
    memset(data, 0, sizeof(*data));
    data->wVersion = data->wHighVersion = version;
    return 0;
}

static inline int WSACleanup(void)
{
    return 0;
}

static inline int WSAGetLastError(void)
{
    return errno;
}

#define closesocket(s)              close(s)
#define ioctlsocket(s, what, value) ioctl((s), (what), (value))

#endif
