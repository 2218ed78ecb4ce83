# SPDX-License-Identifier: MIT
# Scripts that need a KDC: each skips with 77 and a reason where there is none.
REALM_TESTS = \
	tests/realm/realm.sh \
	tests/realm/realm_broken.sh \
	tests/realm/realm_killed.sh \
	tests/realm/realm_dir.sh \
	tests/realm/realm_user.sh \
	tests/realm/map.sh \
	tests/realm/ping.sh \
	tests/realm/probe.sh \
	tests/realm/serve.sh \
	tests/realm/serve_systemd.sh
if WITH_TOOLS
TESTS += $(REALM_TESTS)
check_PROGRAMS += tests/realm/echo_client
tests_realm_echo_client_SOURCES = tests/realm/echo_client.c
nodist_tests_realm_echo_client_SOURCES = idl/gen/echo_c.c
tests_realm_echo_client_CPPFLAGS = -I$(srcdir)/librpcsec/include -I$(builddir)/idl
tests_realm_echo_client_LDADD = librpcsec/librpcsec.la
endif
EXTRA_DIST += $(REALM_TESTS) tests/realm/lib.sh

# A client and a server under valgrind: slow, so not part of make check.
EXTRA_DIST += tests/realm/valgrind.sh tests/valgrind.supp
.PHONY: valgrind
valgrind: all
	srcdir=$(srcdir) $(srcdir)/tests/realm/valgrind.sh
