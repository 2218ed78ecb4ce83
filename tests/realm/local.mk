# SPDX-License-Identifier: MIT
# Scripts that need a KDC: each skips with 77 and a reason where there is none.
REALM_TESTS = \
	tests/realm/realm.sh \
	tests/realm/realm_broken.sh \
	tests/realm/realm_killed.sh \
	tests/realm/realm_dir.sh \
	tests/realm/realm_user.sh \
	tests/realm/epmd.sh \
	tests/realm/local.sh \
	tests/realm/map.sh \
	tests/realm/ping.sh \
	tests/realm/probe.sh \
	tests/realm/serve.sh \
	tests/realm/serve_systemd.sh
if WITH_TOOLS
TESTS += $(REALM_TESTS)
check_PROGRAMS += tests/realm/echo_client
tests_realm_echo_client_SOURCES = tests/realm/echo_client.c
nodist_tests_realm_echo_client_SOURCES = idl/gen/echo_c.c
tests_realm_echo_client_CPPFLAGS = -I$(srcdir)/librpcsec/include -I$(builddir)/idl
tests_realm_echo_client_LDADD = librpcsec/librpcsec.la
if WITH_ONC
# The command itself, whose calls of the system and of libraries can be made to fail.
TESTS += tests/realm/faults.sh tests/realm/onc_ping.sh
check_PROGRAMS += tests/realm/rpcsec_faults
tests_realm_rpcsec_faults_SOURCES = tests/realm/faults.c
tests_realm_rpcsec_faults_CPPFLAGS = -D_GNU_SOURCE -I$(srcdir)/librpcsec/include $(TIRPC_CFLAGS)
tests_realm_rpcsec_faults_LDADD = $(librpcsec_tools_rpcsec_OBJECTS) $(librpcsec_tools_rpcsec_LDADD)
tests_realm_rpcsec_faults_DEPENDENCIES = librpcsec/tools/rpcsec$(EXEEXT)
tests_realm_rpcsec_faults_LDFLAGS = \
	-Wl,--wrap=open -Wl,--wrap=openat -Wl,--wrap=fdopen -Wl,--wrap=fork -Wl,--wrap=pipe2 \
	-Wl,--wrap=signalfd -Wl,--wrap=mkdir -Wl,--wrap=mkdtemp -Wl,--wrap=realpath -Wl,--wrap=fstat \
	-Wl,--wrap=flock -Wl,--wrap=setenv -Wl,--wrap=getrandom -Wl,--wrap=opendir -Wl,--wrap=read \
	-Wl,--wrap=write -Wl,--wrap=vdprintf -Wl,--wrap=socket -Wl,--wrap=bind -Wl,--wrap=connect \
	-Wl,--wrap=getsockname -Wl,--wrap=poll -Wl,--wrap=send -Wl,--wrap=getaddrinfo \
	-Wl,--wrap=calloc -Wl,--wrap=pthread_create -Wl,--wrap=krb5_init_context \
	-Wl,--wrap=krb5_parse_name -Wl,--wrap=krb5_kt_resolve -Wl,--wrap=krb5_kt_default \
	-Wl,--wrap=krb5_kt_get_name -Wl,--wrap=krb5_cc_default -Wl,--wrap=krb5_cc_resolve \
	-Wl,--wrap=krb5_cc_initialize -Wl,--wrap=krb5_cc_get_principal \
	-Wl,--wrap=krb5_get_init_creds_opt_alloc -Wl,--wrap=krb5_get_credentials \
	-Wl,--wrap=krb5_decode_ticket -Wl,--wrap=krb5_enctype_to_name -Wl,--wrap=rpcsec_policy_new \
	-Wl,--wrap=rpcsec_policy_set_limit -Wl,--wrap=rpcsec_policy_set_level \
	-Wl,--wrap=rpcsec_policy_set_anonymous -Wl,--wrap=rpcsec_policy_set_header_signing \
	-Wl,--wrap=rpcsec_policy_set_verification_trailer -Wl,--wrap=rpcsec_policy_set_third_leg \
	-Wl,--wrap=rpcsec_policy_set_mechanisms -Wl,--wrap=rpcsec_policy_set_keytab \
	-Wl,--wrap=rpcsec_policy_accept_spn -Wl,--wrap=rpcsec_level_parse -Wl,--wrap=rpcsec_arena_new \
	-Wl,--wrap=rpcsec_server_new -Wl,--wrap=rpcsec_server_add -Wl,--wrap=rpcsec_server_add_mgmt \
	-Wl,--wrap=rpcsec_server_add_epm -Wl,--wrap=rpcsec_server_run -Wl,--wrap=rpcsec_client_bind \
	-Wl,--wrap=rpcsec_server_on_error -Wl,--wrap=rpcsec_server_on_audit \
	-Wl,--wrap=rpcsec_onc_server_new -Wl,--wrap=rpcsec_onc_server_add_with \
	-Wl,--wrap=rpcsec_onc_server_run
endif
endif
EXTRA_DIST += $(REALM_TESTS) tests/realm/faults.sh tests/realm/onc_ping.sh tests/realm/lib.sh

# A client and a server under valgrind: slow, so not part of make check.
EXTRA_DIST += tests/realm/valgrind.sh tests/valgrind.supp
.PHONY: valgrind
valgrind: all
	srcdir=$(srcdir) $(srcdir)/tests/realm/valgrind.sh
