# SPDX-License-Identifier: MIT
# The NDR engine, beside Samba's where samba-dev is installed. Nothing else is built with it.
EXTRA_PROGRAMS += tests/bench/bench_ndr tests/bench/bench_ndr_samba
BENCH_IDL = tests/bench/gen/bench_ndr.h tests/bench/gen/bench_ndr_c.c
CLEANFILES += tests/bench/bench_ndr$(EXEEXT) tests/bench/bench_ndr_samba$(EXEEXT) $(BENCH_IDL) \
	tests/bench/gen/bench_ndr_s.c
EXTRA_DIST += tests/bench/bench_ndr.idl
tests/bench/gen/bench_ndr_c.c: $(srcdir)/tests/bench/bench_ndr.idl $(RPCSEC_IDL)
	$(AM_V_GEN)$(MKDIR_P) tests/bench/gen && $(RPCSEC_IDL) -o tests/bench/gen $<
tests_bench_bench_ndr_SOURCES = tests/bench/bench_ndr.c
tests_bench_bench_ndr_CFLAGS = $(UNIT_CFLAGS) -Itests/bench/gen
tests_bench_bench_ndr_LDADD = librpcsec/librpcsec-internal.la
tests_bench_bench_ndr_samba_SOURCES = tests/bench/bench_ndr.c \
	tests/bench/bench_samba.c tests/bench/bench_samba.h
tests_bench_bench_ndr_samba_CFLAGS = $(UNIT_CFLAGS) -Itests/bench/gen -DWITH_SAMBA \
	`pkg-config --cflags ndr ndr_standard talloc`
tests_bench_bench_ndr_samba_LDADD = librpcsec/librpcsec-internal.la
tests_bench_bench_ndr_samba_LDFLAGS = -Wl,--no-as-needed `pkg-config --libs ndr ndr_standard talloc`

.PHONY: bench-ndr
bench-ndr: all tests/bench/gen/bench_ndr_c.c
	@what=bench_ndr; \
	if pkg-config --exists ndr ndr_standard talloc; then what=bench_ndr_samba; \
	else echo "without Samba's figures: samba-dev is not installed"; fi; \
	$(MAKE) $(AM_MAKEFLAGS) -s tests/bench/$$what$(EXEEXT) && tests/bench/$$what$(EXEEXT)
