# SPDX-License-Identifier: MIT
# make bench: figures for people, judged by nobody. Needs a KDC.
EXTRA_PROGRAMS = tests/bench/bench_call tests/bench/bench_record
tests_bench_bench_call_SOURCES = tests/bench/bench_call.c
nodist_tests_bench_bench_call_SOURCES = idl/gen/echo_c.c idl/gen/echo_s.c
tests_bench_bench_call_LDADD = librpcsec/librpcsec.la
tests_bench_bench_record_SOURCES = tests/bench/bench_record.c $(RECORD_PAIR)
tests_bench_bench_record_CFLAGS = $(UNIT_CFLAGS)
tests_bench_bench_record_LDADD = $(HARNESS_LDADD)
CLEANFILES += tests/bench/bench_call$(EXEEXT) tests/bench/bench_record$(EXEEXT)

include tests/bench/ndr.mk

.PHONY: bench
bench: all bench-ndr tests/bench/bench_call$(EXEEXT) tests/bench/bench_record$(EXEEXT)
	librpcsec/tools/rpcsec realm --principal bench/localhost -- tests/bench/bench_call
	librpcsec/tools/rpcsec realm --principal greeter/server.test -- tests/bench/bench_record
