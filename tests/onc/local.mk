# SPDX-License-Identifier: MIT
# ONC RPC. Programs with a script of the same name need a realm; the script is the test.
check_PROGRAMS += tests/onc/test_packages_rotate
tests_onc_test_packages_rotate_SOURCES = tests/onc/test_packages_rotate.c
tests_onc_test_packages_rotate_CFLAGS = $(UNIT_CFLAGS)
tests_onc_test_packages_rotate_LDADD = $(HARNESS_LDADD)
TESTS += tests/onc/test_packages_rotate

check_PROGRAMS += tests/onc/test_onc_plain
tests_onc_test_onc_plain_SOURCES = tests/onc/test_onc_plain.c tests/onc/plain_pair.c tests/onc/plain_pair.h
tests_onc_test_onc_plain_CFLAGS = $(UNIT_CFLAGS)
tests_onc_test_onc_plain_LDADD = $(HARNESS_LDADD)
TESTS += tests/onc/test_onc_plain.sh
EXTRA_DIST += tests/onc/test_onc_plain.sh

# Stubs of examples/onc/onc_echo.x, thread-safe ones. Generated code is compiled without warnings.
ECHO_GEN = tests/onc/gen/onc_echo.h tests/onc/gen/onc_echo_xdr.c tests/onc/gen/onc_echo_clnt.c tests/onc/gen/onc_echo_svc.c
ECHO_RPCGEN = $(MKDIR_P) tests/onc/gen && cp $(srcdir)/examples/onc/onc_echo.x tests/onc/gen/onc_echo.x && \
	cd tests/onc/gen && rm -f $(@F) && $(RPCGEN) -M
BUILT_SOURCES += tests/onc/gen/onc_echo.h
CLEANFILES += $(ECHO_GEN) tests/onc/gen/onc_echo.x
tests/onc/gen/onc_echo.h: examples/onc/onc_echo.x
	$(AM_V_GEN)$(ECHO_RPCGEN) -h -o $(@F) onc_echo.x
tests/onc/gen/onc_echo_xdr.c: tests/onc/gen/onc_echo.h
	$(AM_V_GEN)$(ECHO_RPCGEN) -c -o $(@F) onc_echo.x
tests/onc/gen/onc_echo_clnt.c: tests/onc/gen/onc_echo_xdr.c
	$(AM_V_GEN)$(ECHO_RPCGEN) -l -o $(@F) onc_echo.x
tests/onc/gen/onc_echo_svc.c: tests/onc/gen/onc_echo_clnt.c
	$(AM_V_GEN)$(ECHO_RPCGEN) -m -o $(@F) onc_echo.x
EXTRA_DIST += examples/onc/onc_echo.x

check_LTLIBRARIES += tests/onc/libecho.la
nodist_tests_onc_libecho_la_SOURCES = $(ECHO_GEN)
tests_onc_libecho_la_CPPFLAGS = $(TIRPC_CFLAGS) -Itests/onc/gen
tests_onc_libecho_la_CFLAGS = -w
tests_onc_libecho_la_LIBADD = $(TIRPC_LIBS)
ECHO_CPPFLAGS = $(AM_CPPFLAGS) -Itests/onc/gen -I$(srcdir)/tests
# Generated procedures get more casts than -Wcast-function-type likes.
ECHO_CFLAGS = $(AM_CFLAGS) -Wno-cast-function-type

# Clients and a server of libtirpc alone, and clients of ours, for the scripts.
check_PROGRAMS += tests/onc/onc_peer
tests_onc_onc_peer_SOURCES = tests/onc/onc_peer.c tests/onc/onc_service.c tests/onc/onc_service.h
tests_onc_onc_peer_CPPFLAGS = $(ECHO_CPPFLAGS)
tests_onc_onc_peer_CFLAGS = $(ECHO_CFLAGS)
tests_onc_onc_peer_LDADD = tests/onc/libecho.la librpcsec/librpcsec-internal.la $(TIRPC_LIBS)
if WITH_TOOLS
TESTS += tests/onc/matrix.sh
endif
EXTRA_DIST += tests/onc/matrix.sh

# A server and its clients in one program.
check_PROGRAMS += tests/onc/test_onc_service
tests_onc_test_onc_service_SOURCES = tests/onc/test_onc_service.c tests/onc/served.c tests/onc/served.h \
	tests/onc/onc_service.c tests/onc/onc_service.h
tests_onc_test_onc_service_CPPFLAGS = $(ECHO_CPPFLAGS)
tests_onc_test_onc_service_CFLAGS = $(UNIT_CFLAGS) -Wno-cast-function-type
tests_onc_test_onc_service_LDADD = tests/onc/libecho.la $(HARNESS_LDADD) $(TIRPC_LIBS)
check_PROGRAMS += tests/onc/test_onc_meddled
tests_onc_test_onc_meddled_SOURCES = tests/onc/test_onc_meddled.c tests/onc/meddler.c tests/onc/meddler.h \
	tests/onc/served.c tests/onc/served.h tests/onc/onc_service.c tests/onc/onc_service.h
tests_onc_test_onc_meddled_CPPFLAGS = $(ECHO_CPPFLAGS)
tests_onc_test_onc_meddled_CFLAGS = $(UNIT_CFLAGS) -Wno-cast-function-type
tests_onc_test_onc_meddled_LDADD = tests/onc/libecho.la $(HARNESS_LDADD) $(TIRPC_LIBS)
if WITH_TOOLS
TESTS += tests/onc/test_onc_service.sh
endif
EXTRA_DIST += tests/onc/test_onc_service.sh

check_PROGRAMS += tests/onc/test_onc_engine
tests_onc_test_onc_engine_SOURCES = tests/onc/test_onc_engine.c tests/onc/plain_pair.c tests/onc/plain_pair.h
tests_onc_test_onc_engine_CFLAGS = $(UNIT_CFLAGS)
tests_onc_test_onc_engine_LDADD = tests/flow/libflow.la $(HARNESS_LDADD)
TESTS += tests/onc/test_onc_engine

# Of `make interop`: it skips where python3-gssapi is absent.
if WITH_TOOLS
TESTS += tests/onc/interop_gssapi.sh
endif
EXTRA_DIST += tests/onc/interop_gssapi.sh tests/onc/gss_peer.py

.PHONY: bench-onc
bench-onc: all tests/onc/onc_peer
	$(srcdir)/tests/bench/bench_onc.sh
EXTRA_DIST += tests/bench/bench_onc.sh

if WITH_TOOLS
TESTS += tests/onc/guarantees.sh
endif
EXTRA_DIST += tests/onc/guarantees.sh tests/onc/hostile.py
if WITH_TOOLS
TESTS += tests/onc/renewal.sh
endif
EXTRA_DIST += tests/onc/renewal.sh
if WITH_TOOLS
TESTS += tests/onc/kadmind.sh
endif
EXTRA_DIST += tests/onc/kadmind.sh
