# SPDX-License-Identifier: MIT
FUZZ_TARGETS += idl
check_PROGRAMS += tests/fuzz/replay_idl
tests_fuzz_replay_idl_SOURCES = tests/fuzz/fuzz_idl.c $(FUZZ_REPLAY)
tests_fuzz_replay_idl_LDADD = $(FUZZ_LDADD)
TESTS += tests/fuzz/replay_idl
