# SPDX-License-Identifier: MIT
FUZZ_TARGETS += pdu
check_PROGRAMS += tests/fuzz/replay_pdu
tests_fuzz_replay_pdu_SOURCES = tests/fuzz/fuzz_pdu.c $(FUZZ_REPLAY)
tests_fuzz_replay_pdu_LDADD = $(FUZZ_LDADD)
TESTS += tests/fuzz/replay_pdu

FUZZ_TARGETS += verification
check_PROGRAMS += tests/fuzz/replay_verification
tests_fuzz_replay_verification_SOURCES = tests/fuzz/fuzz_verification.c $(FUZZ_REPLAY)
tests_fuzz_replay_verification_LDADD = $(FUZZ_LDADD)
TESTS += tests/fuzz/replay_verification

FUZZ_TARGETS += tower
check_PROGRAMS += tests/fuzz/replay_tower
tests_fuzz_replay_tower_SOURCES = tests/fuzz/fuzz_tower.c $(FUZZ_REPLAY)
tests_fuzz_replay_tower_LDADD = $(FUZZ_LDADD)
TESTS += tests/fuzz/replay_tower
