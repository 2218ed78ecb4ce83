# SPDX-License-Identifier: MIT
librpcsec_librpcsec_internal_la_SOURCES += \
	librpcsec/onc/engine/gss.c librpcsec/onc/engine/gss.h \
	librpcsec/onc/engine/message.c librpcsec/onc/engine/message.h \
	librpcsec/onc/engine/protect.c \
	librpcsec/onc/engine/record.c librpcsec/onc/engine/record.h \
	librpcsec/onc/engine/table.c librpcsec/onc/engine/table.h \
	librpcsec/onc/engine/window.c librpcsec/onc/engine/window.h
