# SPDX-License-Identifier: MIT
librpcsec_librpcsec_internal_la_SOURCES += \
	librpcsec/base/alloc.c librpcsec/base/alloc.h \
	librpcsec/base/arena.c librpcsec/base/arena.h \
	librpcsec/base/arith.h \
	librpcsec/base/buffer.c librpcsec/base/buffer.h \
	librpcsec/base/cursor.c librpcsec/base/cursor.h \
	librpcsec/base/error.c librpcsec/base/error.h \
	librpcsec/base/json.c librpcsec/base/json.h \
	librpcsec/base/limits.h \
	librpcsec/base/network.c librpcsec/base/network.h \
	librpcsec/base/policy.c librpcsec/base/policy.h \
	librpcsec/base/secret.c \
	librpcsec/base/status.c \
	librpcsec/base/text.c librpcsec/base/text.h \
	librpcsec/base/trace.c librpcsec/base/trace.h \
	librpcsec/base/uuid.c librpcsec/base/uuid.h \
	librpcsec/base/writer.c librpcsec/base/writer.h
