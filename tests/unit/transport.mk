# SPDX-License-Identifier: MIT
check_PROGRAMS += tests/unit/test_transport_tcp
tests_unit_test_transport_tcp_SOURCES = tests/unit/test_transport_tcp.c
tests_unit_test_transport_tcp_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_transport_tcp_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_transport_tcp

check_PROGRAMS += tests/unit/test_transport_connect
tests_unit_test_transport_connect_SOURCES = tests/unit/test_transport_connect.c
tests_unit_test_transport_connect_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_transport_connect_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_transport_connect

check_PROGRAMS += tests/unit/test_transport_memory
tests_unit_test_transport_memory_SOURCES = tests/unit/test_transport_memory.c
tests_unit_test_transport_memory_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_transport_memory_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_transport_memory

check_PROGRAMS += tests/unit/test_transport_lookup
tests_unit_test_transport_lookup_SOURCES = tests/unit/test_transport_lookup.c
tests_unit_test_transport_lookup_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_transport_lookup_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_transport_lookup

check_PROGRAMS += tests/unit/test_transport_local
tests_unit_test_transport_local_SOURCES = tests/unit/test_transport_local.c
tests_unit_test_transport_local_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_transport_local_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_transport_local

check_PROGRAMS += tests/unit/test_transport_proxy
tests_unit_test_transport_proxy_SOURCES = tests/unit/test_transport_proxy.c
tests_unit_test_transport_proxy_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_transport_proxy_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_transport_proxy
