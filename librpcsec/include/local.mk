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

# Opt-in: pkg-config --cflags rpcsec-compat. Never on the default path, so that nobody gets such a
# windows.h by accident.
compatincludedir = $(includedir)/rpcsec-compat
compatinclude_HEADERS = \
	librpcsec/include/rpcsec-compat/Security.h \
	librpcsec/include/rpcsec-compat/Sspi.h \
	librpcsec/include/rpcsec-compat/WinSock2.h \
	librpcsec/include/rpcsec-compat/Windows.h \
	librpcsec/include/rpcsec-compat/issperr.h \
	librpcsec/include/rpcsec-compat/ntsecapi.h \
	librpcsec/include/rpcsec-compat/secext.h \
	librpcsec/include/rpcsec-compat/security.h \
	librpcsec/include/rpcsec-compat/sspi.h \
	librpcsec/include/rpcsec-compat/tchar.h \
	librpcsec/include/rpcsec-compat/windows.h \
	librpcsec/include/rpcsec-compat/winsock.h \
	librpcsec/include/rpcsec-compat/winsock2.h
pkgconfig_DATA += librpcsec/rpcsec-compat.pc
