# SPDX-License-Identifier: MIT
librpcsec_librpcsec_internal_la_SOURCES += \
	librpcsec/sec/sec.h \
	librpcsec/sec/layout.h \
	librpcsec/sec/pad.h \
	librpcsec/sec/seal.c \
	librpcsec/sec/open.c
