# SPDX-License-Identifier: MIT
# A man in the middle on real sockets, with Kerberos.
check_PROGRAMS += tests/mitm/test_mitm
tests_mitm_test_mitm_SOURCES = tests/mitm/test_mitm.c tests/mitm/proxy.c tests/mitm/proxy.h \
	$(RUNTIME_SERVICE)
tests_mitm_test_mitm_CFLAGS = $(UNIT_CFLAGS)
tests_mitm_test_mitm_LDADD = $(UNIT_LDADD)
EXTRA_DIST += tests/mitm/mitm.sh
if WITH_TOOLS
TESTS += tests/mitm/mitm.sh
endif
