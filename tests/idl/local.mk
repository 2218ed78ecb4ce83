# SPDX-License-Identifier: MIT
# The compiler: passes, diagnostics, what it makes. `make update-golden` writes the expected
# texts anew; look at the difference before you commit it.
IDL_CFLAGS = $(UNIT_CFLAGS) -I$(srcdir)/idl/compiler
IDL_LDADD = idl/compiler/libidl.la $(HARNESS_LDADD)
IDL_CASE = tests/idl/idl_case.c tests/idl/idl_case.h

check_PROGRAMS += tests/idl/test_idl_lex
tests_idl_test_idl_lex_SOURCES = tests/idl/test_idl_lex.c $(IDL_CASE)
tests_idl_test_idl_lex_CFLAGS = $(IDL_CFLAGS)
tests_idl_test_idl_lex_LDADD = $(IDL_LDADD)
TESTS += tests/idl/test_idl_lex

check_PROGRAMS += tests/idl/test_idl_parse
tests_idl_test_idl_parse_SOURCES = tests/idl/test_idl_parse.c $(IDL_CASE)
tests_idl_test_idl_parse_CFLAGS = $(IDL_CFLAGS)
tests_idl_test_idl_parse_LDADD = $(IDL_LDADD)
TESTS += tests/idl/test_idl_parse

check_PROGRAMS += tests/idl/test_idl_compile
tests_idl_test_idl_compile_SOURCES = tests/idl/test_idl_compile.c $(IDL_CASE)
tests_idl_test_idl_compile_CFLAGS = $(IDL_CFLAGS)
tests_idl_test_idl_compile_LDADD = $(IDL_LDADD)
TESTS += tests/idl/test_idl_compile

check_PROGRAMS += tests/idl/test_idl_forms
tests_idl_test_idl_forms_SOURCES = tests/idl/test_idl_forms.c $(IDL_CASE)
tests_idl_test_idl_forms_CFLAGS = $(IDL_CFLAGS)
tests_idl_test_idl_forms_LDADD = $(IDL_LDADD)
TESTS += tests/idl/test_idl_forms

check_PROGRAMS += tests/idl/test_idl_texts
tests_idl_test_idl_texts_SOURCES = tests/idl/test_idl_texts.c $(IDL_CASE)
tests_idl_test_idl_texts_CFLAGS = $(IDL_CFLAGS)
tests_idl_test_idl_texts_LDADD = $(IDL_LDADD)
TESTS += tests/idl/test_idl_texts

# Type serialisation, from serial.idl and serial.acf.
IDL_SERIAL = tests/idl/gen/serial.h tests/idl/gen/serial_c.c tests/idl/gen/serial_s.c
BUILT_SOURCES += $(IDL_SERIAL)
CLEANFILES += $(IDL_SERIAL)
EXTRA_DIST += tests/idl/serial.idl tests/idl/serial.acf
$(IDL_SERIAL): $(srcdir)/tests/idl/serial.acf
check_PROGRAMS += tests/idl/test_idl_serial
tests_idl_test_idl_serial_SOURCES = tests/idl/test_idl_serial.c
nodist_tests_idl_test_idl_serial_SOURCES = tests/idl/gen/serial_c.c
tests_idl_test_idl_serial_CFLAGS = $(UNIT_CFLAGS) -Itests/idl/gen
tests_idl_test_idl_serial_LDADD = $(HARNESS_LDADD)
TESTS += tests/idl/test_idl_serial

# What it makes of made_up.idl, and of echo.idl, against tests/vectors/ndr; of steps.idl, for
# tests/unit/test_ndr_steps.
IDL_MADE_UP = tests/idl/gen/made_up.h tests/idl/gen/made_up_c.c tests/idl/gen/made_up_s.c \
	tests/idl/gen/steps.h tests/idl/gen/steps_c.c tests/idl/gen/steps_s.c
BUILT_SOURCES += $(IDL_MADE_UP)
CLEANFILES += $(IDL_MADE_UP)
EXTRA_DIST += tests/idl/const.idl tests/idl/made_up.idl tests/idl/mixed.idl tests/idl/steps.idl \
	tests/idl/wide.idl tests/idl/wide_import.idl
tests/idl/gen/%.h tests/idl/gen/%_c.c tests/idl/gen/%_s.c: $(srcdir)/tests/idl/%.idl $(RPCSEC_IDL)
	$(AM_V_GEN)$(MKDIR_P) tests/idl/gen && $(RPCSEC_IDL) -o tests/idl/gen $<

check_PROGRAMS += tests/idl/test_idl_vectors
tests_idl_test_idl_vectors_SOURCES = tests/idl/test_idl_vectors.c $(NDR_MESSAGES)
nodist_tests_idl_test_idl_vectors_SOURCES = idl/gen/echo_c.c idl/gen/echo_s.c \
	tests/idl/gen/made_up_c.c
tests_idl_test_idl_vectors_CFLAGS = $(UNIT_CFLAGS) -Itests/idl/gen
tests_idl_test_idl_vectors_LDADD = $(NDR_TABLES) $(HARNESS_LDADD)
TESTS += tests/idl/test_idl_vectors

# The command itself: texts of errors, files that it makes, its options.
IDL_CHECKS = tests/idl/errors.sh tests/idl/golden.sh tests/idl/compile.sh tests/idl/cli.sh \
	tests/idl/limits.sh tests/idl/messages.sh tests/idl/print.sh tests/idl/projects.sh
dist_check_SCRIPTS += $(IDL_CHECKS)
TESTS += $(IDL_CHECKS)
EXTRA_DIST += tests/idl/errors tests/idl/golden

.PHONY: update-golden
update-golden: $(RPCSEC_IDL)
	UPDATE=1 srcdir=$(srcdir) $(srcdir)/tests/idl/errors.sh
	UPDATE=1 srcdir=$(srcdir) $(srcdir)/tests/idl/golden.sh
