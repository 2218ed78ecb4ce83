# SPDX-License-Identifier: MIT
# Scripts that need a KDC: each skips with 77 and a reason where there is none.
REALM_TESTS = \
	tests/realm/realm.sh \
	tests/realm/realm_killed.sh \
	tests/realm/realm_dir.sh \
	tests/realm/realm_user.sh
if WITH_TOOLS
TESTS += $(REALM_TESTS)
endif
EXTRA_DIST += $(REALM_TESTS) tests/realm/lib.sh
