# SPDX-License-Identifier: MIT
check_PROGRAMS += tests/unit/test_ndr_vectors
tests_unit_test_ndr_vectors_SOURCES = tests/unit/test_ndr_vectors.c $(NDR_TABLES)
tests_unit_test_ndr_vectors_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_ndr_vectors_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_ndr_vectors
