# SPDX-License-Identifier: MIT
FUZZ_TARGETS += ndr
check_PROGRAMS += tests/fuzz/replay_ndr
tests_fuzz_replay_ndr_SOURCES = tests/fuzz/fuzz_ndr.c $(NDR_TABLES) $(FUZZ_REPLAY)
tests_fuzz_replay_ndr_LDADD = $(FUZZ_LDADD)
TESTS += tests/fuzz/replay_ndr
