/* SPDX-License-Identifier: MIT
 *
 * packages/pac.c: who a client is in its domain, from its ticket's PAC. Layer: packages.
 * Documents: MS-PAC 2.5, MS-RPCE 2.2.6, MS-DTYP 2.4.2.
 *
 * One structure of NDR, read by hand: its fixed part first, then what its pointers point to, in
 * the order of the pointers. Groups come from three lists: RIDs of the account's domain, whole
 * SIDs, and RIDs of the resource domain.
 */
#include "packages/pac.h"

#include <string.h>

#include "base/arena.h"
#include "base/cursor.h"
#include "base/limits.h"
#include "base/text.h"

#define SERIALIZE_VERSION   1
#define SERIALIZE_LITTLE    0x10
#define COMMON_HEAD_LEN     8
#define MAX_BODY_PAD        7 /* MS-RPCE 2.2.6.2: bodies are padded to a multiple of 8 */

#define MAX_SUB_AUTHORITIES 15  /* MS-DTYP 2.4.2.2 */
#define SID_TEXT_LEN        192 /* bytes: "S-1-", 15 digits, 15 times a dash and 10 digits */

#define GROUP_ENABLED       0x4u /* MS-PAC 2.2.1: SE_GROUP_ENABLED */

#define GROUP_LEN           8 /* GROUP_MEMBERSHIP: RID, attributes */
#define SID_ELEM_LEN        8 /* KERB_SID_AND_ATTRIBUTES: pointer, attributes */
#define ARENA_MAX_LEN       (4u << 20)
#define NUM_FILETIMES       6
#define NUM_NAMES           6 /* RPC_UNICODE_STRINGs before LogonCount; the first is EffectiveName */

struct sid {
    uint64_t authority;
    uint32_t sub[MAX_SUB_AUTHORITIES];
    uint32_t num;
};

struct string {
    uint16_t len; /* bytes */
    uint16_t max;
    uint32_t pointer;
};

/* The fixed part. */
struct logon_info {
    struct string names[NUM_NAMES];
    uint32_t user_rid;
    uint32_t primary_rid;
    uint32_t num_groups;
    uint32_t groups;
    struct string server;
    struct string domain;
    uint32_t domain_sid;
    uint32_t num_sids;
    uint32_t sids;
    uint32_t resource_sid;
    uint32_t num_resources;
    uint32_t resources;
};

/* What is being gathered. */
struct gather {
    struct pac *pac;
    const char **groups;
    struct rpcsec_arena *arena;
};

/* ---- The fixed part ---- */

static struct string read_string(struct cur *c)
{
    struct string string;

    string.len = cur_u16(c);
    string.max = cur_u16(c);
    string.pointer = cur_u32(c);
    return string;
}

static void read_logon_info(struct cur *c, struct logon_info *info)
{
    cur_skip(c, NUM_FILETIMES * 8);
    for (size_t i = 0; i < NUM_NAMES; i++)
        info->names[i] = read_string(c);
    cur_skip(c, 4); /* LogonCount, BadPasswordCount */
    info->user_rid = cur_u32(c);
    info->primary_rid = cur_u32(c);
    info->num_groups = cur_u32(c);
    info->groups = cur_u32(c);
    cur_skip(c, 4 + 16); /* UserFlags, UserSessionKey */
    info->server = read_string(c);
    info->domain = read_string(c);
    info->domain_sid = cur_u32(c);
    cur_skip(c, 8 + 4 + 4 + 8 + 8 + 4 + 4); /* Reserved1 ... Reserved3 */
    info->num_sids = cur_u32(c);
    info->sids = cur_u32(c);
    info->resource_sid = cur_u32(c);
    info->num_resources = cur_u32(c);
    info->resources = cur_u32(c);
}

/* ---- What pointers point to ---- */

/* C706 14.3.4.2: a conformant and varying array of UTF-16. Empty without a pointer. */
static struct cur open_string(struct cur *c, const struct string *string)
{
    struct cur none = {.start = c->start};
    uint32_t max;
    uint32_t offset;
    uint32_t len;

    if (string->pointer == 0) {
        if (string->len > 0)
            cur_fail(c, RPCSEC_BAD_FORMAT);
        none.status = c->status;
        return none;
    }
    cur_align(c, 4);
    max = cur_u32(c);
    offset = cur_u32(c);
    len = cur_u32(c);
    if (offset != 0 || len > max || (size_t)len * 2 != string->len ||
        (size_t)max * 2 != string->max)
        cur_fail(c, RPCSEC_BAD_FORMAT);
    return cur_child(c, cur_count(c, len, 2) * 2);
}

static void skip_string(struct cur *c, const struct string *string)
{
    (void)open_string(c, string);
}

static const char *read_text(struct cur *c, const struct string *string,
                             struct rpcsec_arena *arena)
{
    struct cur units = open_string(c, string);
    size_t num = cur_left(&units) / 2;
    uint16_t *wide = arena_array(arena, num + 1, sizeof(*wide), 2);
    char *text = arena_array(arena, num * 3 + 1, 1, 1);
    size_t len = 0;
    rpcsec_status status;

    if (!wide || !text) {
        cur_fail(c, RPCSEC_NO_MEMORY);
        return "";
    }
    for (size_t i = 0; i < num; i++)
        wide[i] = cur_u16(&units);
    status = text_from_utf16(wide, num, text, num * 3, &len);
    if (status != RPCSEC_OK || memchr(text, 0, len))
        cur_fail(c, RPCSEC_BAD_FORMAT);
    text[status == RPCSEC_OK ? len : 0] = '\0';
    return text;
}

/* MS-DTYP 2.4.2.3: RPC_SID, its count again in front. */
static void read_sid(struct cur *c, struct sid *sid)
{
    uint32_t count;

    memset(sid, 0, sizeof(*sid));
    cur_align(c, 4);
    count = cur_u32(c);
    if (cur_u8(c) != 1 /* revision */ || cur_u8(c) != count || count > MAX_SUB_AUTHORITIES)
        cur_fail(c, RPCSEC_BAD_FORMAT);
    for (size_t i = 0; i < 6; i++)
        sid->authority = sid->authority << 8 | cur_u8(c);
    sid->num = (uint32_t)cur_count(c, count, 4);
    for (size_t i = 0; i < sid->num; i++)
        sid->sub[i] = cur_u32(c);
}

/* MS-DTYP 2.4.2.1: authorities beyond 32 bits are written in hexadecimal. */
static const char *sid_text(struct cur *c, const struct sid *sid, struct rpcsec_arena *arena)
{
    char text[SID_TEXT_LEN];
    size_t at;
    char *copy;

    text_print(text, sizeof(text), sid->authority >> 32 ? "S-1-0x%llX" : "S-1-%llu",
               (unsigned long long)sid->authority);
    at = strlen(text);
    for (size_t i = 0; i < sid->num; i++) {
        text_print(text + at, sizeof(text) - at, "-%u", (unsigned)sid->sub[i]);
        at += strlen(text + at);
    }
    copy = arena_strndup(arena, text, at);
    if (!copy)
        cur_fail(c, RPCSEC_NO_MEMORY);
    return copy;
}

/* The SID of a RID in a domain. */
static const char *member_text(struct cur *c, const struct sid *domain, uint32_t rid,
                               struct rpcsec_arena *arena)
{
    struct sid sid = *domain;

    if (sid.num == 0 || sid.num == MAX_SUB_AUTHORITIES) {
        cur_fail(c, RPCSEC_BAD_FORMAT);
        return NULL;
    }
    sid.sub[sid.num++] = rid;
    return sid_text(c, &sid, arena);
}

/* ---- Groups ---- */

/* Room for all groups that the fixed part announces, and the primary one. */
static void make_room(struct cur *c, struct gather *gather, const struct logon_info *info)
{
    uint64_t num = (uint64_t)info->num_groups + info->num_sids + info->num_resources + 1;

    if (num > LIMIT_PAC_SIDS) {
        cur_fail(c, RPCSEC_LIMIT);
        return;
    }
    gather->groups = rpcsec_arena_alloc(gather->arena, (size_t)num * sizeof(*gather->groups));
    if (!gather->groups)
        cur_fail(c, RPCSEC_NO_MEMORY);
}

static void add_group(struct cur *c, struct gather *gather, const char *sid)
{
    if (sid && cur_status(c) == RPCSEC_OK)
        gather->groups[gather->pac->num_groups++] = sid;
}

static bool has_group(const struct gather *gather, const char *sid)
{
    for (size_t i = 0; sid && i < gather->pac->num_groups; i++) {
        if (strcmp(gather->groups[i], sid) == 0)
            return true;
    }
    return false;
}

/* The count in front of an array is that of the fixed part. A child over its elements. */
static struct cur open_array(struct cur *c, uint32_t pointer, uint32_t num, size_t element_len)
{
    struct cur none = {.start = c->start};

    if (pointer == 0) {
        if (num > 0)
            cur_fail(c, RPCSEC_BAD_FORMAT);
        none.status = c->status;
        return none;
    }
    cur_align(c, 4);
    if (cur_u32(c) != num)
        cur_fail(c, RPCSEC_BAD_FORMAT);
    return cur_child(c, cur_count(c, num, element_len) * element_len);
}

static void add_members(struct cur *c, struct gather *gather, struct cur members,
                        const struct sid *domain)
{
    while (cur_left(&members) > 0 && cur_status(c) == RPCSEC_OK) {
        uint32_t rid = cur_u32(&members);

        if (cur_u32(&members) & GROUP_ENABLED)
            add_group(c, gather, member_text(c, domain, rid, gather->arena));
    }
}

/* The primary group, which most KDCs also name among the others. */
static void add_primary(struct cur *c, struct gather *gather, const struct sid *domain,
                        uint32_t rid)
{
    const char *sid = member_text(c, domain, rid, gather->arena);

    if (!has_group(gather, sid))
        add_group(c, gather, sid);
}

/* ExtraSids: the array of pointers, then the SIDs. Gives the first for accounts without RID. */
static const char *add_sids(struct cur *c, struct gather *gather, const struct logon_info *info)
{
    struct cur elements = open_array(c, info->sids, info->num_sids, SID_ELEM_LEN);
    const char *first = NULL;

    while (cur_left(&elements) > 0 && cur_status(c) == RPCSEC_OK) {
        uint32_t pointer = cur_u32(&elements);
        uint32_t attributes = cur_u32(&elements);
        const char *text;
        struct sid sid;

        if (pointer == 0) {
            cur_fail(c, RPCSEC_BAD_FORMAT);
            break;
        }
        read_sid(c, &sid);
        text = sid_text(c, &sid, gather->arena);
        if (!first && info->user_rid == 0)
            first = text; /* MS-PAC 2.5, UserId: the account itself */
        else if (attributes & GROUP_ENABLED)
            add_group(c, gather, text);
    }
    return first;
}

static void add_resources(struct cur *c, struct gather *gather, const struct logon_info *info)
{
    struct sid domain = {.num = 0};
    struct cur members;

    if (info->resource_sid)
        read_sid(c, &domain);
    members = open_array(c, info->resources, info->num_resources, GROUP_LEN);
    add_members(c, gather, members, &domain);
}

/* ---- The whole ---- */

static void read_pointees(struct cur *c, struct gather *gather, const struct logon_info *info)
{
    struct sid domain = {.num = 0};
    const char *account = NULL;
    const char *first;
    struct cur members;

    make_room(c, gather, info);
    gather->pac->name = read_text(c, &info->names[0], gather->arena);
    for (size_t i = 1; i < NUM_NAMES; i++)
        skip_string(c, &info->names[i]);
    members = open_array(c, info->groups, info->num_groups, GROUP_LEN);
    skip_string(c, &info->server);
    gather->pac->domain = read_text(c, &info->domain, gather->arena);
    if (info->domain_sid)
        read_sid(c, &domain);
    if (info->user_rid != 0)
        account = member_text(c, &domain, info->user_rid, gather->arena);
    add_members(c, gather, members, &domain);
    if (info->primary_rid != 0)
        add_primary(c, gather, &domain, info->primary_rid);
    first = add_sids(c, gather, info);
    add_resources(c, gather, info);
    gather->pac->user = account ? account : first;
    if (!gather->pac->user)
        cur_fail(c, RPCSEC_BAD_FORMAT);
}

/* MS-RPCE 2.2.6.1, 2.2.6.2: the body behind the two headers. */
static struct cur open_body(struct cur *c)
{
    uint32_t len;

    if (cur_u8(c) != SERIALIZE_VERSION || cur_u8(c) != SERIALIZE_LITTLE ||
        cur_u16(c) != COMMON_HEAD_LEN)
        cur_fail(c, RPCSEC_BAD_FORMAT);
    cur_skip(c, 4);
    len = cur_u32(c);
    cur_skip(c, 4);
    return cur_child(c, len);
}

static rpcsec_status decode(const uint8_t *bytes, size_t len, struct gather *gather)
{
    struct logon_info info = {.groups = 0};
    struct cur c;
    struct cur body;
    rpcsec_status status;

    cur_init(&c, bytes, len, false);
    body = open_body(&c);
    if (cur_u32(&body) == 0)
        cur_fail(&body, RPCSEC_BAD_FORMAT);
    read_logon_info(&body, &info);
    read_pointees(&body, gather, &info);
    status = cur_status(&body);
    if (status == RPCSEC_OK && cur_left(&body) > MAX_BODY_PAD)
        status = RPCSEC_TRAILING_DATA;
    return status == RPCSEC_OK ? cur_end(&c) : status;
}

static rpcsec_status keep_raw(const uint8_t *bytes, size_t len, struct gather *gather)
{
    uint8_t *raw = arena_array(gather->arena, len, 1, 1);

    if (!raw)
        return RPCSEC_NO_MEMORY;
    memcpy(raw, bytes, len);
    gather->pac->raw = raw;
    gather->pac->raw_len = len;
    return RPCSEC_OK;
}

rpcsec_status pac_decode(const uint8_t *bytes, size_t len, struct pac **ret_pac)
{
    struct rpcsec_arena *arena = rpcsec_arena_new(ARENA_MAX_LEN);
    struct gather gather = {.arena = arena};
    rpcsec_status status;

    if (!arena)
        return RPCSEC_NO_MEMORY;
    gather.pac = rpcsec_arena_alloc(arena, sizeof(*gather.pac));
    status = gather.pac ? decode(bytes, len, &gather) : RPCSEC_NO_MEMORY;
    if (status == RPCSEC_OK)
        status = keep_raw(bytes, len, &gather);
    if (status != RPCSEC_OK) {
        rpcsec_arena_free(arena);
        return status;
    }
    gather.pac->groups = gather.groups;
    gather.pac->arena = arena;
    atomic_init(&gather.pac->refs, 1);
    *ret_pac = gather.pac;
    return RPCSEC_OK;
}

struct pac *pac_ref(struct pac *pac)
{
    if (pac)
        atomic_fetch_add_explicit(&pac->refs, 1, memory_order_relaxed);
    return pac;
}

void pac_unref(struct pac *pac)
{
    if (pac && atomic_fetch_sub_explicit(&pac->refs, 1, memory_order_acq_rel) == 1)
        rpcsec_arena_free(pac->arena);
}
