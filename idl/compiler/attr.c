/* SPDX-License-Identifier: MIT
 *
 * compiler/attr.c: looks attributes up. Layer: compiler. Documents: C706 4.2, the MIDL
 * attribute reference.
 */
#include "attr.h"

#include <string.h>

static const struct attr_info infos[] = {
#define X(word, places, form, effect) {#word, ATTR_##word, places, form, effect},
    ATTR_LIST(X)
#undef X
};

#define NUM_INFOS (sizeof(infos) / sizeof(infos[0]))

const struct attr_info *attr_lookup(const char *word)
{
    for (size_t i = 0; i < NUM_INFOS; i++)
        if (strcmp(infos[i].word, word) == 0)
            return &infos[i];
    return NULL;
}

struct attr *attr_find(struct attr *list, enum attr_id id)
{
    for (struct attr *a = list; a; a = a->next)
        if (a->info->id == id)
            return a;
    return NULL;
}

#define MAX_COMPARED 32

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Levenshtein distance of two short words. */
static unsigned distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
    unsigned row[MAX_COMPARED + 1];

    for (unsigned j = 0; j <= b_len; j++)
        row[j] = j;
    for (unsigned i = 1; i <= a_len; i++) {
        unsigned diagonal = row[0];
        row[0] = i;
        for (unsigned j = 1; j <= b_len; j++) {
            unsigned changed = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = least(changed, least(row[j], row[j - 1]) + 1);
        }
    }
    return row[b_len];
}

const struct attr_info *attr_suggest(const char *word)
{
    size_t len = strlen(word);
    unsigned best = len < 5 ? 2 : 3; /* one change in a short word, two in a long one */
    const struct attr_info *found = NULL;

    for (size_t i = 0; i < NUM_INFOS && len <= MAX_COMPARED; i++) {
        unsigned d = distance(word, len, infos[i].word, strlen(infos[i].word));
        if (d < best) {
            best = d;
            found = &infos[i];
        }
    }
    return found;
}
