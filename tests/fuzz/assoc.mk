# SPDX-License-Identifier: MIT
FUZZ_TEST_LIBS += tests/flow/libflow.la
FUZZ_TARGETS += assoc_server
check_PROGRAMS += tests/fuzz/replay_assoc_server
tests_fuzz_replay_assoc_server_SOURCES = tests/fuzz/fuzz_assoc_server.c $(FUZZ_REPLAY)
tests_fuzz_replay_assoc_server_LDADD = tests/flow/libflow.la $(FUZZ_LDADD)
TESTS += tests/fuzz/replay_assoc_server

FUZZ_TARGETS += assoc_client
check_PROGRAMS += tests/fuzz/replay_assoc_client
tests_fuzz_replay_assoc_client_SOURCES = tests/fuzz/fuzz_assoc_client.c $(FUZZ_REPLAY)
tests_fuzz_replay_assoc_client_LDADD = tests/flow/libflow.la $(FUZZ_LDADD)
TESTS += tests/fuzz/replay_assoc_client

FUZZ_TARGETS += assoc_pair
check_PROGRAMS += tests/fuzz/replay_assoc_pair
tests_fuzz_replay_assoc_pair_SOURCES = tests/fuzz/fuzz_assoc_pair.c $(FUZZ_REPLAY)
tests_fuzz_replay_assoc_pair_LDADD = tests/flow/libflow.la $(FUZZ_LDADD)
TESTS += tests/fuzz/replay_assoc_pair
