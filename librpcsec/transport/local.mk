# SPDX-License-Identifier: MIT
librpcsec_librpcsec_internal_la_SOURCES += \
	librpcsec/transport/connect.c \
	librpcsec/transport/listen.c \
	librpcsec/transport/local.c \
	librpcsec/transport/lookup.c \
	librpcsec/transport/memory.c \
	librpcsec/transport/proxy.c librpcsec/transport/proxy.h \
	librpcsec/transport/tcp.c \
	librpcsec/transport/transport.h
