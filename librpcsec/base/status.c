/* SPDX-License-Identifier: MIT
 *
 * base/status.c: names and texts of statuses, levels and mechanisms. Layer: base.
 *
 * Document: MS-RPCE 2.2.1.1.8 (levels).
 */
#include <string.h>

#include <rpcsec/rpcsec.h>

struct status_entry {
    rpcsec_status status;
    const char *name;
    const char *text;
};

static const struct status_entry statuses[] = {
#define X(name, value, text) {RPCSEC_##name, #name, text},
    RPCSEC_STATUS_LIST(X)
#undef X
};

static const struct status_entry *find_status(rpcsec_status status)
{
    for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
        if (statuses[i].status == status)
            return &statuses[i];
    }
    return NULL;
}

const char *rpcsec_status_text(rpcsec_status status)
{
    const struct status_entry *entry = find_status(status);

    return entry ? entry->text : "unknown status";
}

const char *rpcsec_status_name(rpcsec_status status)
{
    const struct status_entry *entry = find_status(status);

    return entry ? entry->name : "unknown";
}

static const char *const level_names[] = {
    [RPCSEC_LEVEL_DEFAULT] = "default", [RPCSEC_LEVEL_NONE] = "none",
    [RPCSEC_LEVEL_CONNECT] = "connect", [RPCSEC_LEVEL_CALL] = "call",
    [RPCSEC_LEVEL_PACKET] = "packet",   [RPCSEC_LEVEL_INTEGRITY] = "integrity",
    [RPCSEC_LEVEL_PRIVACY] = "privacy",
};

#define NUM_LEVELS (sizeof(level_names) / sizeof(level_names[0]))

const char *rpcsec_level_name(enum rpcsec_level level)
{
    return (size_t)level < NUM_LEVELS ? level_names[level] : "unknown";
}

rpcsec_status rpcsec_level_parse(const char *name, enum rpcsec_level *ret_level)
{
    if (!name)
        return RPCSEC_INVALID_ARGUMENT;
    for (size_t i = RPCSEC_LEVEL_NONE; i < NUM_LEVELS; i++) {
        if (strcmp(name, level_names[i]) == 0) {
            *ret_level = (enum rpcsec_level)i;
            return RPCSEC_OK;
        }
    }
    return RPCSEC_INVALID_ARGUMENT;
}

const char *rpcsec_mechanism_name(enum rpcsec_mechanism mechanism)
{
    switch (mechanism) {
    case RPCSEC_MECH_NONE:
        return "none";
    case RPCSEC_MECH_KERBEROS:
        return "kerberos";
    case RPCSEC_MECH_NEGOTIATE:
        return "negotiate";
    case RPCSEC_MECH_NTLM:
        return "ntlm";
    case RPCSEC_MECH_LOCAL:
        return "local";
    }
    return "unknown";
}
