# SPDX-License-Identifier: MIT
EXTRA_DIST += tests/vectors/pdu tests/unit/pdu_case.h

check_PROGRAMS += tests/unit/test_pdu_header
tests_unit_test_pdu_header_SOURCES = tests/unit/test_pdu_header.c
tests_unit_test_pdu_header_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_pdu_header_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_pdu_header

check_PROGRAMS += tests/unit/test_pdu_trailer
tests_unit_test_pdu_trailer_SOURCES = tests/unit/test_pdu_trailer.c
tests_unit_test_pdu_trailer_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_pdu_trailer_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_pdu_trailer

check_PROGRAMS += tests/unit/test_pdu_bind
tests_unit_test_pdu_bind_SOURCES = tests/unit/test_pdu_bind.c
tests_unit_test_pdu_bind_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_pdu_bind_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_pdu_bind

check_PROGRAMS += tests/unit/test_pdu_bind_ack
tests_unit_test_pdu_bind_ack_SOURCES = tests/unit/test_pdu_bind_ack.c
tests_unit_test_pdu_bind_ack_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_pdu_bind_ack_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_pdu_bind_ack

check_PROGRAMS += tests/unit/test_pdu_bind_nak
tests_unit_test_pdu_bind_nak_SOURCES = tests/unit/test_pdu_bind_nak.c
tests_unit_test_pdu_bind_nak_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_pdu_bind_nak_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_pdu_bind_nak

check_PROGRAMS += tests/unit/test_pdu_request
tests_unit_test_pdu_request_SOURCES = tests/unit/test_pdu_request.c
tests_unit_test_pdu_request_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_pdu_request_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_pdu_request

check_PROGRAMS += tests/unit/test_pdu_syntax
tests_unit_test_pdu_syntax_SOURCES = tests/unit/test_pdu_syntax.c
tests_unit_test_pdu_syntax_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_pdu_syntax_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_pdu_syntax

check_PROGRAMS += tests/unit/test_pdu_verification
tests_unit_test_pdu_verification_SOURCES = tests/unit/test_pdu_verification.c
tests_unit_test_pdu_verification_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_pdu_verification_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_pdu_verification

check_PROGRAMS += tests/unit/test_pdu_names
tests_unit_test_pdu_names_SOURCES = tests/unit/test_pdu_names.c
tests_unit_test_pdu_names_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_pdu_names_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_pdu_names

check_PROGRAMS += tests/unit/test_pdu_attacks
tests_unit_test_pdu_attacks_SOURCES = tests/unit/test_pdu_attacks.c
tests_unit_test_pdu_attacks_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_pdu_attacks_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_pdu_attacks

check_PROGRAMS += tests/unit/test_pdu_lengths
tests_unit_test_pdu_lengths_SOURCES = tests/unit/test_pdu_lengths.c
tests_unit_test_pdu_lengths_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_pdu_lengths_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_pdu_lengths

EXTRA_DIST += tests/vectors/tower
check_PROGRAMS += tests/unit/test_pdu_tower
tests_unit_test_pdu_tower_SOURCES = tests/unit/test_pdu_tower.c
tests_unit_test_pdu_tower_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_pdu_tower_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_pdu_tower
