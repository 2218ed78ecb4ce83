# SPDX-License-Identifier: MIT
# Helpers shared by tests: link $(HARNESS_LDADD), include "harness/...".
check_LTLIBRARIES += tests/harness/libharness.la
tests_harness_libharness_la_SOURCES = \
	tests/harness/alloc_check.c tests/harness/alloc_check.h \
	tests/harness/decoder_check.c tests/harness/decoder_check.h \
	tests/harness/test.h \
	tests/harness/vector.c tests/harness/vector.h
tests_harness_libharness_la_CFLAGS = $(UNIT_CFLAGS)
