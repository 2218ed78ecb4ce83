# SPDX-License-Identifier: MIT
librpcsec_librpcsec_internal_la_SOURCES += \
	librpcsec/runtime/binding.c librpcsec/runtime/binding.h \
	librpcsec/runtime/registry.c librpcsec/runtime/registry.h
