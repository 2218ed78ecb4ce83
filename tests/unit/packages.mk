# SPDX-License-Identifier: MIT
# Programs with a script of the same name need a realm; the script is the test.
SSPI_PAIR = tests/unit/sspi_pair.c tests/unit/sspi_pair.h
RECORD_PAIR = tests/unit/record_pair.c tests/unit/record_pair.h

check_PROGRAMS += tests/unit/test_packages_apreq
tests_unit_test_packages_apreq_SOURCES = tests/unit/test_packages_apreq.c
tests_unit_test_packages_apreq_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_packages_apreq_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_packages_apreq
EXTRA_DIST += tests/unit/test_packages_apreq_dce.hex tests/unit/test_packages_apreq_framed.hex

check_PROGRAMS += tests/unit/test_packages_enctype
tests_unit_test_packages_enctype_SOURCES = tests/unit/test_packages_enctype.c
tests_unit_test_packages_enctype_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_packages_enctype_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_packages_enctype

check_PROGRAMS += tests/unit/test_packages_gssw_status
tests_unit_test_packages_gssw_status_SOURCES = tests/unit/test_packages_gssw_status.c
tests_unit_test_packages_gssw_status_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_packages_gssw_status_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_packages_gssw_status

check_PROGRAMS += tests/unit/test_packages_kerberos
tests_unit_test_packages_kerberos_SOURCES = tests/unit/test_packages_kerberos.c $(SSPI_PAIR)
tests_unit_test_packages_kerberos_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_packages_kerberos_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_packages_kerberos.sh tests/unit/test_packages_kerberos_enctypes.sh
EXTRA_DIST += tests/unit/test_packages_kerberos.sh tests/unit/test_packages_kerberos_enctypes.sh

check_PROGRAMS += tests/unit/test_packages_record_gss
tests_unit_test_packages_record_gss_SOURCES = tests/unit/test_packages_record_gss.c
tests_unit_test_packages_record_gss_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_packages_record_gss_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_packages_record_gss

check_PROGRAMS += tests/unit/test_packages_negotiate
tests_unit_test_packages_negotiate_SOURCES = tests/unit/test_packages_negotiate.c $(SSPI_PAIR)
tests_unit_test_packages_negotiate_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_packages_negotiate_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_packages_negotiate.sh
EXTRA_DIST += tests/unit/test_packages_negotiate.sh

check_PROGRAMS += tests/unit/test_packages_token
tests_unit_test_packages_token_SOURCES = tests/unit/test_packages_token.c
tests_unit_test_packages_token_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_packages_token_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_packages_token
EXTRA_DIST += tests/unit/test_packages_token_spnego.hex

check_PROGRAMS += tests/unit/test_packages_record_iov
tests_unit_test_packages_record_iov_SOURCES = tests/unit/test_packages_record_iov.c
tests_unit_test_packages_record_iov_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_packages_record_iov_LDADD = $(HARNESS_LDADD)
tests_unit_test_packages_record_iov_LDFLAGS = -Wl,--wrap=free
TESTS += tests/unit/test_packages_record_iov

check_PROGRAMS += tests/unit/test_packages_pac
tests_unit_test_packages_pac_SOURCES = tests/unit/test_packages_pac.c
tests_unit_test_packages_pac_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_packages_pac_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_packages_pac
EXTRA_DIST += tests/unit/test_packages_pac_user.hex tests/unit/test_packages_pac_admin.hex \
	tests/unit/test_packages_pac_foreign.hex

check_PROGRAMS += tests/unit/test_packages_krb5_keys
tests_unit_test_packages_krb5_keys_SOURCES = tests/unit/test_packages_krb5_keys.c
tests_unit_test_packages_krb5_keys_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_packages_krb5_keys_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_packages_krb5_keys

check_PROGRAMS += tests/unit/test_packages_record_krb5fast
tests_unit_test_packages_record_krb5fast_SOURCES = tests/unit/test_packages_record_krb5fast.c \
	$(RECORD_PAIR) $(SSPI_PAIR)
tests_unit_test_packages_record_krb5fast_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_packages_record_krb5fast_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_packages_record_krb5fast.sh
EXTRA_DIST += tests/unit/test_packages_record_krb5fast.sh

check_PROGRAMS += tests/unit/test_packages_record_ntlm
tests_unit_test_packages_record_ntlm_SOURCES = tests/unit/test_packages_record_ntlm.c
tests_unit_test_packages_record_ntlm_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_packages_record_ntlm_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_packages_record_ntlm
