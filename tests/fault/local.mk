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

# The engine's tables: printed, compared with ARCHITECTURE.md, gone through.
FAULT_STATES = tests/fault/states.c tests/fault/states.h
check_PROGRAMS += tests/fault/print_states
tests_fault_print_states_SOURCES = tests/fault/print_states.c $(FAULT_STATES)
tests_fault_print_states_CFLAGS = $(AM_CFLAGS) -I$(srcdir)/tests
tests_fault_print_states_LDADD = $(FLOW_LDADD)
dist_check_SCRIPTS += tests/fault/states.sh
TESTS += tests/fault/states.sh

check_PROGRAMS += tests/fault/test_fault_states
tests_fault_test_fault_states_SOURCES = tests/fault/test_fault_states.c $(FAULT_STATES)
tests_fault_test_fault_states_CFLAGS = $(UNIT_CFLAGS)
tests_fault_test_fault_states_LDADD = $(FLOW_LDADD)
TESTS += tests/fault/test_fault_states

# What somebody in the middle does to a handshake.
check_PROGRAMS += tests/fault/test_fault_handshake
tests_fault_test_fault_handshake_SOURCES = tests/fault/test_fault_handshake.c
tests_fault_test_fault_handshake_CFLAGS = $(UNIT_CFLAGS)
tests_fault_test_fault_handshake_LDADD = $(FLOW_LDADD)
TESTS += tests/fault/test_fault_handshake

# System calls, and starts of threads and of libuv's parts, that fail.
check_PROGRAMS += tests/fault/test_fault_system
tests_fault_test_fault_system_SOURCES = tests/fault/test_fault_system.c $(RUNTIME_SERVICE)
tests_fault_test_fault_system_CFLAGS = $(UNIT_CFLAGS)
tests_fault_test_fault_system_LDADD = $(UNIT_LDADD)
tests_fault_test_fault_system_LDFLAGS = -Wl,--wrap=socket,--wrap=bind,--wrap=listen,--wrap=setsockopt,--wrap=getsockopt,--wrap=getsockname,--wrap=getpeername,--wrap=getnameinfo,--wrap=connect,--wrap=getaddrinfo,--wrap=accept4,--wrap=fcntl,--wrap=poll,--wrap=__poll_chk,--wrap=eventfd,--wrap=epoll_create1,--wrap=epoll_ctl,--wrap=getrlimit,--wrap=sched_getaffinity,--wrap=pthread_condattr_init,--wrap=pthread_create,--wrap=uv_loop_init,--wrap=uv_async_init,--wrap=uv_poll_init
TESTS += tests/fault/system.sh
EXTRA_DIST += tests/fault/system.sh
