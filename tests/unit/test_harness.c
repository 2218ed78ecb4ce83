/* SPDX-License-Identifier: MIT
 *
 * unit/test_harness.c: the shared checks see the faults that they are there for.
 *
 * Each check runs on code with one fault, in a child of its own, which must fail; on sound code
 * it must not. Outside of a cmocka test a failed check ends the process.
 */
#include "harness/test.h"
#include "harness/alloc_check.h"
#include "harness/decoder_check.h"
#include "harness/vector.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/cursor.h"

/* ---- A decoder of one counted text with a check sum, and the same with faults ---- */

enum fault {
    SOUND,
    REFUSES_VECTOR,
    ACCEPTS_SHORT,
    TOUCHES_OUTPUT,
    BLAMES_US,
    CHANGES_VALUE,
    CANNOT_ENCODE,
    IGNORES_SUM,
};

struct value {
    uint8_t len, sum;
    uint8_t text[255];
};

static bool sum_is_right(const struct value *value)
{
    unsigned sum = value->len;

    for (size_t i = 0; i < value->len; i++)
        sum = sum * 31 + value->text[i];
    return (uint8_t)sum == value->sum;
}

static rpcsec_status decode(void *arg, const uint8_t *data, size_t len, void *ret_value)
{
    enum fault fault = *(enum fault *)arg;
    struct value value = {0};
    struct cur c;
    rpcsec_status status;

    cur_init(&c, data, len, false);
    value.len = cur_u8(&c);
    value.sum = cur_u8(&c);
    cur_copy(&c, value.text, value.len);
    status = cur_end(&c);
    if (status == RPCSEC_OK && fault != IGNORES_SUM && !sum_is_right(&value))
        status = RPCSEC_BAD_SIGNATURE;
    if (status == RPCSEC_OK && fault == REFUSES_VECTOR)
        return RPCSEC_BAD_FORMAT;
    if (status == RPCSEC_TRUNCATED && fault == ACCEPTS_SHORT)
        status = RPCSEC_OK;
    if (status != RPCSEC_OK && fault == BLAMES_US)
        return RPCSEC_INTERNAL;
    if (status == RPCSEC_OK || fault == TOUCHES_OUTPUT)
        memcpy(ret_value, &value, sizeof(value));
    return status;
}

static rpcsec_status encode(void *arg, const void *from, struct buf *out)
{
    enum fault fault = *(enum fault *)arg;
    const struct value *value = from;

    if (fault == CANNOT_ENCODE)
        return RPCSEC_OUT_OF_RANGE;
    buf_u8(out, value->len);
    buf_u8(out, fault == CHANGES_VALUE ? 0 : value->sum);
    buf_bytes(out, value->text, value->len);
    return buf_status(out);
}

static void check_decoder(int number)
{
    enum fault fault = (enum fault)number;
    uint8_t vector[] = {3, 0 /* the sum */, 'a', 'b', 'c'};
    const struct decoder_case test = {
        .name = "counted text",
        .vector = vector,
        .len = sizeof(vector),
        .decode = decode,
        .value_len = sizeof(struct value),
        .encode = encode,
        .arg = &fault,
        .refuses_changes = true,
    };
    struct value value = {.len = 3, .text = "abc"};

    while (!sum_is_right(&value))
        value.sum++;
    vector[1] = value.sum;
    decoder_check(&test);
}

/* ---- Code that asks for memory ---- */

enum memory_fault { NO_FAULT, IGNORES_FAILURE, OTHER_STATUS, LEAKS_SECRET, FAILS_ALWAYS };

static rpcsec_status ask(void *arg)
{
    enum memory_fault fault = *(enum memory_fault *)arg;
    void *first = mem_alloc(1);
    void *second = secret_alloc(1);
    bool served = first && second;

    if (!served && fault == LEAKS_SECRET && second) {
        mem_free(first);
        return RPCSEC_NO_MEMORY;
    }
    mem_free(first);
    secret_free(second, 1);
    if (fault == FAILS_ALWAYS || (!served && fault != IGNORES_FAILURE))
        return fault == OTHER_STATUS ? RPCSEC_INTERNAL : RPCSEC_NO_MEMORY;
    return RPCSEC_OK;
}

static void check_memory(int number)
{
    enum memory_fault fault = (enum memory_fault)number;

    assert_int_equal(alloc_check(ask, &fault), 2);
}

static void check_memory_tolerantly(int number)
{
    enum memory_fault fault = (enum memory_fault)number;

    assert_int_equal(alloc_check_tolerant(ask, &fault), 2);
}

/* ---- Vectors ---- */

static void parse_vector(int number)
{
    static const char *const texts[] = {"# source\n0a 0B0c # end\n\tff", "0a 0", "0a xx",
                                        "0 a"};
    struct vector vector = vector_parse(texts[number]);

    assert_int_equal(vector.len, 4);
    assert_memory_equal(vector.data, "\x0a\x0b\x0c\xff", 4);
    vector_free(&vector);
}

static void load_vector(int number)
{
    static const char *const paths[] = {"tests/unit/test_harness.hex", "tests/unit/missing.hex",
                                        "tests/unit/test_harness.c"};
    struct vector vector = vector_load(paths[number]);

    assert_int_equal(vector.len, 2);
    vector_free(&vector);
}

static const struct {
    const char *name;
    void (*check)(int number);
    int number;
    bool fails;
} cases[] = {
    {"decoder_check passes sound code", check_decoder, SOUND, false},
    {"decoder_check sees a refused vector", check_decoder, REFUSES_VECTOR, true},
    {"decoder_check sees an accepted truncation", check_decoder, ACCEPTS_SHORT, true},
    {"decoder_check sees a touched output", check_decoder, TOUCHES_OUTPUT, true},
    {"decoder_check sees a status that blames us", check_decoder, BLAMES_US, true},
    {"decoder_check sees a changed value", check_decoder, CHANGES_VALUE, true},
    {"decoder_check sees a value that cannot be encoded", check_decoder, CANNOT_ENCODE, true},
    {"decoder_check sees an accepted change", check_decoder, IGNORES_SUM, true},
    {"alloc_check passes sound code", check_memory, NO_FAULT, false},
    {"alloc_check sees an ignored failure", check_memory, IGNORES_FAILURE, true},
    {"alloc_check sees another status", check_memory, OTHER_STATUS, true},
    {"alloc_check sees leaked secret memory", check_memory, LEAKS_SECRET, true},
    {"alloc_check sees code that fails always", check_memory, FAILS_ALWAYS, true},
    {"alloc_check_tolerant passes a survived failure", check_memory_tolerantly, IGNORES_FAILURE,
     false},
    {"alloc_check_tolerant sees another status", check_memory_tolerantly, OTHER_STATUS, true},
    {"vector_parse reads digits and comments", parse_vector, 0, false},
    {"vector_parse refuses half a byte", parse_vector, 1, true},
    {"vector_parse refuses other characters", parse_vector, 2, true},
    {"vector_parse refuses a byte with a blank in it", parse_vector, 3, true},
    {"vector_load reads a file", load_vector, 0, false},
    {"vector_load refuses a missing file", load_vector, 1, true},
    {"vector_load refuses a file that is no vector", load_vector, 2, true},
};

/* Whether the check failed; a crash is neither. */
static int run_in_child(size_t i)
{
    int status = 0;
    pid_t pid;

    fflush(NULL);
    pid = fork();
    if (pid == 0) {
        /* The messages of failures that are wanted would only mislead. */
        if (cases[i].fails &&
            (!freopen("/dev/null", "w", stderr) || !freopen("/dev/null", "w", stdout)))
            _exit(99);
        cases[i].check(cases[i].number);
        _exit(0);
    }
    if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
        return -1;
    return WEXITSTATUS(status) == 0 ? 0 : WEXITSTATUS(status) == 255 ? 1 : -1;
}

int main(void)
{
    unsigned num_wrong = 0;

    for (size_t i = 0; i < NUM_OF(cases); i++) {
        bool well = run_in_child(i) == cases[i].fails;

        printf("%s: %s\n", well ? "ok" : "NOT OK", cases[i].name);
        num_wrong += !well;
    }
    return num_wrong != 0;
}
