# SPDX-License-Identifier: MIT
#
# RPCSEC_PROG_IDL([ACTION-IF-FOUND], [ACTION-IF-NOT-FOUND])
#
# Finds rpcsec-idl (or takes RPCSEC_IDL from the user), and the library that its output needs. Sets and
# substitutes RPCSEC_IDL, RPCSEC_CFLAGS and RPCSEC_LIBS. Without the second argument it is an error
# when one of them is missing.
AC_DEFUN([RPCSEC_PROG_IDL], [
AC_REQUIRE([PKG_PROG_PKG_CONFIG])
AC_ARG_VAR([RPCSEC_IDL], [the IDL compiler rpcsec-idl])
rpcsec_idl_found=yes
PKG_CHECK_MODULES([RPCSEC], [rpcsec], [], [rpcsec_idl_found=no])
AS_IF([test "x$RPCSEC_IDL" = x && test $rpcsec_idl_found = yes],
    [PKG_CHECK_VAR([RPCSEC_IDL], [rpcsec], [idlc])])
AS_IF([test "x$RPCSEC_IDL" = x || test ! -x "$RPCSEC_IDL"],
    [AC_PATH_PROG([RPCSEC_IDL], [rpcsec-idl])])
AS_IF([test "x$RPCSEC_IDL" = x], [rpcsec_idl_found=no])
AS_IF([test $rpcsec_idl_found = yes],
    [m4_default([$1], [:])],
    [m4_default([$2], [AC_MSG_ERROR([rpcsec-idl or its library was not found])])])
])
