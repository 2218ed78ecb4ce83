# SPDX-License-Identifier: MIT
# Hand-written type tables and the reader of tests/vectors/ndr, for tests of the NDR engine.
NDR_TABLES = \
	tests/ndr/tables.h tests/ndr/echo.h tests/ndr/echo.c \
	tests/ndr/real.c tests/ndr/made_up.c \
	tests/ndr/messages.h tests/ndr/messages.c
EXTRA_DIST += \
	tests/vectors/ndr/echo.tsv \
	tests/vectors/ndr/real.tsv \
	tests/vectors/ndr/made-up.tsv
