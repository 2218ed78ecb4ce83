# SPDX-License-Identifier: MIT
# The rpcsec command: over include/rpcsec. What takes protocols apart uses codecs of the library,
# which are linked in from its objects.
if WITH_TOOLS
bin_PROGRAMS += librpcsec/tools/rpcsec
librpcsec_tools_rpcsec_SOURCES = \
	librpcsec/tools/tool.h \
	librpcsec/tools/main.c \
	librpcsec/tools/options.c \
	librpcsec/tools/flags.c \
	librpcsec/tools/report.c \
	librpcsec/tools/completion.c \
	librpcsec/tools/realm.h \
	librpcsec/tools/realm.c \
	librpcsec/tools/realm_run.c \
	librpcsec/tools/realm_dir.c \
	librpcsec/tools/realm_kdc.c \
	librpcsec/tools/keytab.c \
	librpcsec/tools/limits.c \
	librpcsec/tools/serve.c \
	librpcsec/tools/systemd.c librpcsec/tools/systemd.h \
	librpcsec/tools/onc_echo.h \
	librpcsec/tools/echo_service.h \
	librpcsec/tools/echo_service.c \
	librpcsec/tools/client.h \
	librpcsec/tools/client.c \
	librpcsec/tools/epmd.c \
	librpcsec/tools/map.c \
	librpcsec/tools/probe.h \
	librpcsec/tools/probe.c \
	librpcsec/tools/probe_matrix.c \
	librpcsec/tools/probe_bind.c \
	librpcsec/tools/probe_show.c \
	librpcsec/tools/ping.h \
	librpcsec/tools/ping.c \
	librpcsec/tools/ping_show.c
nodist_librpcsec_tools_rpcsec_SOURCES = \
	idl/gen/echo_s.c \
	idl/gen/epm_c.c \
	idl/gen/mgmt_c.c
librpcsec_tools_rpcsec_CPPFLAGS = -D_GNU_SOURCE -I$(srcdir)/librpcsec/include -I$(srcdir)/librpcsec \
	-I$(builddir)/idl
librpcsec_tools_rpcsec_CFLAGS = $(AM_CFLAGS) $(JANSSON_CFLAGS)
librpcsec_tools_rpcsec_LDADD = librpcsec/librpcsec.la librpcsec/librpcsec-internal.la $(GSS_LIBS) $(JANSSON_LIBS)

if CAN_RUN
completionsdir = $(datadir)/bash-completion/completions
nodist_completions_DATA = librpcsec/tools/completions/rpcsec
CLEANFILES += $(nodist_completions_DATA)
librpcsec/tools/completions/rpcsec: librpcsec/tools/rpcsec$(EXEEXT)
	$(AM_V_at)$(MKDIR_P) $(@D)
	$(AM_V_GEN)librpcsec/tools/rpcsec completion bash >$@.new && mv $@.new $@
endif
if WITH_ONC
librpcsec_tools_rpcsec_SOURCES += librpcsec/tools/onc_echo.c librpcsec/tools/onc_ping.c
librpcsec_tools_rpcsec_CPPFLAGS += $(TIRPC_CFLAGS)
librpcsec_tools_rpcsec_LDADD += $(TIRPC_LIBS)
else
librpcsec_tools_rpcsec_SOURCES += librpcsec/tools/onc_none.c
endif
endif
