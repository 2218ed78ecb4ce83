# SPDX-License-Identifier: MIT
check_PROGRAMS += tests/unit/test_base_cursor
tests_unit_test_base_cursor_SOURCES = tests/unit/test_base_cursor.c
tests_unit_test_base_cursor_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_base_cursor_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_base_cursor
