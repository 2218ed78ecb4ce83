# SPDX-License-Identifier: MIT
# Real processes and many connections under random trouble: seconds here, minutes in `make soak`.
SOAK_SOURCES = tests/soak/soak.c tests/soak/soak.h
SOAK_CPPFLAGS = -I$(srcdir)/librpcsec/include -I$(srcdir)/tests

check_PROGRAMS += tests/soak/ends tests/soak/crowd
tests_soak_ends_SOURCES = tests/soak/ends.c $(SOAK_SOURCES)
tests_soak_ends_CPPFLAGS = $(SOAK_CPPFLAGS)
tests_soak_ends_CFLAGS = $(AM_CFLAGS)
tests_soak_ends_LDADD = librpcsec/librpcsec.la
tests_soak_crowd_SOURCES = tests/soak/crowd.c $(SOAK_SOURCES)
tests_soak_crowd_CPPFLAGS = $(SOAK_CPPFLAGS)
tests_soak_crowd_CFLAGS = $(AM_CFLAGS)
tests_soak_crowd_LDADD = librpcsec/librpcsec.la
TESTS += tests/soak/ends tests/soak/crowd

.PHONY: soak
soak: tests/soak/ends tests/soak/crowd
	tests/soak/ends 10000
	tests/soak/crowd 1000 60
