/* SPDX-License-Identifier: MIT
 *
 * interop/samr_users.c: lists the domains and users of a domain controller through stubs that
 * rpcsec-idl made of samr.idl. Prints "domain NAME" and "user NAME" lines, and how it was
 * protected.
 *
 *     samr_users BINDING SPN MECHANISM LEVEL HEADER-SIGNING THIRD-LEG BYTE-ORDER
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samr.h"

#define MAXIMUM_ALLOWED 0x02000000 /* MS-DTYP 2.4.3 */
#define MORE_ENTRIES    0x00000105 /* STATUS_MORE_ENTRIES, MS-ERREF 2.3 */
#define NORMAL_ACCOUNT  0x00000010 /* USER_NORMAL_ACCOUNT, MS-SAMR 2.2.1.12 */
#define SMALL_PAGE      64         /* bytes: so that several calls are needed */

struct session {
    struct rpcsec_client *client;
    struct rpcsec_arena *arena;
    struct rpcsec_error err;
};

static int fail(struct session *s, const char *what, int32_t result)
{
    if (result)
        fprintf(stderr, "%s: 0x%08x\n", what, (unsigned)result);
    else
        fprintf(stderr, "%s: %s\n", what, rpcsec_error_text(&s->err));
    return 1;
}

static void print_text(const char *what, const text *name)
{
    printf("%s ", what);
    for (unsigned n = 0; n < name->len / 2u; n++)
        putchar(name->units[n] < 128 ? name->units[n] : '?');
    putchar('\n');
}

/* ---- users ---- */

static int list_users(struct session *s, handle_value domain)
{
    uint32_t context = 0;
    int32_t result = MORE_ENTRIES;

    while (result == MORE_ENTRIES) {
        entries *found = NULL;
        uint32_t num;

        if (samr_EnumerateUsers(s->client, s->arena, domain, &context, NORMAL_ACCOUNT, &found,
                                SMALL_PAGE, &num, &result, &s->err))
            return fail(s, "EnumerateUsers", 0);
        if (result && result != MORE_ENTRIES)
            return fail(s, "EnumerateUsers", result);
        for (uint32_t n = 0; found && n < found->num; n++)
            print_text("user", &found->items[n].name);
    }
    return 0;
}

static int list_domain(struct session *s, handle_value server, const text *name)
{
    handle_value domain = {{0}};
    sid *domain_id = NULL;
    int32_t result;
    int code;

    print_text("domain", name);
    if (samr_LookupDomain(s->client, s->arena, server, name, &domain_id, &result, &s->err) ||
        result)
        return fail(s, "LookupDomain", s->err.status ? 0 : result);
    if (samr_OpenDomain(s->client, s->arena, server, MAXIMUM_ALLOWED, domain_id, &domain,
                        &result, &s->err) ||
        result)
        return fail(s, "OpenDomain", s->err.status ? 0 : result);
    code = list_users(s, domain);
    if (!code && (samr_CloseHandle(s->client, s->arena, &domain, &result, &s->err) || result))
        code = fail(s, "CloseHandle", s->err.status ? 0 : result);
    return code;
}

/* ---- domains ---- */

static int list_domains(struct session *s, handle_value server)
{
    entries *found = NULL;
    uint32_t context = 0;
    uint32_t num;
    int32_t result;
    int code = 0;

    if (samr_EnumerateDomains(s->client, s->arena, server, &context, &found, 65536, &num,
                              &result, &s->err) ||
        result)
        return fail(s, "EnumerateDomains", s->err.status ? 0 : result);
    for (uint32_t n = 0; found && n < found->num && !code; n++)
        code = list_domain(s, server, &found->items[n].name);
    return code;
}

static int list_server(struct session *s)
{
    const revision wanted = {.v1 = {3, 0}};
    const struct rpcsec_peer *peer;
    revision got;
    handle_value server = {{0}};
    uint32_t version;
    int32_t result;

    if (samr_Connect5(s->client, s->arena, NULL, MAXIMUM_ALLOWED, 1, &wanted, &version, &got,
                      &server, &result, &s->err) ||
        result)
        return fail(s, "Connect5", s->err.status ? 0 : result);
    peer = rpcsec_client_peer(s->client);
    printf("peer %s %s %s\n", peer->principal, rpcsec_mechanism_name(peer->mechanism),
           rpcsec_level_name(peer->level));
    return list_domains(s, server);
}

/* ---- opening ---- */

static rpcsec_status set_policy(struct rpcsec_policy *policy, char **argv)
{
    rpcsec_status status = RPCSEC_OK;

    if (strcmp(argv[5], "off") == 0)
        status = rpcsec_policy_set_header_signing(policy, RPCSEC_OFF);
    if (!status && strcmp(argv[6], "auth3") == 0)
        status = rpcsec_policy_set_third_leg(policy, RPCSEC_THIRD_LEG_AUTH3);
    return status;
}

static rpcsec_status open_client(struct session *s, char **argv)
{
    struct rpcsec_client_options options = {
        .size = sizeof(options),
        .mechanism =
            strcmp(argv[3], "negotiate") == 0 ? RPCSEC_MECH_NEGOTIATE : RPCSEC_MECH_KERBEROS,
        .big_endian = strcmp(argv[7], "big") == 0,
    };
    rpcsec_status status = rpcsec_policy_new(&options.policy, &s->err);

    if (!status)
        status = set_policy(options.policy, argv);
    if (!status)
        status = rpcsec_level_parse(argv[4], &options.level);
    if (!status)
        status = rpcsec_client_open_with(argv[1], argv[2], &options, &s->client, &s->err);
    rpcsec_policy_free(options.policy);
    return status;
}

int main(int argc, char **argv)
{
    struct session s = {.arena = rpcsec_arena_new(0), .err = RPCSEC_ERROR_INIT};
    int code;

    if (argc != 8 || !s.arena) {
        fprintf(
            stderr,
            "usage: samr_users BINDING SPN MECHANISM LEVEL on|off alter|auth3 little|big\n");
        return 2;
    }
    code = open_client(&s, argv) ? fail(&s, "open", 0) : list_server(&s);
    rpcsec_client_close(s.client);
    rpcsec_arena_free(s.arena);
    return code;
}
