# SPDX-License-Identifier: MIT
pkginclude_HEADERS += \
	librpcsec/include/rpcsec/status.h \
	librpcsec/include/rpcsec/rpcsec.h \
	librpcsec/include/rpcsec/dcerpc.h \
	librpcsec/include/rpcsec/ndr.h \
	librpcsec/include/rpcsec/sspi.h \
	librpcsec/include/rpcsec/sspi_codes.h \
	librpcsec/include/rpcsec/sspi_names.h \
	librpcsec/include/rpcsec/sspi_types.h
