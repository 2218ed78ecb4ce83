/* SPDX-License-Identifier: MIT
 *
 * fuzz/fuzz_text.c: the input as UTF-8, as UTF-16 and as a number. What one conversion gives,
 * the other takes back to the same bytes.
 */
#include "fuzz.h"

#include <string.h>

#include "base/text.h"

static void convert_utf8(const char *text, size_t len)
{
    uint16_t *wide = calloc(len + 1, sizeof(*wide));
    char *again = malloc(len + 1);
    size_t wide_len = 0, again_len = 0;

    if (wide && again && text_to_utf16(text, len, wide, len, &wide_len) == RPCSEC_OK) {
        FUZZ_CHECK(text_is_utf8(text, len));
        FUZZ_CHECK(text_from_utf16(wide, wide_len, again, len, &again_len) == RPCSEC_OK);
        FUZZ_CHECK(again_len == len && memcmp(again, text, len) == 0);
    }
    free(wide);
    free(again);
}

static void convert_utf16(const uint8_t *data, size_t len)
{
    size_t num = len / 2, text_len = 0, again_len = 0;
    uint16_t *wide = calloc(num + 1, sizeof(*wide));
    uint16_t *again = calloc(num + 1, sizeof(*again));
    char *text = malloc(num * 3 + 1);

    if (wide && again && text) {
        memcpy(wide, data, num * sizeof(*wide));
        if (text_from_utf16(wide, num, text, num * 3, &text_len) == RPCSEC_OK) {
            FUZZ_CHECK(text_to_utf16(text, text_len, again, num, &again_len) == RPCSEC_OK);
            FUZZ_CHECK(again_len == num && memcmp(again, wide, num * sizeof(*wide)) == 0);
        }
    }
    free(wide);
    free(again);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    char cut[16];
    uint64_t number;

    convert_utf8((const char *)data, len);
    convert_utf16(data, len);
    if (text_number((const char *)data, len, 65535, &number) == RPCSEC_OK)
        FUZZ_CHECK(number <= 65535);
    text_clean(cut, sizeof(cut), data, len);
    FUZZ_CHECK(strnlen(cut, sizeof(cut)) == (len < 15 ? len : 15));
    text_print(cut, sizeof(cut), "%.*s", (int)len, (const char *)data);
    FUZZ_CHECK(!text_is_utf8((const char *)data, strnlen((const char *)data, len)) ||
               text_is_utf8(cut, strlen(cut)));
    return 0;
}
