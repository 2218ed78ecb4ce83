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

# Calls that the test lets fail, or watches.
RECORD_FAST_WRAPS = \
	-Wl,--wrap=krb5_derive_mac \
	-Wl,--wrap=krb5_derive_cipher \
	-Wl,--wrap=krb5_cts_encrypt \
	-Wl,--wrap=krb5_cts_decrypt \
	-Wl,--wrap=krb5_random \
	-Wl,--wrap=krb5_context_export \
	-Wl,--wrap=secret_wipe
check_PROGRAMS += tests/unit/test_packages_record_fast
tests_unit_test_packages_record_fast_SOURCES = tests/unit/test_packages_record_fast.c
tests_unit_test_packages_record_fast_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_packages_record_fast_LDADD = $(HARNESS_LDADD)
tests_unit_test_packages_record_fast_LDFLAGS = $(RECORD_FAST_WRAPS)
TESTS += tests/unit/test_packages_record_fast

check_PROGRAMS += tests/unit/test_packages_record_ntlm
tests_unit_test_packages_record_ntlm_SOURCES = tests/unit/test_packages_record_ntlm.c
tests_unit_test_packages_record_ntlm_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_packages_record_ntlm_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_packages_record_ntlm

# Calls of other libraries that the test lets fail.
REFUSED_WRAPS = \
	-Wl,--wrap=krb5_init_context \
	-Wl,--wrap=krb5_parse_name_flags \
	-Wl,--wrap=krb5_get_init_creds_opt_alloc \
	-Wl,--wrap=krb5_get_init_creds_keytab \
	-Wl,--wrap=krb5_cc_new_unique \
	-Wl,--wrap=krb5_cc_initialize \
	-Wl,--wrap=krb5_cc_store_cred \
	-Wl,--wrap=krb5_cc_get_full_name \
	-Wl,--wrap=krb5_cc_resolve \
	-Wl,--wrap=krb5_kt_resolve \
	-Wl,--wrap=krb5_kt_start_seq_get \
	-Wl,--wrap=krb5_kt_next_entry \
	-Wl,--wrap=krb5_kt_add_entry \
	-Wl,--wrap=krb5_get_host_realm \
	-Wl,--wrap=krb5_get_default_realm \
	-Wl,--wrap=memfd_create \
	-Wl,--wrap=krb5_get_init_creds_password \
	-Wl,--wrap=gss_import_name \
	-Wl,--wrap=gss_set_cred_option \
	-Wl,--wrap=gss_set_neg_mechs \
	-Wl,--wrap=gss_add_cred \
	-Wl,--wrap=gss_acquire_cred_from \
	-Wl,--wrap=gss_add_cred_from \
	-Wl,--wrap=gss_acquire_cred_impersonate_name \
	-Wl,--wrap=gss_acquire_cred \
	-Wl,--wrap=gss_acquire_cred_with_password \
	-Wl,--wrap=gss_inquire_cred \
	-Wl,--wrap=gss_display_name \
	-Wl,--wrap=gss_init_sec_context \
	-Wl,--wrap=gss_accept_sec_context \
	-Wl,--wrap=gss_inquire_sec_context_by_oid \
	-Wl,--wrap=gss_get_name_attribute \
	-Wl,--wrap=gss_inquire_context \
	-Wl,--wrap=gss_export_sec_context \
	-Wl,--wrap=gss_import_sec_context \
	-Wl,--wrap=gss_indicate_mechs \
	-Wl,--wrap=EVP_CIPHER_CTX_new \
	-Wl,--wrap=EVP_CIPHER_CTX_set_padding \
	-Wl,--wrap=EVP_CipherInit_ex2 \
	-Wl,--wrap=EVP_CipherUpdate \
	-Wl,--wrap=EVP_EncryptInit_ex2 \
	-Wl,--wrap=EVP_EncryptUpdate \
	-Wl,--wrap=EVP_MD_CTX_new \
	-Wl,--wrap=EVP_DigestInit_ex2 \
	-Wl,--wrap=EVP_DigestUpdate \
	-Wl,--wrap=EVP_DigestFinal_ex \
	-Wl,--wrap=krb5_change_password
check_PROGRAMS += tests/unit/test_packages_refused
tests_unit_test_packages_refused_SOURCES = tests/unit/test_packages_refused.c
tests_unit_test_packages_refused_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_packages_refused_LDADD = $(HARNESS_LDADD)
tests_unit_test_packages_refused_LDFLAGS = $(REFUSED_WRAPS)
TESTS += tests/unit/test_packages_refused.sh
EXTRA_DIST += tests/unit/test_packages_refused.sh
