# SPDX-License-Identifier: MIT
librpcsec_librpcsec_internal_la_SOURCES += \
	librpcsec/runtime/acceptor.c librpcsec/runtime/acceptor.h \
	librpcsec/runtime/binding.c librpcsec/runtime/binding.h \
	librpcsec/runtime/call.c librpcsec/runtime/call.h \
	librpcsec/runtime/call_defer.c \
	librpcsec/runtime/call_handle.c \
	librpcsec/runtime/client.c librpcsec/runtime/client.h \
	librpcsec/runtime/client_call.c \
	librpcsec/runtime/client_connection.c \
	librpcsec/runtime/client_driver.c \
	librpcsec/runtime/client_group.c \
	librpcsec/runtime/client_identity.c \
	librpcsec/runtime/client_pending.c \
	librpcsec/runtime/client_process.c \
	librpcsec/runtime/connection.c librpcsec/runtime/connection.h \
	librpcsec/runtime/epm.h \
	librpcsec/runtime/epm_client.c \
	librpcsec/runtime/epm_register.c \
	librpcsec/runtime/epm_registry.c librpcsec/runtime/epm_registry.h \
	librpcsec/runtime/epm_server.c \
	librpcsec/runtime/group.c librpcsec/runtime/group.h \
	librpcsec/runtime/handle.c librpcsec/runtime/handle.h \
	librpcsec/runtime/handshake.c \
	librpcsec/runtime/listener.c \
	librpcsec/runtime/local.c librpcsec/runtime/local.h \
	librpcsec/runtime/mgmt.c \
	librpcsec/runtime/proxied.c librpcsec/runtime/proxied.h \
	librpcsec/runtime/registry.c librpcsec/runtime/registry.h \
	librpcsec/runtime/report.c librpcsec/runtime/report.h \
	librpcsec/runtime/server.c librpcsec/runtime/server.h \
	librpcsec/runtime/share.c librpcsec/runtime/share.h \
	librpcsec/runtime/stub.h
nodist_librpcsec_librpcsec_internal_la_SOURCES = idl/gen/epm_c.c idl/gen/epm_s.c idl/gen/mgmt_c.c idl/gen/mgmt_s.c
