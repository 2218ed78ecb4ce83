# SPDX-License-Identifier: MIT
# What is made to fail: peers, networks, memory.
check_PROGRAMS += tests/fault/test_fault_engine
tests_fault_test_fault_engine_SOURCES = tests/fault/test_fault_engine.c
tests_fault_test_fault_engine_CFLAGS = $(UNIT_CFLAGS)
tests_fault_test_fault_engine_LDADD = $(FLOW_LDADD)
TESTS += tests/fault/test_fault_engine
