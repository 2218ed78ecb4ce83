# SPDX-License-Identifier: MIT
librpcsec_librpcsec_internal_la_SOURCES += \
	librpcsec/ndr/ndr.h \
	librpcsec/ndr/types.h librpcsec/ndr/types.c \
	librpcsec/ndr/walk.h librpcsec/ndr/walk.c librpcsec/ndr/path.c \
	librpcsec/ndr/checks.h librpcsec/ndr/checks.c \
	librpcsec/ndr/aliases.h librpcsec/ndr/aliases.c \
	librpcsec/ndr/encode.c librpcsec/ndr/encode_steps.c librpcsec/ndr/encoder.h \
	librpcsec/ndr/decode.c librpcsec/ndr/decode_steps.c librpcsec/ndr/decoder.h \
	librpcsec/ndr/print.c librpcsec/ndr/print_form.c librpcsec/ndr/print.h \
	librpcsec/ndr/serial.c
