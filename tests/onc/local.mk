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
