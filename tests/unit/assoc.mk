# SPDX-License-Identifier: MIT
check_PROGRAMS += tests/unit/test_assoc_client_bind
tests_unit_test_assoc_client_bind_SOURCES = tests/unit/test_assoc_client_bind.c
tests_unit_test_assoc_client_bind_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_assoc_client_bind_LDADD = $(FLOW_LDADD)
TESTS += tests/unit/test_assoc_client_bind

check_PROGRAMS += tests/unit/test_assoc_client_call
tests_unit_test_assoc_client_call_SOURCES = tests/unit/test_assoc_client_call.c
tests_unit_test_assoc_client_call_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_assoc_client_call_LDADD = $(FLOW_LDADD)
TESTS += tests/unit/test_assoc_client_call

check_PROGRAMS += tests/unit/test_assoc_deadlines
tests_unit_test_assoc_deadlines_SOURCES = tests/unit/test_assoc_deadlines.c
tests_unit_test_assoc_deadlines_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_assoc_deadlines_LDADD = $(FLOW_LDADD)
TESTS += tests/unit/test_assoc_deadlines

check_PROGRAMS += tests/unit/test_assoc_engine
tests_unit_test_assoc_engine_SOURCES = tests/unit/test_assoc_engine.c
tests_unit_test_assoc_engine_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_assoc_engine_LDADD = $(FLOW_LDADD)
TESTS += tests/unit/test_assoc_engine

check_PROGRAMS += tests/unit/test_assoc_input
tests_unit_test_assoc_input_SOURCES = tests/unit/test_assoc_input.c
tests_unit_test_assoc_input_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_assoc_input_LDADD = $(FLOW_LDADD)
TESTS += tests/unit/test_assoc_input

check_PROGRAMS += tests/unit/test_assoc_output
tests_unit_test_assoc_output_SOURCES = tests/unit/test_assoc_output.c
tests_unit_test_assoc_output_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_assoc_output_LDADD = $(FLOW_LDADD)
TESTS += tests/unit/test_assoc_output

check_PROGRAMS += tests/unit/test_assoc_server_bind
tests_unit_test_assoc_server_bind_SOURCES = tests/unit/test_assoc_server_bind.c
tests_unit_test_assoc_server_bind_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_assoc_server_bind_LDADD = $(FLOW_LDADD)
TESTS += tests/unit/test_assoc_server_bind

check_PROGRAMS += tests/unit/test_assoc_server_call
tests_unit_test_assoc_server_call_SOURCES = tests/unit/test_assoc_server_call.c
tests_unit_test_assoc_server_call_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_assoc_server_call_LDADD = $(FLOW_LDADD)
TESTS += tests/unit/test_assoc_server_call

check_PROGRAMS += tests/unit/test_assoc_table
tests_unit_test_assoc_table_SOURCES = tests/unit/test_assoc_table.c
tests_unit_test_assoc_table_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_assoc_table_LDADD = $(FLOW_LDADD)
TESTS += tests/unit/test_assoc_table

check_PROGRAMS += tests/unit/test_assoc_verify
tests_unit_test_assoc_verify_SOURCES = tests/unit/test_assoc_verify.c
tests_unit_test_assoc_verify_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_assoc_verify_LDADD = $(FLOW_LDADD)
TESTS += tests/unit/test_assoc_verify

check_PROGRAMS += tests/unit/test_assoc_sequence
tests_unit_test_assoc_sequence_SOURCES = tests/unit/test_assoc_sequence.c
tests_unit_test_assoc_sequence_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_assoc_sequence_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_assoc_sequence
