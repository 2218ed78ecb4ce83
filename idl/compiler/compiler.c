/* SPDX-License-Identifier: MIT
 *
 * compiler/compiler.c: one run of rpcsec-idl: its arena, its words, its way out. Layer:
 * compiler.
 */
#include "compiler.h"

#include <stdarg.h>
#include <string.h>

#define WORD_BUCKETS 4096

struct word {
    struct word *next;
    size_t len;
    char text[];
};

struct word_table {
    struct word *buckets[WORD_BUCKETS];
};

void compiler_stop(struct compiler *c)
{
    c->stopped = true;
    longjmp(c->stop, 1);
}

void *compiler_alloc(struct compiler *c, size_t len)
{
    void *mem = rpcsec_arena_alloc(c->arena, len);

    if (!mem) {
        if (c->messages)
            fprintf(c->messages, "rpcsec-idl: error: out of memory\n");
        c->num_errors++;
        compiler_stop(c);
    }
    return mem;
}

char *compiler_strndup(struct compiler *c, const char *text, size_t len)
{
    char *copy = compiler_alloc(c, len + 1);

    if (len)
        memcpy(copy, text, len);
    return copy;
}

static char *format_text(struct compiler *c, const char *format, va_list args, size_t *ret_len)
{
    va_list again;

    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    size_t size = len < 0 ? 0 : (size_t)len;
    char *out = compiler_alloc(c, size + 1);
    if (size)
        vsnprintf(out, size + 1, format, args);
    *ret_len = size;
    return out;
}

char *compiler_printf(struct compiler *c, const char *format, ...)
{
    va_list args;
    size_t len;

    va_start(args, format);
    char *out = format_text(c, format, args, &len);
    va_end(args);
    return out;
}

static bool run_guarded(struct compiler *c, void (*work)(struct compiler *c, void *arg),
                        void *arg)
{
    if (setjmp(c->stop))
        return false;
    c->words = compiler_alloc(c, sizeof(*c->words));
    work(c, arg);
    return c->num_errors == 0;
}

bool compiler_run(struct compiler *c, void (*work)(struct compiler *c, void *arg), void *arg)
{
    if (!c->arena)
        c->arena = rpcsec_arena_new(LIMIT_IDL_ARENA);
    if (!c->arena) {
        c->num_errors++;
        return false;
    }
    return run_guarded(c, work, arg);
}

void compiler_done(struct compiler *c)
{
    rpcsec_arena_free(c->arena);
    memset(c, 0, sizeof(*c));
}

/* FNV-1a, 32 bits. */
static uint32_t hash_text(const char *text, size_t len)
{
    uint32_t hash = 2166136261U;

    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (uint8_t)text[i]) * 16777619U;
    return hash;
}

const char *compiler_word(struct compiler *c, const char *text, size_t len)
{
    struct word **bucket = &c->words->buckets[hash_text(text, len) % WORD_BUCKETS];

    for (struct word *w = *bucket; w; w = w->next)
        if (w->len == len && memcmp(w->text, text, len) == 0)
            return w->text;
    struct word *w = compiler_alloc(c, sizeof(*w) + len + 1);
    w->len = len;
    memcpy(w->text, text, len);
    w->next = *bucket;
    *bucket = w;
    return w->text;
}

void text_init(struct text *t, struct compiler *c)
{
    *t = (struct text){.c = c, .data = compiler_alloc(c, 64), .cap = 64};
}

void text_add(struct text *t, const char *data, size_t len)
{
    if (len >= t->cap - t->len) {
        size_t cap = t->cap * 2;
        while (cap - t->len <= len)
            cap *= 2;
        char *grown = compiler_alloc(t->c, cap);
        memcpy(grown, t->data, t->len);
        t->data = grown;
        t->cap = cap;
    }
    memcpy(t->data + t->len, data, len);
    t->len += len;
    t->data[t->len] = 0;
}

void text_put(struct text *t, const char *string)
{
    text_add(t, string, strlen(string));
}

void text_printf(struct text *t, const char *format, ...)
{
    va_list args;
    char small[256];

    va_start(args, format);
    int len = vsnprintf(small, sizeof(small), format, args);
    va_end(args);
    if (len >= 0 && (size_t)len < sizeof(small)) {
        text_add(t, small, (size_t)len);
        return;
    }
    size_t long_len;
    va_start(args, format);
    char *long_text = format_text(t->c, format, args, &long_len);
    va_end(args);
    text_add(t, long_text, long_len);
}
