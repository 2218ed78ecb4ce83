# SPDX-License-Identifier: MIT
# Peers that nobody here wrote. Not part of make check: they need large packages and root.
INTEROP_TESTS = tests/interop/samba.tap tests/interop/controller.tap

check_PROGRAMS += tests/interop/client_sids
tests_interop_client_sids_SOURCES = tests/interop/client_sids.c $(SSPI_PAIR)
tests_interop_client_sids_CFLAGS = $(UNIT_CFLAGS)
tests_interop_client_sids_LDADD = $(HARNESS_LDADD)
INTEROP_PEERS = tests/interop/client_sids tests/sspi/conformance tests/sspi/packages tests/interop/samr_users

INTEROP_SAMR = tests/interop/samr.h tests/interop/samr_c.c
BUILT_SOURCES += $(INTEROP_SAMR)
CLEANFILES += $(INTEROP_SAMR)
EXTRA_DIST += tests/interop/samr.idl
tests/interop/%.h tests/interop/%_c.c: $(srcdir)/tests/interop/%.idl $(RPCSEC_IDL)
	$(AM_V_GEN)$(MKDIR_P) tests/interop && $(RPCSEC_IDL) --header --client -o tests/interop $<

tests/interop/samr_users-samr_users.$(OBJEXT): tests/interop/samr.h
check_PROGRAMS += tests/interop/samr_users
tests_interop_samr_users_SOURCES = tests/interop/samr_users.c
nodist_tests_interop_samr_users_SOURCES = tests/interop/samr_c.c
tests_interop_samr_users_CPPFLAGS = -I$(srcdir)/librpcsec/include -I$(builddir)/tests/interop
tests_interop_samr_users_LDADD = librpcsec/librpcsec.la

EXTRA_DIST += tests/interop/lab tests/interop/lib.sh tests/interop/impacket_call.py $(INTEROP_TESTS)

.PHONY: interop
interop: all $(INTEROP_PEERS)
	$(MAKE) $(AM_MAKEFLAGS) check-TESTS TESTS="$(INTEROP_TESTS)"
