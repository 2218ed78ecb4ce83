# SPDX-License-Identifier: MIT
# Programs with a script of the same name need a realm; the script is the test.
SSPI_PAIR = tests/unit/sspi_pair.c tests/unit/sspi_pair.h

check_PROGRAMS += tests/unit/test_packages_kerberos
tests_unit_test_packages_kerberos_SOURCES = tests/unit/test_packages_kerberos.c $(SSPI_PAIR)
tests_unit_test_packages_kerberos_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_packages_kerberos_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_packages_kerberos.sh
EXTRA_DIST += tests/unit/test_packages_kerberos.sh
