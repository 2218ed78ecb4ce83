/* SPDX-License-Identifier: MIT
 *
 * harness/test.h: cmocka with the headers that it asks for, in its order. Every unit test
 * includes this first.
 */
#ifndef HARNESS_TEST_H
#define HARNESS_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <rpcsec/status.h>

#define NUM_OF(array) (sizeof(array) / sizeof((array)[0]))

/* Compares statuses by name, so that a failure reads well. */
#define assert_status(expression, expected) \
    assert_string_equal(rpcsec_status_name(expression), rpcsec_status_name(expected))
#define assert_ok(expression) assert_status(expression, RPCSEC_OK)

#endif
