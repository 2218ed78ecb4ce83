# SPDX-License-Identifier: MIT
# A service of rpcgen, before and after; built and run by make check, which needs rpcgen.
HELLO_GEN = examples/onc/gen/hello_clnt.c examples/onc/gen/hello_svc.c
HELLO_RPCGEN = cd examples/onc/gen && rm -f $(@F) && $(RPCGEN)
CLEANFILES += $(HELLO_GEN) examples/onc/gen/hello.h examples/onc/gen/hello.x
examples/onc/gen/hello.h: examples/onc/hello.x
	$(AM_V_at)$(MKDIR_P) examples/onc/gen && cp $(srcdir)/examples/onc/hello.x examples/onc/gen/hello.x
	$(AM_V_GEN)$(HELLO_RPCGEN) -h -o $(@F) hello.x
examples/onc/gen/hello_clnt.c: examples/onc/gen/hello.h
	$(AM_V_GEN)$(HELLO_RPCGEN) -l -o $(@F) hello.x
examples/onc/gen/hello_svc.c: examples/onc/gen/hello.h
	$(AM_V_GEN)$(HELLO_RPCGEN) -m -o $(@F) hello.x

check_PROGRAMS += examples/onc/before_server examples/onc/after_server \
	examples/onc/before_client examples/onc/after_client
HELLO_CPPFLAGS = $(TIRPC_CFLAGS) -I$(srcdir)/librpcsec/include -Iexamples/onc/gen
examples_onc_before_server_SOURCES = examples/onc/before_server.c examples/onc/hello_procs.c
examples_onc_before_server_CPPFLAGS = $(HELLO_CPPFLAGS)
examples_onc_before_server_LDADD = examples/onc/libhello.la
examples_onc_after_server_SOURCES = examples/onc/after_server.c examples/onc/hello_procs.c
examples_onc_after_server_CPPFLAGS = $(HELLO_CPPFLAGS)
examples_onc_after_server_LDADD = examples/onc/libhello.la librpcsec/librpcsec.la
examples_onc_before_client_SOURCES = examples/onc/before_client.c
examples_onc_before_client_CPPFLAGS = $(HELLO_CPPFLAGS)
examples_onc_before_client_LDADD = examples/onc/libhello.la
examples_onc_after_client_SOURCES = examples/onc/after_client.c
examples_onc_after_client_CPPFLAGS = $(HELLO_CPPFLAGS)
examples_onc_after_client_LDADD = examples/onc/libhello.la librpcsec/librpcsec.la

# What rpcgen wrote, compiled without warnings.
check_LTLIBRARIES += examples/onc/libhello.la
nodist_examples_onc_libhello_la_SOURCES = examples/onc/gen/hello_clnt.c examples/onc/gen/hello_svc.c
examples_onc_libhello_la_CPPFLAGS = $(HELLO_CPPFLAGS)
examples_onc_libhello_la_CFLAGS = -w
examples_onc_libhello_la_LIBADD = $(TIRPC_LIBS)
BUILT_SOURCES += examples/onc/gen/hello.h
if WITH_TOOLS
TESTS += examples/onc/hello.sh
endif
EXTRA_DIST += examples/onc/hello.sh examples/onc/hello.x
