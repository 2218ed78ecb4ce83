/* SPDX-License-Identifier: MIT
 *
 * Linked with the rpcsec command, before each function that its sources call of the system and
 * of libraries: RPCSEC_TEST_FAULT=NAME:N makes the N-th call of NAME fail, counted over all
 * processes of the command, and RPCSEC_TEST_FAULT_MARK names a file that tells that it did.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <krb5.h>

#include <rpcsec/dcerpc.h>
#include <rpcsec/onc.h>

/* The linker takes references of shared libraries for ones to these names too. */
#pragma GCC visibility push(default)

int __real_open(const char *path, int flags, ...);

/* Counts down; shared by the processes. */
static int *left;
static const char *wanted = "";
static size_t wanted_len;

__attribute__((constructor)) static void read_fault(void)
{
    const char *fault = secure_getenv("RPCSEC_TEST_FAULT");
    const char *colon = fault ? strchr(fault, ':') : NULL;

    if (!colon)
        return;
    left = mmap(NULL, sizeof(*left), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (left == MAP_FAILED)
        abort();
    *left = atoi(colon + 1);
    wanted = fault;
    wanted_len = (size_t)(colon - fault);
}

static bool fails(const char *name)
{
    int fd;

    if (strlen(name) != wanted_len || strncmp(name, wanted, wanted_len) != 0 ||
        __atomic_sub_fetch(left, 1, __ATOMIC_SEQ_CST) != 0)
        return false;
    fd = __real_open(secure_getenv("RPCSEC_TEST_FAULT_MARK"), O_WRONLY | O_CREAT | O_CLOEXEC,
                     0600);
    if (fd < 0)
        abort();
    close(fd);
    errno = EMFILE;
    return true;
}

static rpcsec_status out_of_memory(struct rpcsec_error *err)
{
    err->status = RPCSEC_NO_MEMORY;
    return RPCSEC_NO_MEMORY;
}

#define WRAP(type, name, params, args, failed)               \
    type __real_##name params;                               \
    type __wrap_##name params;                               \
    type __wrap_##name params                                \
    {                                                        \
        return fails(#name) ? (failed) : __real_##name args; \
    }

/* ---- The system ---- */

int __wrap_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...)
{
    size_t len = strlen(path);
    va_list args;
    mode_t mode;

    va_start(args, flags);
    mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
    va_end(args);
    /* Not what the counting of coverage writes. */
    if ((len < 5 || strcmp(path + len - 5, ".gcda") != 0) && fails("open"))
        return -1;
    return __real_open(path, flags, mode);
}

int __real_openat(int dir, const char *path, int flags, ...);
int __wrap_openat(int dir, const char *path, int flags, ...);
int __wrap_openat(int dir, const char *path, int flags, ...)
{
    va_list args;
    mode_t mode;

    va_start(args, flags);
    mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
    va_end(args);
    return fails("openat") ? -1 : __real_openat(dir, path, flags, mode);
}

FILE *__real_fdopen(int fd, const char *mode);
FILE *__wrap_fdopen(int fd, const char *mode);
FILE *__wrap_fdopen(int fd, const char *mode)
{
    return strcmp(mode, "w") == 0 && fails("fdopen") ? NULL : __real_fdopen(fd, mode);
}

WRAP(pid_t, fork, (void), (), -1)
WRAP(int, pipe2, (int fds[2], int flags), (fds, flags), -1)
WRAP(int, signalfd, (int fd, const sigset_t *set, int flags), (fd, set, flags), -1)
WRAP(int, mkdir, (const char *path, mode_t mode), (path, mode), -1)
WRAP(char *, mkdtemp, (char *path), (path), NULL)
WRAP(char *, realpath, (const char *path, char *resolved), (path, resolved), NULL)
WRAP(int, fstat, (int fd, struct stat *info), (fd, info), -1)
WRAP(int, flock, (int fd, int how), (fd, how), -1)
WRAP(int, setenv, (const char *name, const char *value, int over), (name, value, over), -1)
WRAP(ssize_t, getrandom, (void *at, size_t len, unsigned flags), (at, len, flags), -1)
WRAP(DIR *, opendir, (const char *path), (path), NULL)
WRAP(ssize_t, read, (int fd, void *at, size_t len), (fd, at, len), -1)
WRAP(ssize_t, write, (int fd, const void *at, size_t len), (fd, at, len), -1)
WRAP(int, vdprintf, (int fd, const char *format, va_list args), (fd, format, args), -1)
WRAP(int, socket, (int family, int type, int protocol), (family, type, protocol), -1)
WRAP(int, bind, (int fd, const struct sockaddr *at, socklen_t len), (fd, at, len), -1)
WRAP(int, connect, (int fd, const struct sockaddr *at, socklen_t len), (fd, at, len), -1)
WRAP(int, getsockname, (int fd, struct sockaddr *at, socklen_t *len), (fd, at, len), -1)
WRAP(int, poll, (struct pollfd * fds, nfds_t num, int ms), (fds, num, ms), -1)
WRAP(ssize_t, send, (int fd, const void *at, size_t len, int flags), (fd, at, len, flags), -1)
WRAP(int, getaddrinfo,
     (const char *host, const char *port, const struct addrinfo *hints, struct addrinfo **list),
     (host, port, hints, list), EAI_MEMORY)
WRAP(void *, calloc, (size_t num, size_t len), (num, len), NULL)
WRAP(int, pthread_create,
     (pthread_t * thread, const pthread_attr_t *attr, void *(*run)(void *), void *arg),
     (thread, attr, run, arg), EAGAIN)

/* ---- Kerberos ---- */

WRAP(krb5_error_code, krb5_init_context, (krb5_context * context), (context), ENOMEM)
WRAP(krb5_error_code, krb5_parse_name,
     (krb5_context context, const char *name, krb5_principal *principal),
     (context, name, principal), ENOMEM)
WRAP(krb5_error_code, krb5_kt_resolve,
     (krb5_context context, const char *name, krb5_keytab *keytab), (context, name, keytab),
     ENOMEM)
WRAP(krb5_error_code, krb5_kt_default, (krb5_context context, krb5_keytab *keytab),
     (context, keytab), ENOMEM)
WRAP(krb5_error_code, krb5_kt_get_name,
     (krb5_context context, krb5_keytab keytab, char *name, unsigned len),
     (context, keytab, name, len), ENOMEM)
WRAP(krb5_error_code, krb5_cc_default, (krb5_context context, krb5_ccache *ccache),
     (context, ccache), ENOMEM)
WRAP(krb5_error_code, krb5_cc_resolve,
     (krb5_context context, const char *name, krb5_ccache *ccache), (context, name, ccache),
     ENOMEM)
WRAP(krb5_error_code, krb5_cc_initialize,
     (krb5_context context, krb5_ccache ccache, krb5_principal principal),
     (context, ccache, principal), ENOMEM)
WRAP(krb5_error_code, krb5_cc_get_principal,
     (krb5_context context, krb5_ccache ccache, krb5_principal *principal),
     (context, ccache, principal), ENOMEM)
WRAP(krb5_error_code, krb5_get_init_creds_opt_alloc,
     (krb5_context context, krb5_get_init_creds_opt **options), (context, options), ENOMEM)
WRAP(krb5_error_code, krb5_get_credentials,
     (krb5_context context, krb5_flags flags, krb5_ccache ccache, krb5_creds *in,
      krb5_creds **out),
     (context, flags, ccache, in, out), ENOMEM)
WRAP(krb5_error_code, krb5_decode_ticket, (const krb5_data *code, krb5_ticket **ticket),
     (code, ticket), ENOMEM)
WRAP(krb5_error_code, krb5_enctype_to_name,
     (krb5_enctype enctype, krb5_boolean shortest, char *name, size_t len),
     (enctype, shortest, name, len), ENOMEM)

/* ---- The library ---- */

WRAP(rpcsec_status, rpcsec_policy_new,
     (struct rpcsec_policy * *policy, struct rpcsec_error *err), (policy, err),
     out_of_memory(err))
WRAP(rpcsec_status, rpcsec_policy_set_limit,
     (struct rpcsec_policy * policy, enum rpcsec_limit limit, uint64_t value),
     (policy, limit, value), RPCSEC_NO_MEMORY)
WRAP(rpcsec_status, rpcsec_policy_set_level,
     (struct rpcsec_policy * policy, enum rpcsec_level level), (policy, level),
     RPCSEC_NO_MEMORY)
WRAP(rpcsec_status, rpcsec_policy_set_anonymous, (struct rpcsec_policy * policy, bool allowed),
     (policy, allowed), RPCSEC_NO_MEMORY)
WRAP(rpcsec_status, rpcsec_policy_set_header_signing,
     (struct rpcsec_policy * policy, enum rpcsec_demand demand), (policy, demand),
     RPCSEC_NO_MEMORY)
WRAP(rpcsec_status, rpcsec_policy_set_verification_trailer,
     (struct rpcsec_policy * policy, enum rpcsec_demand demand), (policy, demand),
     RPCSEC_NO_MEMORY)
WRAP(rpcsec_status, rpcsec_policy_set_third_leg,
     (struct rpcsec_policy * policy, enum rpcsec_third_leg leg), (policy, leg),
     RPCSEC_NO_MEMORY)
WRAP(rpcsec_status, rpcsec_policy_set_mechanisms,
     (struct rpcsec_policy * policy, unsigned mechanisms), (policy, mechanisms),
     RPCSEC_NO_MEMORY)
WRAP(rpcsec_status, rpcsec_policy_set_keytab,
     (struct rpcsec_policy * policy, const char *keytab), (policy, keytab), RPCSEC_NO_MEMORY)
WRAP(rpcsec_status, rpcsec_policy_accept_spn, (struct rpcsec_policy * policy, const char *spn),
     (policy, spn), RPCSEC_NO_MEMORY)
WRAP(rpcsec_status, rpcsec_level_parse, (const char *text, enum rpcsec_level *level),
     (text, level), RPCSEC_INVALID_ARGUMENT)
WRAP(struct rpcsec_arena *, rpcsec_arena_new, (size_t max), (max), NULL)
WRAP(rpcsec_status, rpcsec_server_new,
     (struct rpcsec_policy * policy, struct rpcsec_server **server, struct rpcsec_error *err),
     (policy, server, err), out_of_memory(err))
WRAP(rpcsec_status, rpcsec_server_add,
     (struct rpcsec_server * server, struct rpcsec_service service, struct rpcsec_error *err),
     (server, service, err), out_of_memory(err))
WRAP(rpcsec_status, rpcsec_server_add_mgmt,
     (struct rpcsec_server * server, struct rpcsec_error *err), (server, err),
     out_of_memory(err))
WRAP(rpcsec_status, rpcsec_server_add_epm,
     (struct rpcsec_server * server, struct rpcsec_error *err), (server, err),
     out_of_memory(err))
WRAP(rpcsec_status, rpcsec_server_run,
     (struct rpcsec_server * server, struct rpcsec_error *err), (server, err),
     out_of_memory(err))
WRAP(rpcsec_status, rpcsec_client_bind,
     (struct rpcsec_client * client, const struct rpcsec_interface *interface,
      struct rpcsec_error *err),
     (client, interface, err), out_of_memory(err))
WRAP(rpcsec_status, rpcsec_server_on_error,
     (struct rpcsec_server * server,
      void (*hook)(void *arg, const struct rpcsec_error *error, const struct rpcsec_peer *peer),
      void *arg),
     (server, hook, arg), RPCSEC_NO_MEMORY)
WRAP(rpcsec_status, rpcsec_server_on_audit,
     (struct rpcsec_server * server, void (*hook)(void *arg, const char *line), void *arg),
     (server, hook, arg), RPCSEC_NO_MEMORY)
WRAP(rpcsec_status, rpcsec_onc_server_new,
     (struct rpcsec_policy * policy, struct rpcsec_onc_server **server,
      struct rpcsec_error *err),
     (policy, server, err), out_of_memory(err))
WRAP(rpcsec_status, rpcsec_onc_server_add_with,
     (struct rpcsec_onc_server * server, uint32_t prog, uint32_t vers,
      rpcsec_onc_dispatch *dispatch, const struct rpcsec_onc_service *service,
      struct rpcsec_error *err),
     (server, prog, vers, dispatch, service, err), out_of_memory(err))
WRAP(rpcsec_status, rpcsec_onc_server_run,
     (struct rpcsec_onc_server * server, size_t num_threads, struct rpcsec_error *err),
     (server, num_threads, err), out_of_memory(err))
