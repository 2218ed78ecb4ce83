# SPDX-License-Identifier: MIT
librpcsec_librpcsec_internal_la_SOURCES += \
	librpcsec/loop/loop.c librpcsec/loop/loop.h \
	librpcsec/loop/pool.c librpcsec/loop/pool.h \
	librpcsec/loop/wait.c librpcsec/loop/wait.h
