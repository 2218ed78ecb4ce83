# SPDX-License-Identifier: MIT
# Fuzz targets: one per parser, in tests/fuzz/fuzz_WHAT.c, with its corpus (crashes of the past
# included) in tests/fuzz/corpus/WHAT/. make check replays every corpus in any build.
#
# To add one, put its corpus there and this stanza into the layer's .mk file:
#
#   FUZZ_TARGETS += WHAT
#   check_PROGRAMS += tests/fuzz/replay_WHAT
#   tests_fuzz_replay_WHAT_SOURCES = tests/fuzz/fuzz_WHAT.c $(FUZZ_REPLAY)
#   tests_fuzz_replay_WHAT_LDADD = $(FUZZ_LDADD)
#   TESTS += tests/fuzz/replay_WHAT
#
# No per-target flags: libFuzzer's program is linked from the same object.
#
# To fuzz: ../configure --enable-fuzz CC=clang, which builds every object of the library with
# -fsanitize=fuzzer-no-link,address,undefined; then
#   make fuzz-build             links tests/fuzz/fuzz_WHAT, each a libFuzzer program
#   make fuzz-smoke             runs each for FUZZ_SECONDS, FUZZ_JOBS at a time
#   make fuzz-smoke FUZZ_ONLY=cursor FUZZ_SECONDS=600
#   make fuzz-count             runs each for FUZZ_COUNT inputs (10^7), however long it takes
# An input may take FUZZ_INPUT_SECONDS, and the program FUZZ_RSS_MB, sanitizers and what the
# fuzzer itself learnt included.
# What libFuzzer learns goes to tests/fuzz/learnt/WHAT of the build, a crashing input to
# tests/fuzz/WHAT-crash-...: copy it into the corpus with the fix.
FUZZ_TARGETS =
FUZZ_REPLAY = tests/fuzz/replay.c tests/fuzz/fuzz.h
FUZZ_LDADD = idl/compiler/libidl.la librpcsec/librpcsec-internal.la
# Convenience libraries that single targets need beside it.
FUZZ_TEST_LIBS =
FUZZ_SECONDS = 20
FUZZ_MAX_LEN = 8192
FUZZ_COUNT = 10000000
FUZZ_LIMIT = -max_total_time=$(FUZZ_SECONDS)
FUZZ_RSS_MB = 256
FUZZ_INPUT_SECONDS = 1
FUZZ_ONLY = $(FUZZ_TARGETS)
# Targets at a time.
FUZZ_JOBS = 2
EXTRA_DIST += tests/fuzz/corpus

include tests/fuzz/base.mk
include tests/fuzz/pdu.mk
include tests/fuzz/sec.mk
include tests/fuzz/assoc.mk
include tests/fuzz/ndr.mk
include tests/fuzz/idl.mk
include tests/fuzz/sspi.mk
include tests/fuzz/runtime.mk
if WITH_ONC
include tests/fuzz/onc.mk
endif

.PHONY: fuzz-build fuzz-smoke fuzz-count
if WITH_FUZZ
fuzz-build: all $(FUZZ_TEST_LIBS)
	@set -e; for what in $(FUZZ_ONLY); do \
		$(MAKE) $(AM_MAKEFLAGS) -s tests/fuzz/replay_$$what; \
		$(AM_V_P) && echo "linking fuzz_$$what"; \
		$(LINK) -fsanitize=fuzzer tests/fuzz/fuzz_$$what.$(OBJEXT) $(FUZZ_TEST_LIBS) $(FUZZ_LDADD) \
			-o tests/fuzz/fuzz_$$what >/dev/null; \
	done

fuzz-smoke: fuzz-build
	@$(MAKE) $(AM_MAKEFLAGS) -s -k -j$(FUZZ_JOBS) $(FUZZ_ONLY:%=fuzz-run-%)

# One target; a line of what it did, or its whole log.
fuzz-run-%:
	@$(MKDIR_P) tests/fuzz/learnt/$*
	@ASAN_OPTIONS=quarantine_size_mb=16:$$ASAN_OPTIONS \
	tests/fuzz/fuzz_$* $(FUZZ_LIMIT) -max_len=$(FUZZ_MAX_LEN) \
		-rss_limit_mb=$(FUZZ_RSS_MB) -timeout=$(FUZZ_INPUT_SECONDS) -verbosity=0 \
		-print_final_stats=1 -artifact_prefix=tests/fuzz/$*- \
		tests/fuzz/learnt/$* $(srcdir)/tests/fuzz/corpus/$* >tests/fuzz/fuzz_$*.log 2>&1 \
	|| { cat tests/fuzz/fuzz_$*.log; echo "fuzzing found a fault in $*"; exit 1; }; \
	awk '/executed_units/ { num = $$2 } /slowest_unit/ { slowest = $$2 } /peak_rss/ { peak = $$2 } \
		END { print "fuzzed $*:", num, "inputs, slowest", slowest, "s, at most", peak, "MiB" }' \
		tests/fuzz/fuzz_$*.log

fuzz-count:
	$(MAKE) $(AM_MAKEFLAGS) fuzz-smoke FUZZ_LIMIT=-runs=$(FUZZ_COUNT)

else
fuzz-build fuzz-smoke fuzz-count:
	@echo "fuzzing needs: configure --enable-fuzz CC=clang"; exit 1
endif

clean-local: clean-fuzz
.PHONY: clean-fuzz
clean-fuzz:
	rm -rf tests/fuzz/learnt
	rm -f tests/fuzz/*-crash-* tests/fuzz/*-timeout-* tests/fuzz/*-oom-* tests/fuzz/*-leak-* \
		tests/fuzz/fuzz_*.log
	for what in $(FUZZ_TARGETS); do rm -f tests/fuzz/fuzz_$$what; done
