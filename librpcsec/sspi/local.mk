# SPDX-License-Identifier: MIT
librpcsec_librpcsec_internal_la_SOURCES += \
	librpcsec/sspi/api.h \
	librpcsec/sspi/api_auth.c \
	librpcsec/sspi/api_context.c \
	librpcsec/sspi/api_cred.c \
	librpcsec/sspi/api_export.c \
	librpcsec/sspi/api_identity.c \
	librpcsec/sspi/api_message.c \
	librpcsec/sspi/api_package.c \
	librpcsec/sspi/api_query.c \
	librpcsec/sspi/api_table.c \
	librpcsec/sspi/api_wide.h \
	librpcsec/sspi/api_wide16.c \
	librpcsec/sspi/api_wide32.c \
	librpcsec/sspi/auth_identity.c \
	librpcsec/sspi/context.c \
	librpcsec/sspi/context.h \
	librpcsec/sspi/form.c \
	librpcsec/sspi/form.h \
	librpcsec/sspi/handle.c \
	librpcsec/sspi/handle.h \
	librpcsec/sspi/memory.c \
	librpcsec/sspi/memory.h \
	librpcsec/sspi/registry.c \
	librpcsec/sspi/status.c \
	librpcsec/sspi/status.h
