# SPDX-License-Identifier: MIT
LINTS = \
	tests/lint/layers \
	tests/lint/symbols \
	tests/lint/format \
	tests/lint/citations \
	tests/lint/mistakes \
	tests/lint/headers \
	tests/lint/man \
	tests/lint/options \
	tests/lint/attacks
dist_check_SCRIPTS += $(LINTS)
TESTS += $(LINTS)
EXTRA_DIST += tests/leaks tests/attacks tests/lint/install tests/lint/pre-commit tests/packages tests/setup.sh tests/run.sh

lint: all
	$(MAKE) $(AM_MAKEFLAGS) check-TESTS TESTS="$(LINTS)"
