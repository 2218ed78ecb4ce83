# SPDX-License-Identifier: MIT
FUZZ_TARGETS += apreq
check_PROGRAMS += tests/fuzz/replay_apreq
tests_fuzz_replay_apreq_SOURCES = tests/fuzz/fuzz_apreq.c $(FUZZ_REPLAY)
tests_fuzz_replay_apreq_LDADD = $(FUZZ_LDADD)
TESTS += tests/fuzz/replay_apreq

FUZZ_TARGETS += token
check_PROGRAMS += tests/fuzz/replay_token
tests_fuzz_replay_token_SOURCES = tests/fuzz/fuzz_token.c $(FUZZ_REPLAY)
tests_fuzz_replay_token_LDADD = $(FUZZ_LDADD)
TESTS += tests/fuzz/replay_token

FUZZ_TARGETS += sspi
check_PROGRAMS += tests/fuzz/replay_sspi
tests_fuzz_replay_sspi_SOURCES = tests/fuzz/fuzz_sspi.c $(FUZZ_REPLAY)
tests_fuzz_replay_sspi_LDADD = $(FUZZ_LDADD)
TESTS += tests/fuzz/replay_sspi

FUZZ_TARGETS += pac
check_PROGRAMS += tests/fuzz/replay_pac
tests_fuzz_replay_pac_SOURCES = tests/fuzz/fuzz_pac.c $(FUZZ_REPLAY)
tests_fuzz_replay_pac_LDADD = $(FUZZ_LDADD)
TESTS += tests/fuzz/replay_pac
