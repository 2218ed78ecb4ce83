# SPDX-License-Identifier: MIT
check_PROGRAMS += tests/unit/test_ndr_vectors
tests_unit_test_ndr_vectors_SOURCES = tests/unit/test_ndr_vectors.c $(NDR_TABLES) $(NDR_MESSAGES)
tests_unit_test_ndr_vectors_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_ndr_vectors_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_ndr_vectors

check_PROGRAMS += tests/unit/test_ndr_decode
tests_unit_test_ndr_decode_SOURCES = tests/unit/test_ndr_decode.c $(NDR_TABLES)
tests_unit_test_ndr_decode_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_ndr_decode_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_ndr_decode

check_PROGRAMS += tests/unit/test_ndr_encode
tests_unit_test_ndr_encode_SOURCES = tests/unit/test_ndr_encode.c $(NDR_TABLES)
tests_unit_test_ndr_encode_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_ndr_encode_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_ndr_encode

check_PROGRAMS += tests/unit/test_ndr_walk
tests_unit_test_ndr_walk_SOURCES = tests/unit/test_ndr_walk.c $(NDR_TABLES)
tests_unit_test_ndr_walk_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_ndr_walk_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_ndr_walk

check_PROGRAMS += tests/unit/test_ndr_types
tests_unit_test_ndr_types_SOURCES = tests/unit/test_ndr_types.c
tests_unit_test_ndr_types_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_ndr_types_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_ndr_types

check_PROGRAMS += tests/unit/test_ndr_checks
tests_unit_test_ndr_checks_SOURCES = tests/unit/test_ndr_checks.c $(NDR_TABLES)
tests_unit_test_ndr_checks_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_ndr_checks_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_ndr_checks
