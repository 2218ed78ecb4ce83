/* SPDX-License-Identifier: MIT
 *
 * fuzz/fuzz_binding.c: the input as a string binding. What is understood prints to a form that
 * is understood alike.
 */
#include "fuzz.h"

#include <string.h>

#include "runtime/binding.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    char *text = malloc(len + 1);
    char printed[LIMIT_BINDING_LEN];
    char again[LIMIT_BINDING_LEN];
    struct binding first, second;

    if (!text)
        return 0;
    if (len)
        memcpy(text, data, len);
    text[len] = '\0';
    if (binding_parse(text, &first, NULL) == RPCSEC_OK) {
        binding_print(&first, printed);
        FUZZ_CHECK(binding_parse(printed, &second, NULL) == RPCSEC_OK);
        binding_print(&second, again);
        FUZZ_CHECK(strcmp(printed, again) == 0);
        FUZZ_CHECK(first.port == second.port && first.has_port == second.has_port);
        FUZZ_CHECK(strcmp(first.host, second.host) == 0);
    }
    free(text);
    return 0;
}
