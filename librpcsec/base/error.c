/* SPDX-License-Identifier: MIT
 *
 * base/error.c: filling struct rpcsec_error. Layer: base.
 *
 * The caller's struct has the size that its compiler knew. The first version ended with `text`;
 * a smaller size means that it was never initialised, and such a struct is left alone.
 */
#include "base/error.h"

#include <string.h>

#include "base/text.h"

#define FIRST_VERSION_LEN (offsetof(struct rpcsec_error, text) + 512)

static bool usable(const struct rpcsec_error *err)
{
    return err && err->size >= FIRST_VERSION_LEN;
}

/* The bytes of it that both the caller and we know. */
static size_t shared_len(const struct rpcsec_error *err)
{
    return err->size < sizeof(*err) ? err->size : sizeof(*err);
}

void rpcsec_error_init(struct rpcsec_error *err, size_t size)
{
    if (!err || size < sizeof(err->size))
        return;
    memset(err, 0, size);
    err->size = size;
    error_clear(err);
}

void error_clear(struct rpcsec_error *err)
{
    if (!usable(err))
        return;
    memset((uint8_t *)err + sizeof(err->size), 0, shared_len(err) - sizeof(err->size));
    err->pdu_type = UINT32_MAX;
}

const char *rpcsec_error_text(const struct rpcsec_error *err)
{
    if (!usable(err))
        return "there are no details of the error";
    return err->text[0] ? err->text : rpcsec_status_text(err->status);
}

bool error_wants(const struct rpcsec_error *err)
{
    return usable(err) && err->status == RPCSEC_OK;
}

rpcsec_status error_set(struct rpcsec_error *err, rpcsec_status status, enum rpcsec_layer layer,
                        const char *format, ...)
{
    va_list args;

    if (!error_wants(err) || status == RPCSEC_OK)
        return status;
    err->status = status;
    err->layer = layer;
    va_start(args, format);
    text_vprint(err->text, sizeof(err->text), format, args);
    va_end(args);
    return status;
}

/* The text of an errno value in English, whatever the locale is. */
static const char *errno_text(int errnum)
{
    const char *text = strerrordesc_np(errnum);

    return text ? text : "unknown error";
}

rpcsec_status error_set_errno(struct rpcsec_error *err, rpcsec_status status,
                              enum rpcsec_layer layer, int errnum, const char *format, ...)
{
    char sentence[sizeof(err->text)];
    va_list args;

    va_start(args, format);
    text_vprint(sentence, sizeof(sentence), format, args);
    va_end(args);
    return error_set(err, status, layer, "%s: %s", sentence, errno_text(errnum));
}

rpcsec_status error_no_memory(struct rpcsec_error *err)
{
    return error_set(err, RPCSEC_NO_MEMORY, RPCSEC_LAYER_NONE, "out of memory");
}

void error_copy(struct rpcsec_error *to, const struct rpcsec_error *from)
{
    size_t size;

    if (!usable(to) || !usable(from) || to == from)
        return;
    error_clear(to);
    size = to->size;
    memcpy(to, from, shared_len(to) < shared_len(from) ? shared_len(to) : shared_len(from));
    to->size = size;
}
