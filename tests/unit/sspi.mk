# SPDX-License-Identifier: MIT

check_PROGRAMS += tests/unit/test_sspi_handle
tests_unit_test_sspi_handle_SOURCES = tests/unit/test_sspi_handle.c
tests_unit_test_sspi_handle_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_sspi_handle_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_sspi_handle

check_PROGRAMS += tests/unit/test_sspi_memory
tests_unit_test_sspi_memory_SOURCES = tests/unit/test_sspi_memory.c
tests_unit_test_sspi_memory_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_sspi_memory_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_sspi_memory

check_PROGRAMS += tests/unit/test_sspi_status
tests_unit_test_sspi_status_SOURCES = tests/unit/test_sspi_status.c
tests_unit_test_sspi_status_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_sspi_status_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_sspi_status

check_PROGRAMS += tests/unit/test_sspi_context
tests_unit_test_sspi_context_SOURCES = tests/unit/test_sspi_context.c
tests_unit_test_sspi_context_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_sspi_context_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_sspi_context

check_PROGRAMS += tests/unit/test_sspi_api_bare
tests_unit_test_sspi_api_bare_SOURCES = tests/unit/test_sspi_api_bare.c
tests_unit_test_sspi_api_bare_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_sspi_api_bare_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_sspi_api_bare

check_PROGRAMS += tests/unit/test_sspi_api
tests_unit_test_sspi_api_SOURCES = tests/unit/test_sspi_api.c $(SSPI_PAIR)
tests_unit_test_sspi_api_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_sspi_api_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_sspi_api.sh
EXTRA_DIST += tests/unit/test_sspi_api.sh

check_PROGRAMS += tests/unit/test_sspi_expiry
tests_unit_test_sspi_expiry_SOURCES = tests/unit/test_sspi_expiry.c $(SSPI_PAIR)
tests_unit_test_sspi_expiry_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_sspi_expiry_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_sspi_expiry.sh
EXTRA_DIST += tests/unit/test_sspi_expiry.sh

check_PROGRAMS += tests/unit/test_sspi_form
tests_unit_test_sspi_form_SOURCES = tests/unit/test_sspi_form.c
tests_unit_test_sspi_form_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_sspi_form_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_sspi_form

# For each width of wide text.
check_PROGRAMS += tests/unit/test_sspi_identity_w32 tests/unit/test_sspi_identity_w16
tests_unit_test_sspi_identity_w32_SOURCES = tests/unit/test_sspi_identity.c
tests_unit_test_sspi_identity_w32_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_sspi_identity_w32_LDADD = $(HARNESS_LDADD)
tests_unit_test_sspi_identity_w16_SOURCES = tests/unit/test_sspi_identity.c
tests_unit_test_sspi_identity_w16_CFLAGS = $(UNIT_CFLAGS) -DRPCSEC_UTF16
tests_unit_test_sspi_identity_w16_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_sspi_identity_w32 tests/unit/test_sspi_identity_w16

check_PROGRAMS += tests/unit/test_sspi_calls_w32 tests/unit/test_sspi_calls_w16
tests_unit_test_sspi_calls_w32_SOURCES = tests/unit/test_sspi_calls.c $(SSPI_PAIR)
tests_unit_test_sspi_calls_w32_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_sspi_calls_w32_LDADD = $(HARNESS_LDADD)
tests_unit_test_sspi_calls_w16_SOURCES = tests/unit/test_sspi_calls.c $(SSPI_PAIR)
tests_unit_test_sspi_calls_w16_CFLAGS = $(UNIT_CFLAGS) -DRPCSEC_UTF16
tests_unit_test_sspi_calls_w16_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_sspi_calls.sh
EXTRA_DIST += tests/unit/test_sspi_calls.sh
