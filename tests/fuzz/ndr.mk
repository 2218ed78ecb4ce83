# SPDX-License-Identifier: MIT
FUZZ_TARGETS += ndr
FUZZ_TEST_LIBS += $(NDR_TABLES)
check_PROGRAMS += tests/fuzz/replay_ndr
tests_fuzz_replay_ndr_SOURCES = tests/fuzz/fuzz_ndr.c $(FUZZ_REPLAY)
tests_fuzz_replay_ndr_LDADD = $(NDR_TABLES) $(FUZZ_LDADD)
TESTS += tests/fuzz/replay_ndr

# Any tables x any bytes.
FUZZ_TARGETS += ndr_table
check_PROGRAMS += tests/fuzz/replay_ndr_table
tests_fuzz_replay_ndr_table_SOURCES = tests/fuzz/fuzz_ndr_table.c $(FUZZ_REPLAY)
tests_fuzz_replay_ndr_table_LDADD = $(NDR_TABLES) $(FUZZ_LDADD)
TESTS += tests/fuzz/replay_ndr_table
