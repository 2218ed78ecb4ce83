# SPDX-License-Identifier: MIT
bin_PROGRAMS += idl/compiler/rpcsec-idl

# The compiler without its main, for tests and fuzzing too.
noinst_LTLIBRARIES += idl/compiler/libidl.la
idl_compiler_libidl_la_SOURCES = \
	idl/compiler/attr.c idl/compiler/attr.h \
	idl/compiler/check.c idl/compiler/check.h \
	idl/compiler/compile.c idl/compiler/compile.h \
	idl/compiler/compiler.c idl/compiler/compiler.h \
	idl/compiler/diag.c \
	idl/compiler/dump.c \
	idl/compiler/emit.h \
	idl/compiler/emit_client.c \
	idl/compiler/emit_header.c \
	idl/compiler/emit_serial.c \
	idl/compiler/emit_server.c \
	idl/compiler/emit_steps.c \
	idl/compiler/emit_tables.c \
	idl/compiler/layout.c idl/compiler/layout.h \
	idl/compiler/layout_expr.c \
	idl/compiler/layout_serial.c \
	idl/compiler/layout_type.c \
	idl/compiler/layout_use.c \
	idl/compiler/lex.c idl/compiler/lex.h \
	idl/compiler/names.c \
	idl/compiler/number.c idl/compiler/number.h \
	idl/compiler/parse.c idl/compiler/parse.h \
	idl/compiler/parse_acf.c \
	idl/compiler/parse_attr.c \
	idl/compiler/parse_body.c \
	idl/compiler/parse_com.c \
	idl/compiler/parse_expr.c \
	idl/compiler/parse_interface.c \
	idl/compiler/parse_type.c \
	idl/compiler/preprocess.c idl/compiler/preprocess.h \
	idl/compiler/preprocess_if.c \
	idl/compiler/preprocess_macro.c \
	idl/compiler/print.c idl/compiler/print.h \
	idl/compiler/source.c idl/compiler/source.h \
	idl/compiler/tree.c idl/compiler/tree.h

# Only what it needs of base: the library itself is built from what the compiler makes.
idl_compiler_rpcsec_idl_SOURCES = idl/compiler/main.c \
	librpcsec/base/alloc.c librpcsec/base/arena.c librpcsec/base/buffer.c \
	librpcsec/base/cursor.c librpcsec/base/secret.c librpcsec/base/uuid.c
idl_compiler_rpcsec_idl_CFLAGS = $(AM_CFLAGS)
idl_compiler_rpcsec_idl_LDADD = idl/compiler/libidl.la $(CRYPTO_LIBS)
