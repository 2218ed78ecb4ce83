# SPDX-License-Identifier: MIT
FUZZ_TARGETS += cursor
check_PROGRAMS += tests/fuzz/replay_cursor
tests_fuzz_replay_cursor_SOURCES = tests/fuzz/fuzz_cursor.c $(FUZZ_REPLAY)
tests_fuzz_replay_cursor_LDADD = $(FUZZ_LDADD)
TESTS += tests/fuzz/replay_cursor

FUZZ_TARGETS += text
check_PROGRAMS += tests/fuzz/replay_text
tests_fuzz_replay_text_SOURCES = tests/fuzz/fuzz_text.c $(FUZZ_REPLAY)
tests_fuzz_replay_text_LDADD = $(FUZZ_LDADD)
TESTS += tests/fuzz/replay_text
