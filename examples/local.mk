# SPDX-License-Identifier: MIT
# Each example is a program pair made from an interface; built always, run by make check.
EXAMPLE_CPPFLAGS = -I$(srcdir)/librpcsec/include -Iexamples

noinst_PROGRAMS += examples/greeter_server examples/greeter_client examples/greeter_loop
examples_greeter_server_SOURCES = examples/greeter_server.c
nodist_examples_greeter_server_SOURCES = examples/greeter_s.c
examples_greeter_server_CPPFLAGS = $(EXAMPLE_CPPFLAGS)
examples_greeter_server_CFLAGS = $(AM_CFLAGS)
examples_greeter_server_LDADD = librpcsec/librpcsec.la

examples_greeter_client_SOURCES = examples/greeter_client.c
nodist_examples_greeter_client_SOURCES = examples/greeter_c.c
examples_greeter_client_CPPFLAGS = $(EXAMPLE_CPPFLAGS)
examples_greeter_client_CFLAGS = $(AM_CFLAGS)
examples_greeter_client_LDADD = librpcsec/librpcsec.la

examples_greeter_loop_SOURCES = examples/greeter_loop.c
nodist_examples_greeter_loop_SOURCES = examples/greeter_c.c
examples_greeter_loop_CPPFLAGS = $(EXAMPLE_CPPFLAGS)
examples_greeter_loop_CFLAGS = $(AM_CFLAGS)
examples_greeter_loop_LDADD = librpcsec/librpcsec.la

EXTRA_DIST += examples/demo.sh
if WITH_TOOLS
if WITH_TESTS
TESTS += examples/greeter.sh
endif
endif
EXTRA_DIST += examples/greeter.sh
# The greeter as a project of its own, with each build system; tests/idl/projects.sh builds them.
EXTRA_DIST += examples/projects/cmake/CMakeLists.txt examples/projects/meson/meson.build \
	examples/projects/autotools/configure.ac examples/projects/autotools/Makefile.am

noinst_PROGRAMS += examples/sspi_server examples/sspi_client
examples_sspi_server_SOURCES = examples/sspi_server.c examples/sspi_socket.h
examples_sspi_server_CPPFLAGS = $(EXAMPLE_CPPFLAGS) -D_GNU_SOURCE
examples_sspi_server_CFLAGS = $(AM_CFLAGS)
examples_sspi_server_LDADD = librpcsec/librpcsec.la
examples_sspi_client_SOURCES = examples/sspi_client.c examples/sspi_socket.h
examples_sspi_client_CPPFLAGS = $(EXAMPLE_CPPFLAGS) -D_GNU_SOURCE
examples_sspi_client_CFLAGS = $(AM_CFLAGS)
examples_sspi_client_LDADD = librpcsec/librpcsec.la
if WITH_TOOLS
if WITH_TESTS
TESTS += examples/sspi.sh
endif
endif
EXTRA_DIST += examples/sspi.sh
if WITH_ONC
if WITH_TESTS
include examples/onc/local.mk
endif
endif
