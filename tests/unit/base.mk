# SPDX-License-Identifier: MIT
check_PROGRAMS += tests/unit/test_base_alloc
tests_unit_test_base_alloc_SOURCES = tests/unit/test_base_alloc.c
tests_unit_test_base_alloc_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_base_alloc_LDADD = $(HARNESS_LDADD)
tests_unit_test_base_alloc_LDFLAGS = -Wl,--wrap=munmap,--wrap=madvise
TESTS += tests/unit/test_base_alloc

check_PROGRAMS += tests/unit/test_base_arena
tests_unit_test_base_arena_SOURCES = tests/unit/test_base_arena.c
tests_unit_test_base_arena_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_base_arena_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_base_arena

check_PROGRAMS += tests/unit/test_base_buffer
tests_unit_test_base_buffer_SOURCES = tests/unit/test_base_buffer.c
tests_unit_test_base_buffer_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_base_buffer_LDADD = $(HARNESS_LDADD)
tests_unit_test_base_buffer_LDFLAGS = -Wl,--wrap=free
TESTS += tests/unit/test_base_buffer

check_PROGRAMS += tests/unit/test_base_cursor
tests_unit_test_base_cursor_SOURCES = tests/unit/test_base_cursor.c
tests_unit_test_base_cursor_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_base_cursor_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_base_cursor

check_PROGRAMS += tests/unit/test_base_error
tests_unit_test_base_error_SOURCES = tests/unit/test_base_error.c
tests_unit_test_base_error_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_base_error_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_base_error

check_PROGRAMS += tests/unit/test_base_policy
tests_unit_test_base_policy_SOURCES = tests/unit/test_base_policy.c
tests_unit_test_base_policy_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_base_policy_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_base_policy

check_PROGRAMS += tests/unit/test_base_status
tests_unit_test_base_status_SOURCES = tests/unit/test_base_status.c
tests_unit_test_base_status_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_base_status_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_base_status

check_PROGRAMS += tests/unit/test_base_text
tests_unit_test_base_text_SOURCES = tests/unit/test_base_text.c
tests_unit_test_base_text_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_base_text_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_base_text

check_PROGRAMS += tests/unit/test_base_trace
tests_unit_test_base_trace_SOURCES = tests/unit/test_base_trace.c
tests_unit_test_base_trace_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_base_trace_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_base_trace

check_PROGRAMS += tests/unit/test_base_uuid
tests_unit_test_base_uuid_SOURCES = tests/unit/test_base_uuid.c
tests_unit_test_base_uuid_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_base_uuid_LDADD = $(HARNESS_LDADD)
tests_unit_test_base_uuid_LDFLAGS = -Wl,--wrap=getrandom
TESTS += tests/unit/test_base_uuid

check_PROGRAMS += tests/unit/test_base_writer
tests_unit_test_base_writer_SOURCES = tests/unit/test_base_writer.c
tests_unit_test_base_writer_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_base_writer_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_base_writer

check_PROGRAMS += tests/unit/test_harness
tests_unit_test_harness_SOURCES = tests/unit/test_harness.c
tests_unit_test_harness_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_harness_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_harness
EXTRA_DIST += tests/unit/test_harness.hex

check_PROGRAMS += tests/unit/test_base_arith
tests_unit_test_base_arith_SOURCES = tests/unit/test_base_arith.c
tests_unit_test_base_arith_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_base_arith_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_base_arith

check_PROGRAMS += tests/unit/test_base_json
tests_unit_test_base_json_SOURCES = tests/unit/test_base_json.c
tests_unit_test_base_json_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_base_json_LDADD = $(UNIT_LDADD)
TESTS += tests/unit/test_base_json

check_PROGRAMS += tests/unit/test_base_network
tests_unit_test_base_network_SOURCES = tests/unit/test_base_network.c
tests_unit_test_base_network_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_base_network_LDADD = $(UNIT_LDADD)
TESTS += tests/unit/test_base_network
