# SPDX-License-Identifier: MIT
check_PROGRAMS += tests/unit/test_ndr_vectors
tests_unit_test_ndr_vectors_SOURCES = tests/unit/test_ndr_vectors.c $(NDR_MESSAGES)
tests_unit_test_ndr_vectors_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_ndr_vectors_LDADD = $(NDR_TABLES) $(HARNESS_LDADD)
TESTS += tests/unit/test_ndr_vectors

check_PROGRAMS += tests/unit/test_ndr_decode
tests_unit_test_ndr_decode_SOURCES = tests/unit/test_ndr_decode.c
tests_unit_test_ndr_decode_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_ndr_decode_LDADD = $(NDR_TABLES) $(HARNESS_LDADD)
TESTS += tests/unit/test_ndr_decode

check_PROGRAMS += tests/unit/test_ndr_encode
tests_unit_test_ndr_encode_SOURCES = tests/unit/test_ndr_encode.c
tests_unit_test_ndr_encode_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_ndr_encode_LDADD = $(NDR_TABLES) $(HARNESS_LDADD)
TESTS += tests/unit/test_ndr_encode

check_PROGRAMS += tests/unit/test_ndr_walk
tests_unit_test_ndr_walk_SOURCES = tests/unit/test_ndr_walk.c
tests_unit_test_ndr_walk_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_ndr_walk_LDADD = $(NDR_TABLES) $(HARNESS_LDADD)
TESTS += tests/unit/test_ndr_walk

check_PROGRAMS += tests/unit/test_ndr_types
tests_unit_test_ndr_types_SOURCES = tests/unit/test_ndr_types.c
tests_unit_test_ndr_types_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_ndr_types_LDADD = $(NDR_TABLES) $(HARNESS_LDADD)
TESTS += tests/unit/test_ndr_types

check_PROGRAMS += tests/unit/test_ndr_checks
tests_unit_test_ndr_checks_SOURCES = tests/unit/test_ndr_checks.c
tests_unit_test_ndr_checks_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_ndr_checks_LDADD = $(NDR_TABLES) $(HARNESS_LDADD)
TESTS += tests/unit/test_ndr_checks

check_PROGRAMS += tests/unit/test_ndr_generated
tests_unit_test_ndr_generated_SOURCES = tests/unit/test_ndr_generated.c $(NDR_MESSAGES)
nodist_tests_unit_test_ndr_generated_SOURCES = idl/gen/echo_s.c
tests_unit_test_ndr_generated_CFLAGS = $(UNIT_CFLAGS) -Iidl/gen
tests_unit_test_ndr_generated_LDADD = $(NDR_TABLES) $(HARNESS_LDADD)
TESTS += tests/unit/test_ndr_generated

check_PROGRAMS += tests/unit/test_ndr_print
tests_unit_test_ndr_print_SOURCES = tests/unit/test_ndr_print.c
nodist_tests_unit_test_ndr_print_SOURCES = tests/idl/gen/made_up_c.c
tests_unit_test_ndr_print_CFLAGS = $(UNIT_CFLAGS) -Itests/idl/gen
tests_unit_test_ndr_print_LDADD = $(NDR_TABLES) $(HARNESS_LDADD) -ljansson
TESTS += tests/unit/test_ndr_print

check_PROGRAMS += tests/unit/test_ndr_print_values
tests_unit_test_ndr_print_values_SOURCES = tests/unit/test_ndr_print_values.c
tests_unit_test_ndr_print_values_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_ndr_print_values_LDADD = $(NDR_TABLES) $(HARNESS_LDADD)
TESTS += tests/unit/test_ndr_print_values

check_PROGRAMS += tests/unit/test_ndr_steps
tests_unit_test_ndr_steps_SOURCES = tests/unit/test_ndr_steps.c
nodist_tests_unit_test_ndr_steps_SOURCES = tests/idl/gen/steps_c.c
tests_unit_test_ndr_steps_CFLAGS = $(UNIT_CFLAGS) -Itests/idl/gen
tests_unit_test_ndr_steps_LDADD = $(NDR_TABLES) $(HARNESS_LDADD)
TESTS += tests/unit/test_ndr_steps

check_PROGRAMS += tests/unit/test_ndr_aliases
tests_unit_test_ndr_aliases_SOURCES = tests/unit/test_ndr_aliases.c
tests_unit_test_ndr_aliases_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_ndr_aliases_LDADD = $(NDR_TABLES) $(HARNESS_LDADD)
TESTS += tests/unit/test_ndr_aliases
