# SPDX-License-Identifier: MIT
# Hand-written type tables and the reader of tests/vectors/ndr, for tests of the NDR engine.
check_LTLIBRARIES += tests/ndr/libtables.la
tests_ndr_libtables_la_SOURCES = \
	tests/ndr/tables.h tests/ndr/echo.h tests/ndr/echo.c \
	tests/ndr/real.c tests/ndr/made_up.c \
	tests/ndr/by_hand.h tests/ndr/by_hand.c \
	tests/ndr/codec.h tests/ndr/codec.c
NDR_TABLES = tests/ndr/libtables.la
NDR_MESSAGES = tests/ndr/messages.h tests/ndr/messages.c
EXTRA_DIST += \
	tests/vectors/ndr/echo.tsv \
	tests/vectors/ndr/real.tsv \
	tests/vectors/ndr/made-up.tsv \
	tests/vectors/ndr/by-hand.tsv
