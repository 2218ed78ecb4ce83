# SPDX-License-Identifier: MIT
# make coverage: the tests in a build that counts what they execute (build-coverage).
EXTRA_DIST += tests/coverage/coverage tests/coverage/report tests/coverage/exclusions

.PHONY: coverage
coverage:
	@$(srcdir)/tests/coverage/coverage
