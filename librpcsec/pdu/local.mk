# SPDX-License-Identifier: MIT
librpcsec_librpcsec_internal_la_SOURCES += \
	librpcsec/pdu/bind.c \
	librpcsec/pdu/bind_ack.c \
	librpcsec/pdu/bind_nak.c \
	librpcsec/pdu/body.h \
	librpcsec/pdu/header.c \
	librpcsec/pdu/lengths.h \
	librpcsec/pdu/names.c \
	librpcsec/pdu/pdu.h \
	librpcsec/pdu/request.c \
	librpcsec/pdu/syntax.c \
	librpcsec/pdu/tower.c \
	librpcsec/pdu/tower.h \
	librpcsec/pdu/trailer.c \
	librpcsec/pdu/verification.c
