# SPDX-License-Identifier: MIT
FUZZ_TARGETS += binding
check_PROGRAMS += tests/fuzz/replay_binding
tests_fuzz_replay_binding_SOURCES = tests/fuzz/fuzz_binding.c $(FUZZ_REPLAY)
tests_fuzz_replay_binding_LDADD = $(FUZZ_LDADD)
TESTS += tests/fuzz/replay_binding

FUZZ_TARGETS += proxy
check_PROGRAMS += tests/fuzz/replay_proxy
tests_fuzz_replay_proxy_SOURCES = tests/fuzz/fuzz_proxy.c $(FUZZ_REPLAY)
tests_fuzz_replay_proxy_LDADD = $(FUZZ_LDADD)
TESTS += tests/fuzz/replay_proxy
