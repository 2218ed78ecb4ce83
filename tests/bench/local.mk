# SPDX-License-Identifier: MIT
# make bench: figures for people, judged by nobody. Needs a KDC. BENCH_ARGS: --json FILE, --plot
# FILE.svg, --only NAME; BENCH_RUN="chrt -f 10" keeps a busy machine's other programs away.
BENCHES = tests/bench/bench_call tests/bench/bench_record tests/bench/bench_load \
	tests/bench/bench_connect
BENCH_COMMON = tests/bench/bench.c tests/bench/bench.h
BENCH_STUBS = idl/gen/echo_c.c idl/gen/echo_s.c
EXTRA_PROGRAMS = $(BENCHES)
tests_bench_bench_call_SOURCES = tests/bench/bench_call.c $(BENCH_COMMON)
nodist_tests_bench_bench_call_SOURCES = $(BENCH_STUBS)
tests_bench_bench_call_LDADD = librpcsec/librpcsec.la -lssl -lcrypto
tests_bench_bench_load_SOURCES = tests/bench/bench_load.c $(BENCH_COMMON)
nodist_tests_bench_bench_load_SOURCES = $(BENCH_STUBS)
tests_bench_bench_load_LDADD = librpcsec/librpcsec.la
tests_bench_bench_connect_SOURCES = tests/bench/bench_connect.c $(BENCH_COMMON)
nodist_tests_bench_bench_connect_SOURCES = $(BENCH_STUBS)
tests_bench_bench_connect_LDADD = librpcsec/librpcsec.la $(GSS_LIBS)
tests_bench_bench_record_SOURCES = tests/bench/bench_record.c $(RECORD_PAIR)
tests_bench_bench_record_CFLAGS = $(UNIT_CFLAGS)
tests_bench_bench_record_LDADD = $(HARNESS_LDADD)
EXTRA_DIST += tests/bench/report tests/bench/bench_tirpc.sh tests/bench/README
CLEANFILES += $(BENCHES)
if WITH_ONC
BENCH_PEERS = tests/onc/onc_peer
endif
BENCH_RUN =
BENCH_ARGS =

include tests/bench/ndr.mk

.PHONY: bench
bench: all bench-ndr
	$(MAKE) $(AM_MAKEFLAGS) -s $(BENCHES) $(BENCH_PEERS)
	librpcsec/tools/rpcsec realm --principal bench/localhost --principal greeter/server.test \
		--principal host/localhost -- \
		$(srcdir)/tests/bench/report --run "$(BENCH_RUN)" $(BENCH_ARGS) $(BENCHES) \
		$(srcdir)/tests/bench/bench_tirpc.sh
