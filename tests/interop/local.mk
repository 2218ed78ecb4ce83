# SPDX-License-Identifier: MIT
# Peers that nobody here wrote. Not part of make check: they need large packages and root.
INTEROP_TESTS = tests/interop/samba.tap
EXTRA_DIST += tests/interop/lab tests/interop/samba.tap

.PHONY: interop
interop: all
	$(MAKE) $(AM_MAKEFLAGS) check-TESTS TESTS="$(INTEROP_TESTS)"
