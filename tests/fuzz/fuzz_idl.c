/* SPDX-License-Identifier: MIT
 *
 * fuzz/fuzz_idl.c: any text through all passes of the IDL compiler. No file is read.
 */
#include "fuzz.h"

#include <stdio.h>

#include "../../idl/compiler/compile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static FILE *nowhere; /* messages are made, so that their code runs too */
    struct compile_job job = {.path = "fuzz.idl", .text = (const char *)data, .text_len = len};
    static struct compiler c;

    if (!nowhere)
        nowhere = fopen("/dev/null", "w");
    c.messages = nowhere;
    c.options.no_files = true;
    if (compiler_run(&c, compile_work, &job))
        FUZZ_CHECK(job.header.len && job.client.len && job.server.len);
    compiler_done(&c);
    return 0;
}
