# SPDX-License-Identifier: MIT
# What a server does for its programs and against its clients, over real sockets.
SERVER_IDL = tests/server/gen/locker.h tests/server/gen/locker_c.c tests/server/gen/locker_s.c
BUILT_SOURCES += $(SERVER_IDL)
CLEANFILES += $(SERVER_IDL)
EXTRA_DIST += tests/server/locker.idl
tests/server/gen/%.h tests/server/gen/%_c.c tests/server/gen/%_s.c: \
		$(srcdir)/tests/server/%.idl $(RPCSEC_IDL)
	$(AM_V_GEN)$(MKDIR_P) tests/server/gen && $(RPCSEC_IDL) -o tests/server/gen $<
SERVER_CFLAGS = $(UNIT_CFLAGS) -Itests/server/gen
SERVER_RAW = tests/server/raw_peer.c tests/server/raw_peer.h

check_PROGRAMS += tests/server/test_server_handles
tests_server_test_server_handles_SOURCES = tests/server/test_server_handles.c $(RUNTIME_SERVICE) \
	$(SERVER_RAW)
nodist_tests_server_test_server_handles_SOURCES = tests/server/gen/locker_c.c \
	tests/server/gen/locker_s.c
tests_server_test_server_handles_CFLAGS = $(SERVER_CFLAGS)
tests_server_test_server_handles_LDADD = $(HARNESS_LDADD)
TESTS += tests/server/test_server_handles

check_PROGRAMS += tests/server/test_server_deferred
tests_server_test_server_deferred_SOURCES = tests/server/test_server_deferred.c $(RUNTIME_SERVICE) \
	$(SERVER_RAW)
tests_server_test_server_deferred_CFLAGS = $(SERVER_CFLAGS)
tests_server_test_server_deferred_LDADD = $(HARNESS_LDADD)
TESTS += tests/server/test_server_deferred

check_PROGRAMS += tests/server/test_server_reports
tests_server_test_server_reports_SOURCES = tests/server/test_server_reports.c \
	tests/server/reports.c tests/server/reports.h $(RUNTIME_SERVICE) $(SERVER_RAW)
tests_server_test_server_reports_CFLAGS = $(SERVER_CFLAGS)
tests_server_test_server_reports_LDADD = $(HARNESS_LDADD)
TESTS += tests/server/test_server_reports

check_PROGRAMS += tests/server/test_server_kerberos
tests_server_test_server_kerberos_SOURCES = tests/server/test_server_kerberos.c \
	tests/server/reports.c tests/server/reports.h $(RUNTIME_SERVICE)
tests_server_test_server_kerberos_CFLAGS = $(SERVER_CFLAGS)
tests_server_test_server_kerberos_LDADD = $(HARNESS_LDADD)
EXTRA_DIST += tests/server/kerberos.sh
if WITH_TOOLS
TESTS += tests/server/kerberos.sh
endif

check_PROGRAMS += tests/server/test_server_limits
tests_server_test_server_limits_SOURCES = tests/server/test_server_limits.c \
	tests/server/reports.c tests/server/reports.h $(RUNTIME_SERVICE) $(SERVER_RAW)
tests_server_test_server_limits_CFLAGS = $(SERVER_CFLAGS)
tests_server_test_server_limits_LDADD = $(HARNESS_LDADD)
TESTS += tests/server/test_server_limits

check_PROGRAMS += tests/server/test_server_memory
tests_server_test_server_memory_SOURCES = tests/server/test_server_memory.c \
	tests/server/reports.c tests/server/reports.h $(RUNTIME_SERVICE)
nodist_tests_server_test_server_memory_SOURCES = tests/server/gen/locker_c.c \
	tests/server/gen/locker_s.c idl/gen/mgmt_c.c
tests_server_test_server_memory_CFLAGS = $(SERVER_CFLAGS)
tests_server_test_server_memory_LDADD = $(FLOW_LDADD)
TESTS += tests/server/test_server_memory

check_PROGRAMS += tests/server/test_server_proxy
tests_server_test_server_proxy_SOURCES = tests/server/test_server_proxy.c \
	tests/server/reports.c tests/server/reports.h $(RUNTIME_SERVICE) $(SERVER_RAW)
tests_server_test_server_proxy_CFLAGS = $(SERVER_CFLAGS)
tests_server_test_server_proxy_LDADD = $(HARNESS_LDADD)
TESTS += tests/server/test_server_proxy
