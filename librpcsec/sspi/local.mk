# SPDX-License-Identifier: MIT
librpcsec_librpcsec_internal_la_SOURCES += \
	librpcsec/sspi/api.h \
	librpcsec/sspi/api_context.c \
	librpcsec/sspi/api_cred.c \
	librpcsec/sspi/api_message.c \
	librpcsec/sspi/api_query.c \
	librpcsec/sspi/context.c \
	librpcsec/sspi/context.h \
	librpcsec/sspi/handle.c \
	librpcsec/sspi/handle.h \
	librpcsec/sspi/memory.c \
	librpcsec/sspi/memory.h \
	librpcsec/sspi/registry.c \
	librpcsec/sspi/status.c \
	librpcsec/sspi/status.h
