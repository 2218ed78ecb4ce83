# SPDX-License-Identifier: MIT
# The library. All objects go into librpcsec-internal.la, which unit tests link; the installed
# librpcsec.la is the same objects behind the symbol file.
librpcsec_librpcsec_internal_la_SOURCES =
librpcsec_librpcsec_internal_la_LIBADD = $(GSS_LIBS) $(CRYPTO_LIBS) $(UV_LIBS)

librpcsec_librpcsec_la_SOURCES =
librpcsec_librpcsec_la_LIBADD = librpcsec/librpcsec-internal.la
librpcsec_librpcsec_la_LDFLAGS = -version-info $(RPCSEC_ABI) \
	-Wl,--version-script=$(srcdir)/librpcsec/librpcsec.map -Wl,-z,relro,-z,now
EXTRA_librpcsec_librpcsec_la_DEPENDENCIES = librpcsec/librpcsec.map
EXTRA_DIST += librpcsec/librpcsec.map librpcsec/LAYERS

pkginclude_HEADERS =
pkgincludedir = $(includedir)/rpcsec
pkgconfigdir = $(libdir)/pkgconfig
pkgconfig_DATA = librpcsec/rpcsec.pc

include librpcsec/include/local.mk
include librpcsec/base/local.mk
include librpcsec/ndr/local.mk
include librpcsec/pdu/local.mk
include librpcsec/packages/local.mk
include librpcsec/sspi/local.mk
include librpcsec/sec/local.mk
include librpcsec/assoc/local.mk
include librpcsec/transport/local.mk
include librpcsec/loop/local.mk
include librpcsec/runtime/local.mk
if WITH_ONC
include librpcsec/onc/engine/local.mk
include librpcsec/onc/tirpc/local.mk
endif
include librpcsec/tools/local.mk
include librpcsec/man/local.mk
