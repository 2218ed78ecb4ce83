# SPDX-License-Identifier: MIT
# make bench: figures for people, judged by nobody. Needs a KDC.
EXTRA_PROGRAMS = tests/bench/bench_call
tests_bench_bench_call_SOURCES = tests/bench/bench_call.c
nodist_tests_bench_bench_call_SOURCES = idl/gen/echo_c.c idl/gen/echo_s.c
tests_bench_bench_call_LDADD = librpcsec/librpcsec.la
CLEANFILES += tests/bench/bench_call$(EXEEXT)

.PHONY: bench
bench: all tests/bench/bench_call$(EXEEXT)
	librpcsec/tools/rpcsec realm --principal bench/localhost -- tests/bench/bench_call
