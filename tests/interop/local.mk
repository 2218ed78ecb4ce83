# SPDX-License-Identifier: MIT
# Peers that nobody here wrote. Not part of make check: they need large packages and root.
INTEROP_TESTS = tests/interop/samba.tap

check_PROGRAMS += tests/interop/client_sids
tests_interop_client_sids_SOURCES = tests/interop/client_sids.c $(SSPI_PAIR)
tests_interop_client_sids_CFLAGS = $(UNIT_CFLAGS)
tests_interop_client_sids_LDADD = $(HARNESS_LDADD)
INTEROP_PEERS = tests/interop/client_sids

EXTRA_DIST += tests/interop/lab tests/interop/samba.tap

.PHONY: interop
interop: all $(INTEROP_PEERS)
	$(MAKE) $(AM_MAKEFLAGS) check-TESTS TESTS="$(INTEROP_TESTS)"
