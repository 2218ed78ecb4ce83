# SPDX-License-Identifier: MIT
librpcsec_librpcsec_internal_la_SOURCES += \
	librpcsec/assoc/assoc.h \
	librpcsec/assoc/engine.h \
	librpcsec/assoc/sequence.h \
	librpcsec/assoc/engine.c \
	librpcsec/assoc/events.c \
	librpcsec/assoc/input.c \
	librpcsec/assoc/table.c \
	librpcsec/assoc/output.c \
	librpcsec/assoc/pool.c \
	librpcsec/assoc/message.c \
	librpcsec/assoc/slots.c \
	librpcsec/assoc/contexts.c \
	librpcsec/assoc/calls.c \
	librpcsec/assoc/server_bind.c \
	librpcsec/assoc/server_call.c \
	librpcsec/assoc/client_bind.c \
	librpcsec/assoc/client_call.c \
	librpcsec/assoc/stranger.c \
	librpcsec/assoc/verify.c \
	librpcsec/assoc/deadlines.c
