/* SPDX-License-Identifier: MIT
 *
 * tools/limits.c: limits of a policy as NAME=N words of a command line. Layer: tools.
 *
 * The names are those of RPCSEC_LIMIT_LIST, in small letters and with hyphens.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "tool.h"

static const char *const names[] = {
#define X(name, value, least, greatest, text) #name,
    RPCSEC_LIMIT_LIST(X)
#undef X
};

static bool is_named(const char *name, const char *word, size_t word_len)
{
    if (strlen(name) != word_len)
        return false;
    for (size_t i = 0; i < word_len; i++)
        if (word[i] != (name[i] == '_' ? '-' : tolower((unsigned char)name[i])))
            return false;
    return true;
}

static size_t find(const char *word, size_t word_len)
{
    size_t n = 0;

    while (n < RPCSEC_NUM_LIMITS && !is_named(names[n], word, word_len))
        n++;
    return n;
}

static bool read_number(const char *text, uint64_t *ret_number)
{
    char *end = NULL;

    errno = 0;
    *ret_number = strtoull(text, &end, 10);
    return isdigit((unsigned char)*text) && !*end && errno == 0;
}

static int set_one(const struct tool *tool, const char *word, struct rpcsec_policy *policy)
{
    const char *equals = strchr(word, '=');
    size_t limit = equals ? find(word, (size_t)(equals - word)) : RPCSEC_NUM_LIMITS;
    uint64_t number = 0;

    if (limit == RPCSEC_NUM_LIMITS)
        return tool_usage(tool,
                          "--limit %s: it has the form NAME=N, NAME as in rpcsec(3) LIMITS, "
                          "for example handshake-ms=5000",
                          word);
    if (!read_number(equals + 1, &number) ||
        rpcsec_policy_set_limit(policy, (enum rpcsec_limit)limit, number))
        return tool_usage(tool, "--limit %s: this number is not in the limit's range", word);
    return TOOL_OK;
}

int tool_set_limits(const struct tool *tool, const struct tool_list *words,
                    struct rpcsec_policy *policy)
{
    int code = TOOL_OK;

    for (size_t n = 0; n < words->num && code == TOOL_OK; n++)
        code = set_one(tool, words->items[n], policy);
    return code;
}
