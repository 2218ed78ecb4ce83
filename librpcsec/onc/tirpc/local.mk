# SPDX-License-Identifier: MIT
# libtirpc's own folder comes first: there are other <rpc/...> headers.
librpcsec_librpcsec_internal_la_SOURCES += \
	librpcsec/onc/tirpc/auth.c librpcsec/onc/tirpc/auth.h \
	librpcsec/onc/tirpc/auth_base.c \
	librpcsec/onc/tirpc/clnt.c librpcsec/onc/tirpc/clnt.h \
	librpcsec/onc/tirpc/clnt_call.c \
	librpcsec/onc/tirpc/clnt_shake.c \
	librpcsec/onc/tirpc/clnt_stream.c \
	librpcsec/onc/tirpc/session.c librpcsec/onc/tirpc/session.h \
	librpcsec/onc/tirpc/address.c librpcsec/onc/tirpc/address.h \
	librpcsec/onc/tirpc/connection.c \
	librpcsec/onc/tirpc/contexts.c librpcsec/onc/tirpc/contexts.h \
	librpcsec/onc/tirpc/facade.c \
	librpcsec/onc/tirpc/handshake.c \
	librpcsec/onc/tirpc/listener.c \
	librpcsec/onc/tirpc/request.c \
	librpcsec/onc/tirpc/rpcbind.c \
	librpcsec/onc/tirpc/server.c librpcsec/onc/tirpc/server.h \
	librpcsec/onc/tirpc/tirpc.h \
	librpcsec/onc/tirpc/xdr_buf.c librpcsec/onc/tirpc/xdr_buf.h
librpcsec_librpcsec_internal_la_LIBADD += $(TIRPC_LIBS)
pkginclude_HEADERS += librpcsec/include/rpcsec/onc.h
