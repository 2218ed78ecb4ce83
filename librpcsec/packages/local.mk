# SPDX-License-Identifier: MIT
librpcsec_librpcsec_internal_la_SOURCES += \
	librpcsec/packages/apreq.c \
	librpcsec/packages/apreq.h \
	librpcsec/packages/der.c \
	librpcsec/packages/der.h \
	librpcsec/packages/enctype.c \
	librpcsec/packages/enctype.h \
	librpcsec/packages/gssw.h \
	librpcsec/packages/gssw_cred.c \
	librpcsec/packages/gssw_ctx.c \
	librpcsec/packages/gssw_files.c \
	librpcsec/packages/gssw_name.c \
	librpcsec/packages/gssw_status.c \
	librpcsec/packages/kerberos.c \
	librpcsec/packages/krb5_context.c \
	librpcsec/packages/krb5_context.h \
	librpcsec/packages/krb5_cts.c \
	librpcsec/packages/krb5_cts.h \
	librpcsec/packages/krb5_hash.c \
	librpcsec/packages/krb5_hash.h \
	librpcsec/packages/krb5_keys.c \
	librpcsec/packages/krb5_keys.h \
	librpcsec/packages/krb5_random.c \
	librpcsec/packages/krb5_random.h \
	librpcsec/packages/negotiate.c \
	librpcsec/packages/pac.c \
	librpcsec/packages/pac.h \
	librpcsec/packages/package.h \
	librpcsec/packages/record.c \
	librpcsec/packages/record.h \
	librpcsec/packages/record_gss.c \
	librpcsec/packages/record_krb5fast.c \
	librpcsec/packages/record_krb5fast_test.c \
	librpcsec/packages/rotate.c \
	librpcsec/packages/rotate.h \
	librpcsec/packages/token.c \
	librpcsec/packages/token.h
