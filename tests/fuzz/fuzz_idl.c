/* SPDX-License-Identifier: MIT
 *
 * fuzz/fuzz_idl.c: any text through all passes of the IDL compiler; behind a NUL, an ACF file.
 * No file is read. What can be printed anew is printed the same a second time.
 */
#include "fuzz.h"

#include <stdio.h>
#include <string.h>

#include "../../idl/compiler/compile.h"

static bool run(struct compiler *c, struct compile_job *job)
{
    static FILE *nowhere; /* messages are made, so that their code runs too */

    if (!nowhere)
        nowhere = fopen("/dev/null", "w");
    c->messages = nowhere;
    c->options.no_files = true;
    job->path = "fuzz.idl";
    return compiler_run(c, compile_work, job);
}

static void print_again(const struct text *once)
{
    struct compile_job job = {.mode = COMPILE_PRINT, .text = once->data, .text_len = once->len};
    static struct compiler c;

    FUZZ_CHECK(run(&c, &job));
    FUZZ_CHECK(job.print.len == once->len && !memcmp(job.print.data, once->data, once->len));
    compiler_done(&c);
}

static void check_print(const char *text, size_t len)
{
    struct compile_job job = {.mode = COMPILE_PRINT, .text = text, .text_len = len};
    static struct compiler c;

    if (run(&c, &job))
        print_again(&job.print);
    compiler_done(&c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    const char *text = (const char *)data, *nul = len ? memchr(text, 0, len) : NULL;
    size_t text_len = nul ? (size_t)(nul - text) : len;
    struct compile_job job = {.text = text,
                              .text_len = text_len,
                              .acf_text = nul ? nul + 1 : NULL,
                              .acf_len = nul ? len - text_len - 1 : 0};
    static struct compiler c;

    if (run(&c, &job))
        FUZZ_CHECK(job.header.len && job.client.len && job.server.len);
    compiler_done(&c);
    if (text_len < 4096)
        check_print(text, text_len);
    return 0;
}
