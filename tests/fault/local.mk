# SPDX-License-Identifier: MIT
# What is made to fail: peers, networks, memory.
check_PROGRAMS += tests/fault/test_fault_engine
tests_fault_test_fault_engine_SOURCES = tests/fault/test_fault_engine.c
tests_fault_test_fault_engine_CFLAGS = $(UNIT_CFLAGS)
tests_fault_test_fault_engine_LDADD = $(FLOW_LDADD)
TESTS += tests/fault/test_fault_engine

# Memory that ends, at every place of many flows.
check_PROGRAMS += tests/fault/test_fault_memory
tests_fault_test_fault_memory_SOURCES = tests/fault/test_fault_memory.c $(RUNTIME_SERVICE)
tests_fault_test_fault_memory_CFLAGS = $(UNIT_CFLAGS) -I$(srcdir)/idl/compiler
tests_fault_test_fault_memory_LDADD = idl/compiler/libidl.la $(FLOW_LDADD)
TESTS += tests/fault/test_fault_memory

if WITH_TOOLS
TESTS += tests/fault/kerberos.sh
endif
EXTRA_DIST += tests/fault/kerberos.sh

# Reads and writes that go wrong.
check_PROGRAMS += tests/fault/test_fault_io
tests_fault_test_fault_io_SOURCES = tests/fault/test_fault_io.c tests/fault/bad_io.c \
	tests/fault/bad_io.h $(RUNTIME_SERVICE)
tests_fault_test_fault_io_CFLAGS = $(UNIT_CFLAGS)
tests_fault_test_fault_io_LDADD = $(UNIT_LDADD)
TESTS += tests/fault/test_fault_io
