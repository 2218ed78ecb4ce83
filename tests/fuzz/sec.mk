# SPDX-License-Identifier: MIT
FUZZ_TARGETS += sec
check_PROGRAMS += tests/fuzz/replay_sec
tests_fuzz_replay_sec_SOURCES = tests/fuzz/fuzz_sec.c $(FUZZ_REPLAY)
tests_fuzz_replay_sec_LDADD = tests/flow/libflow.la $(FUZZ_LDADD)
TESTS += tests/fuzz/replay_sec
