# SPDX-License-Identifier: MIT
FUZZ_TARGETS += onc
check_PROGRAMS += tests/fuzz/replay_onc
tests_fuzz_replay_onc_SOURCES = tests/fuzz/fuzz_onc.c $(FUZZ_REPLAY)
tests_fuzz_replay_onc_LDADD = tests/flow/libflow.la $(FUZZ_LDADD)
TESTS += tests/fuzz/replay_onc
