/* SPDX-License-Identifier: MIT
 *
 * tools/realm_kdc.c: what stands in a throw-away realm: configuration, database, principals, a
 * KDC on a free loopback port, keytabs and tickets. Layer: tools.
 *
 * Keys are random; nothing outside the realm's directory is read or written.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <krb5.h>

#include "realm.h"

#define PORT_TRIES     5
#define READY_TRIES    2000
#define READY_PAUSE_MS 5 /* together 10 s: a KDC is up in milliseconds */
#define USER_KEYTAB    "users.keytab"

/* ---- Programs ---- */

static bool find_program(const char *name, char *path, size_t path_len)
{
    static const char places[] = ":/usr/sbin:/usr/local/sbin:/usr/lib/mit/sbin:/sbin";
    char list[4096];
    char *rest = list;
    const char *from = secure_getenv("PATH");

    snprintf(list, sizeof(list), "%s%s", from ? from : "", places);
    for (char *dir = strsep(&rest, ":"); dir; dir = strsep(&rest, ":")) {
        int len = snprintf(path, path_len, "%s/%s", dir, name);

        if (dir[0] == '/' && len > 0 && (size_t)len < path_len && access(path, X_OK) == 0)
            return true;
    }
    return false;
}

/* In the child: stdin as given, output into the log, nothing else inherited. */
static void exec_program(const struct realm *realm, char **argv, int in, pid_t parent)
{
    int log = realm_open_file(realm, "setup.log", O_APPEND);
    sigset_t none;

    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent || log < 0)
        _exit(1);
    if (dup2(in, 0) < 0 || dup2(log, 1) < 0 || dup2(log, 2) < 0)
        _exit(1);
    close_range(3, ~0U, 0);
    umask(077);
    execv(argv[0], argv);
    perror(argv[0]);
    _exit(127);
}

static pid_t start_program(const struct realm *realm, char **argv, const char *package, int in)
{
    char path[PATH_MAX];
    pid_t parent = getpid();
    pid_t pid;

    if (!find_program(argv[0], path, sizeof(path))) {
        tool_fail(realm->tool, TOOL_FAILED, "%s not found: install %s (Debian's name)", argv[0],
                  package);
        return -1;
    }
    argv[0] = path;
    pid = fork();
    if (pid == 0)
        exec_program(realm, argv, in, parent);
    if (pid < 0)
        tool_fail(realm->tool, TOOL_FAILED, "cannot start %s: %s", path, strerror(errno));
    return pid;
}

static int open_null(void)
{
    return open("/dev/null", O_RDWR | O_CLOEXEC);
}

/* The last line a program wrote, for the message about its failure. */
static const char *last_log_line(const struct realm *realm, char *text, size_t text_len)
{
    int fd = openat(realm->dir_fd, "setup.log", O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    off_t end = fd < 0 ? 0 : lseek(fd, 0, SEEK_END);
    off_t from = end > (off_t)text_len - 1 ? end - (off_t)text_len + 1 : 0;
    ssize_t len = fd < 0 ? 0 : pread(fd, text, text_len - 1, from);
    char *line;

    if (fd >= 0)
        close(fd);
    text[len > 0 ? len : 0] = '\0';
    while (len > 0 && text[len - 1] == '\n')
        text[--len] = '\0';
    line = strrchr(text, '\n');
    return line ? line + 1 : text;
}

static int run_program(const struct realm *realm, char **argv, const char *package, int in)
{
    const char *name = argv[0];
    char text[400];
    int status = 0;
    pid_t pid = start_program(realm, argv, package, in);

    if (pid < 0)
        return TOOL_FAILED;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            break;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return TOOL_OK;
    return tool_fail(realm->tool, TOOL_FAILED, "%s failed: %s", name,
                     last_log_line(realm, text, sizeof(text)));
}

/* ---- Configuration ---- */

static int write_krb5_conf(const struct realm *realm)
{
    const struct realm_settings *settings = realm->settings;
    const char *name = settings->name;

    return realm_write_file(realm, "krb5.conf",
                            "[libdefaults]\n"
                            "    default_realm = %s\n"
                            "    dns_lookup_kdc = false\n"
                            "    dns_lookup_realm = false\n"
                            "    dns_canonicalize_hostname = false\n"
                            "    rdns = false\n"
                            "    udp_preference_limit = 1\n"
                            "    permitted_enctypes = %s\n"
                            "    ticket_lifetime = %llus\n"
                            "    clockskew = %llu\n"
                            "[realms]\n"
                            "    %s = {\n"
                            "        kdc = 127.0.0.1:%d\n"
                            "    }\n"
                            "[domain_realm]\n"
                            "    localhost = %s\n",
                            name, settings->enctypes, (unsigned long long)settings->lifetime_s,
                            (unsigned long long)settings->clockskew_s, name, realm->port, name);
}

/* "a,b" and "a b" to kdc.conf's "a:normal b:normal". */
static void salt_enctypes(const char *enctypes, char *text, size_t text_len)
{
    size_t used = 0;
    size_t word;

    text[0] = '\0';
    for (; *enctypes; enctypes += word) {
        enctypes += strspn(enctypes, ", ");
        word = strcspn(enctypes, ", ");
        if (word && used + word + 9 < text_len)
            used += (size_t)snprintf(text + used, text_len - used, "%.*s:normal ", (int)word,
                                     enctypes);
    }
}

static int write_kdc_conf(const struct realm *realm)
{
    const struct realm_settings *settings = realm->settings;
    char salted[512];

    salt_enctypes(settings->enctypes, salted, sizeof(salted));
    /* TCP only: one port to find free, and what udp_preference_limit = 1 uses first. */
    return realm_write_file(realm, "kdc.conf",
                            "[kdcdefaults]\n"
                            "    kdc_listen = \"\"\n"
                            "    kdc_tcp_listen = 127.0.0.1:%d\n"
                            "[realms]\n"
                            "    %s = {\n"
                            "        database_name = %s/principal\n"
                            "        key_stash_file = %s/stash\n"
                            "        acl_file = %s/acl\n"
                            "        supported_enctypes = %s\n"
                            "        max_life = %llus\n"
                            "    }\n"
                            "[logging]\n"
                            "    kdc = FILE:%s/kdc.log\n"
                            "    admin_server = FILE:%s/kdc.log\n"
                            "    default = FILE:%s/kdc.log\n",
                            realm->port, settings->name, realm->path, realm->path, realm->path,
                            salted, (unsigned long long)settings->lifetime_s, realm->path,
                            realm->path, realm->path);
}

/* A port that was free a moment ago; start_kdc tries another when it was taken since. */
static int find_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(address);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int port = -1;

    if (fd < 0)
        return -1;
    if (bind(fd, (struct sockaddr *)&address, len) == 0 &&
        getsockname(fd, (struct sockaddr *)&address, &len) == 0)
        port = ntohs(address.sin_port);
    close(fd);
    return port;
}

static int write_configuration(struct realm *realm)
{
    int code;

    realm->port = find_port();
    if (realm->port < 0)
        return tool_fail(realm->tool, TOOL_FAILED, "no free port on 127.0.0.1: %s",
                         strerror(errno));
    code = write_krb5_conf(realm);
    return code ? code : write_kdc_conf(realm);
}

/* ---- Database ---- */

static int create_database(const struct realm *realm)
{
    char name[] = "kdb5_util", create[] = "create", stash[] = "-s", password[] = "-P";
    char realm_flag[] = "-r", secret[2 * 16 + 1] = "", realm_name[256];
    char *argv[] = {name, realm_flag, realm_name, create, stash, password, secret, NULL};
    unsigned char random[16];
    int in = open_null();
    int code;

    if (in < 0 || getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random))
        return tool_fail(realm->tool, TOOL_FAILED, "no random bytes: %s", strerror(errno));
    for (size_t n = 0; n < sizeof(random); n++)
        snprintf(secret + 2 * n, 3, "%02x", random[n]);
    snprintf(realm_name, sizeof(realm_name), "%s", realm->settings->name);
    code = run_program(realm, argv, "krb5-kdc", in);
    close(in);
    return code;
}

bool realm_is_principal(const char *name)
{
    size_t len = strlen(name);
    const char *slash = strchr(name, '/');

    if (len == 0 || len > 200 || name[0] == '-')
        return false;
    if (slash && (slash == name || slash[1] == '\0' || strchr(slash + 1, '/')))
        return false;
    return strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                        "0123456789._-$/") == len;
}

bool realm_is_service(const char *principal)
{
    return strchr(principal, '/') != NULL;
}

static const char *keytab_of(const char *principal)
{
    return realm_is_service(principal) ? "keytab" : USER_KEYTAB;
}

static bool in_keytab(const struct realm *realm, krb5_context context, const char *principal)
{
    char path[PATH_MAX];
    krb5_keytab keytab = NULL;
    krb5_principal name = NULL;
    krb5_keytab_entry entry;
    bool found = false;

    snprintf(path, sizeof(path), "FILE:%s/%s", realm->path, keytab_of(principal));
    if (krb5_kt_resolve(context, path, &keytab) != 0)
        return false;
    if (krb5_parse_name(context, principal, &name) == 0 &&
        krb5_kt_get_entry(context, keytab, name, 0, 0, &entry) == 0) {
        found = true;
        krb5_free_keytab_entry_contents(context, &entry);
    }
    krb5_free_principal(context, name);
    krb5_kt_close(context, keytab);
    return found;
}

/* kadmin.local's input: one pair of lines for each principal that is not there yet. */
static int write_principals(const struct realm *realm, krb5_context context, bool *ret_any)
{
    const struct tool_list *list = &realm->settings->principals;
    FILE *script;
    int fd = realm_open_file(realm, "principals", O_TRUNC);

    script = fd < 0 ? NULL : fdopen(fd, "w");
    if (!script)
        return tool_fail(realm->tool, TOOL_FAILED, "cannot write %s/principals: %s",
                         realm->path, strerror(errno));
    *ret_any = false;
    for (size_t n = 0; n < list->num; n++) {
        if (in_keytab(realm, context, list->items[n]))
            continue;
        *ret_any = true;
        fprintf(script, "addprinc -randkey \"%s\"\n", list->items[n]);
        fprintf(script, "ktadd -q -norandkey -k \"%s/%s\" \"%s\"\n", realm->path,
                keytab_of(list->items[n]), list->items[n]);
    }
    if (fclose(script) != 0)
        return tool_fail(realm->tool, TOOL_FAILED, "cannot write %s/principals: %s",
                         realm->path, strerror(errno));
    return TOOL_OK;
}

/* kadmin.local ends with 0 whatever its commands did: the keytab tells whether they worked. */
static int add_principals(const struct realm *realm, krb5_context context)
{
    const struct tool_list *list = &realm->settings->principals;
    char name[] = "kadmin.local", realm_flag[] = "-r", realm_name[256], text[400];
    char *argv[] = {name, realm_flag, realm_name, NULL};
    bool any = false;
    int code = write_principals(realm, context, &any);
    int in;

    if (code || !any)
        return code;
    snprintf(realm_name, sizeof(realm_name), "%s", realm->settings->name);
    in = openat(realm->dir_fd, "principals", O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    code = run_program(realm, argv, "krb5-admin-server", in);
    if (in >= 0)
        close(in);
    for (size_t n = 0; n < list->num && code == TOOL_OK; n++)
        if (!in_keytab(realm, context, list->items[n]))
            code = tool_fail(realm->tool, TOOL_FAILED, "cannot add the principal %s: %s",
                             list->items[n], last_log_line(realm, text, sizeof(text)));
    return code;
}

/* ---- KDC ---- */

static bool can_connect(int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool connected;

    if (fd < 0)
        return false;
    connected = connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0;
    close(fd);
    return connected;
}

/* 0 ready, 1 it ended (its port was taken, most likely), 2 it takes too long. */
static int wait_for_kdc(struct realm *realm)
{
    struct timespec pause = {.tv_nsec = READY_PAUSE_MS * 1000000L};

    for (int n = 0; n < READY_TRIES; n++) {
        if (waitpid(realm->kdc, NULL, WNOHANG) == realm->kdc) {
            realm->kdc = 0;
            return 1;
        }
        if (can_connect(realm->port))
            return 0;
        nanosleep(&pause, NULL);
    }
    return 2;
}

static int start_kdc(struct realm *realm)
{
    char text[400];
    int in = open_null();

    for (int n = 0; n < PORT_TRIES; n++) {
        char name[] = "krb5kdc", foreground[] = "-n";
        char *argv[] = {name, foreground, NULL};
        int code = n ? write_configuration(realm) : TOOL_OK;
        pid_t pid = code ? -1 : start_program(realm, argv, "krb5-kdc", in);

        if (pid < 0)
            return TOOL_FAILED;
        realm->kdc = pid;
        code = wait_for_kdc(realm);
        if (code == 2)
            return tool_fail(realm->tool, TOOL_UNREACHABLE,
                             "krb5kdc does not answer on 127.0.0.1:%d after 10 s", realm->port);
        if (code == 0)
            return close(in), TOOL_OK;
    }
    return tool_fail(realm->tool, TOOL_FAILED, "krb5kdc does not start: %s",
                     last_log_line(realm, text, sizeof(text)));
}

/* ---- Tickets ---- */

static krb5_error_code fill_ccache(const struct realm *realm, krb5_context context,
                                   krb5_principal client, krb5_keytab keytab,
                                   krb5_ccache ccache)
{
    krb5_get_init_creds_opt *options = NULL;
    krb5_creds creds;
    krb5_error_code error = krb5_get_init_creds_opt_alloc(context, &options);

    if (error)
        return error;
    krb5_get_init_creds_opt_set_tkt_life(options, (krb5_deltat)realm->settings->lifetime_s);
    error = krb5_get_init_creds_keytab(context, &creds, client, keytab, 0, NULL, options);
    if (!error) {
        error = krb5_cc_initialize(context, ccache, client);
        if (!error)
            error = krb5_cc_store_cred(context, ccache, &creds);
        krb5_free_cred_contents(context, &creds);
    }
    krb5_get_init_creds_opt_free(context, options);
    return error;
}

static int get_ticket(const struct realm *realm, krb5_context context, const char *user)
{
    char keytab_name[PATH_MAX], ccache_name[PATH_MAX];
    krb5_principal client = NULL;
    krb5_keytab keytab = NULL;
    krb5_ccache ccache = NULL;
    krb5_error_code error;
    const char *text;

    snprintf(keytab_name, sizeof(keytab_name), "FILE:%s/" USER_KEYTAB, realm->path);
    snprintf(ccache_name, sizeof(ccache_name), "FILE:%s/%s.ccache", realm->path, user);
    error = krb5_parse_name(context, user, &client);
    if (!error)
        error = krb5_kt_resolve(context, keytab_name, &keytab);
    if (!error)
        error = krb5_cc_resolve(context, ccache_name, &ccache);
    if (!error)
        error = fill_ccache(realm, context, client, keytab, ccache);
    if (error) {
        text = krb5_get_error_message(context, error);
        tool_fail(realm->tool, TOOL_DENIED, "no ticket for %s: %s", user, text);
        krb5_free_error_message(context, text);
    }
    if (ccache)
        krb5_cc_close(context, ccache);
    if (keytab)
        krb5_kt_close(context, keytab);
    krb5_free_principal(context, client);
    return error ? TOOL_DENIED : TOOL_OK;
}

static int get_tickets(const struct realm *realm, krb5_context context)
{
    const struct tool_list *list = &realm->settings->principals;
    int code = TOOL_OK;

    for (size_t n = 0; n < list->num && code == TOOL_OK; n++)
        if (!realm_is_service(list->items[n]))
            code = get_ticket(realm, context, list->items[n]);
    return code;
}

/* ---- All of it ---- */

static int start_with(struct realm *realm, krb5_context context)
{
    int code = TOOL_OK;

    if (realm->is_new)
        code = create_database(realm);
    if (code == TOOL_OK)
        code = add_principals(realm, context);
    if (code == TOOL_OK)
        code = start_kdc(realm);
    if (code == TOOL_OK)
        code = get_tickets(realm, context);
    return code ? code : realm_dir_complete(realm);
}

int realm_start(struct realm *realm)
{
    krb5_context context = NULL;
    int code = write_configuration(realm);

    if (code)
        return code;
    if (krb5_init_context(&context) != 0)
        return tool_fail(realm->tool, TOOL_FAILED, "the Kerberos library refuses %s/krb5.conf",
                         realm->path);
    code = start_with(realm, context);
    krb5_free_context(context);
    return code;
}
