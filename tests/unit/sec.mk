# SPDX-License-Identifier: MIT
check_PROGRAMS += tests/unit/test_sec_seal
tests_unit_test_sec_seal_SOURCES = tests/unit/test_sec_seal.c
tests_unit_test_sec_seal_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_sec_seal_LDADD = $(FLOW_LDADD)
TESTS += tests/unit/test_sec_seal

check_PROGRAMS += tests/unit/test_sec_open
tests_unit_test_sec_open_SOURCES = tests/unit/test_sec_open.c
tests_unit_test_sec_open_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_sec_open_LDADD = $(FLOW_LDADD)
TESTS += tests/unit/test_sec_open

check_PROGRAMS += tests/unit/test_sec_pad
tests_unit_test_sec_pad_SOURCES = tests/unit/test_sec_pad.c
tests_unit_test_sec_pad_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_sec_pad_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_sec_pad

check_PROGRAMS += tests/unit/test_sec_faults
tests_unit_test_sec_faults_SOURCES = tests/unit/test_sec_faults.c
tests_unit_test_sec_faults_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_sec_faults_LDADD = $(FLOW_LDADD)
TESTS += tests/unit/test_sec_faults
