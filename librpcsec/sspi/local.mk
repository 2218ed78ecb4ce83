# SPDX-License-Identifier: MIT
librpcsec_librpcsec_internal_la_SOURCES += \
	librpcsec/sspi/context.c \
	librpcsec/sspi/context.h \
	librpcsec/sspi/registry.c
