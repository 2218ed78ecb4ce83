# SPDX-License-Identifier: MIT
# Hand-written type tables and the reader of tests/vectors/ndr, for tests of the NDR engine.
check_LTLIBRARIES += tests/ndr/libtables.la
tests_ndr_libtables_la_SOURCES = \
	tests/ndr/tables.h tests/ndr/echo.h tests/ndr/echo.c \
	tests/ndr/real.c tests/ndr/made_up.c \
	tests/ndr/by_hand.h tests/ndr/by_hand.c \
	tests/ndr/codec.h tests/ndr/codec.c \
	tests/ndr/random_value.h tests/ndr/random_value.c tests/ndr/same_value.c \
	tests/ndr/random_table.h tests/ndr/random_table.c \
	tests/ndr/round_trip.h tests/ndr/round_trip.c
NDR_TABLES = tests/ndr/libtables.la
NDR_MESSAGES = tests/ndr/messages.h tests/ndr/messages.c
EXTRA_DIST += \
	tests/vectors/ndr/echo.tsv \
	tests/vectors/ndr/real.tsv \
	tests/vectors/ndr/made-up.tsv \
	tests/vectors/ndr/by-hand.tsv

# Random arguments of every operation of our interfaces, in all encodings and back, and against
# Samba's bindings; by round_trip.sh and samba.sh FILE.idl... for any others.
EXTRA_DIST += tests/ndr/round_trip_main.c tests/ndr/samba_values.c tests/ndr/samba.exceptions
dist_check_SCRIPTS += tests/ndr/round_trip.sh tests/ndr/samba.sh tests/ndr/samba_check.py \
	tests/ndr/build_tables.sh
TESTS += tests/ndr/round_trip.sh tests/ndr/samba.sh
