# SPDX-License-Identifier: MIT
# SSPI as programs use it: through the installed headers and the shared library.
SSPI_CPPFLAGS = -D_GNU_SOURCE -I$(srcdir)/librpcsec/include
COMPAT_CPPFLAGS = $(SSPI_CPPFLAGS) -I$(srcdir)/librpcsec/include/rpcsec-compat

check_PROGRAMS += tests/sspi/conformance tests/sspi/packages tests/sspi/handles
tests_sspi_conformance_SOURCES = tests/sspi/conformance.c
tests_sspi_conformance_CPPFLAGS = $(SSPI_CPPFLAGS)
tests_sspi_conformance_LDADD = librpcsec/librpcsec.la
tests_sspi_packages_SOURCES = tests/sspi/packages.c
tests_sspi_packages_CPPFLAGS = $(SSPI_CPPFLAGS)
tests_sspi_packages_LDADD = librpcsec/librpcsec.la
tests_sspi_handles_SOURCES = tests/sspi/handles.c
tests_sspi_handles_CPPFLAGS = $(SSPI_CPPFLAGS)
tests_sspi_handles_LDADD = librpcsec/librpcsec.la

# One source, A and W.
check_PROGRAMS += tests/sspi/windows_shape_a tests/sspi/windows_shape_w
tests_sspi_windows_shape_a_SOURCES = tests/sspi/windows_shape.c
tests_sspi_windows_shape_a_CPPFLAGS = $(COMPAT_CPPFLAGS)
tests_sspi_windows_shape_a_LDADD = librpcsec/librpcsec.la
tests_sspi_windows_shape_w_SOURCES = tests/sspi/windows_shape.c
tests_sspi_windows_shape_w_CPPFLAGS = $(COMPAT_CPPFLAGS) -DUNICODE
tests_sspi_windows_shape_w_LDADD = librpcsec/librpcsec.la

# Each cause of failure and its status.
check_PROGRAMS += tests/sspi/step
tests_sspi_step_SOURCES = tests/sspi/step.c
tests_sspi_step_CPPFLAGS = $(SSPI_CPPFLAGS)
tests_sspi_step_LDADD = librpcsec/librpcsec.la

check_PROGRAMS += tests/sspi/gss_peer
tests_sspi_gss_peer_SOURCES = tests/sspi/gss_peer.c
tests_sspi_gss_peer_CPPFLAGS = $(SSPI_CPPFLAGS)
tests_sspi_gss_peer_CFLAGS = $(AM_CFLAGS) $(GSS_CFLAGS)
tests_sspi_gss_peer_LDADD = librpcsec/librpcsec.la $(GSS_LIBS)

check_PROGRAMS += tests/sspi/credentials_w32 tests/sspi/credentials_w16
tests_sspi_credentials_w32_SOURCES = tests/sspi/credentials.c
tests_sspi_credentials_w32_CPPFLAGS = $(SSPI_CPPFLAGS)
tests_sspi_credentials_w32_LDADD = librpcsec/librpcsec.la
tests_sspi_credentials_w16_SOURCES = tests/sspi/credentials.c
tests_sspi_credentials_w16_CPPFLAGS = $(SSPI_CPPFLAGS) -DRPCSEC_UTF16
tests_sspi_credentials_w16_LDADD = librpcsec/librpcsec.la

TESTS += tests/sspi/credentials.sh tests/sspi/layout.sh tests/sspi/conformance.sh tests/sspi/programs.sh \
	tests/sspi/errors.sh
EXTRA_DIST += tests/sspi/layout.c tests/sspi/layout.sh tests/sspi/conformance.sh \
	tests/sspi/programs.sh tests/sspi/credentials.sh tests/sspi/errors.sh

# The long form of what make check runs for a moment.
.PHONY: sspi-long
sspi-long: all tests/sspi/handles tests/sspi/conformance
	SSPI_OPERATIONS=1000000 SSPI_ENCTYPES="aes128-cts-hmac-sha1-96 aes256-cts-hmac-sha1-96 \
		aes128-cts-hmac-sha256-128 aes256-cts-hmac-sha384-192" \
		$(MAKE) $(AM_MAKEFLAGS) check-TESTS TESTS="tests/sspi/programs.sh tests/sspi/conformance.sh"
