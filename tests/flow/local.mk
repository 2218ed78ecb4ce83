# SPDX-License-Identifier: MIT
# Both ends of the engine in one process, over the fake package and over Kerberos.
check_LTLIBRARIES += tests/flow/libflow.la
tests_flow_libflow_la_SOURCES = \
	tests/flow/pair.c tests/flow/pair.h tests/flow/raw.c tests/flow/raw.h \
	tests/harness/fake_package.c tests/harness/fake_package.h
tests_flow_libflow_la_CFLAGS = $(AM_CFLAGS) -I$(srcdir)/tests
FLOW_LDADD = tests/flow/libflow.la $(HARNESS_LDADD)

check_PROGRAMS += tests/flow/test_flow_call
tests_flow_test_flow_call_SOURCES = tests/flow/test_flow_call.c
tests_flow_test_flow_call_CFLAGS = $(UNIT_CFLAGS)
tests_flow_test_flow_call_LDADD = $(FLOW_LDADD)
TESTS += tests/flow/test_flow_call

check_PROGRAMS += tests/flow/test_flow_tamper
tests_flow_test_flow_tamper_SOURCES = tests/flow/test_flow_tamper.c
tests_flow_test_flow_tamper_CFLAGS = $(UNIT_CFLAGS)
tests_flow_test_flow_tamper_LDADD = $(FLOW_LDADD)
TESTS += tests/flow/test_flow_tamper

check_PROGRAMS += tests/flow/test_flow_client
tests_flow_test_flow_client_SOURCES = tests/flow/test_flow_client.c
tests_flow_test_flow_client_CFLAGS = $(UNIT_CFLAGS)
tests_flow_test_flow_client_LDADD = $(FLOW_LDADD)
TESTS += tests/flow/test_flow_client

if WITH_TOOLS
TESTS += tests/flow/kerberos.sh tests/flow/trace.sh
endif
EXTRA_DIST += tests/flow/kerberos.sh tests/flow/trace.sh

check_PROGRAMS += tests/flow/test_flow_memory
tests_flow_test_flow_memory_SOURCES = tests/flow/test_flow_memory.c
tests_flow_test_flow_memory_CFLAGS = $(UNIT_CFLAGS)
tests_flow_test_flow_memory_LDADD = $(FLOW_LDADD)
TESTS += tests/flow/test_flow_memory
