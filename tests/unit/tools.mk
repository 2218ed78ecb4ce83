# SPDX-License-Identifier: MIT
if WITH_TOOLS
check_PROGRAMS += tests/unit/test_tools_options
tests_unit_test_tools_options_SOURCES = tests/unit/test_tools_options.c \
	librpcsec/tools/options.c librpcsec/tools/report.c librpcsec/tools/flags.c
tests_unit_test_tools_options_CFLAGS = $(UNIT_CFLAGS) $(JANSSON_CFLAGS)
tests_unit_test_tools_options_LDADD = $(UNIT_LDADD) $(JANSSON_LIBS)
TESTS += tests/unit/test_tools_options

check_PROGRAMS += tests/unit/test_tools_systemd
tests_unit_test_tools_systemd_SOURCES = tests/unit/test_tools_systemd.c librpcsec/tools/systemd.c
tests_unit_test_tools_systemd_CPPFLAGS = -D_GNU_SOURCE -I$(srcdir)/librpcsec
tests_unit_test_tools_systemd_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_tools_systemd_LDADD = $(CMOCKA_LIBS)
TESTS += tests/unit/test_tools_systemd

check_PROGRAMS += tests/unit/test_tools_probe_show
tests_unit_test_tools_probe_show_SOURCES = tests/unit/test_tools_probe_show.c \
	librpcsec/tools/probe_show.c
tests_unit_test_tools_probe_show_CPPFLAGS = -D_GNU_SOURCE -I$(srcdir)/librpcsec/include \
	-I$(srcdir)/librpcsec -I$(builddir)/idl
tests_unit_test_tools_probe_show_CFLAGS = $(UNIT_CFLAGS) $(JANSSON_CFLAGS)
tests_unit_test_tools_probe_show_LDADD = $(UNIT_LDADD) $(JANSSON_LIBS)
TESTS += tests/unit/test_tools_probe_show
endif
