# SPDX-License-Identifier: MIT
# For the builds of those who use rpcsec-idl: CMake, autotools; Meson and make find it by pkg-config.
cmakedir = $(libdir)/cmake/RpcsecIdl
dist_cmake_DATA = idl/projects/RpcsecIdlConfig.cmake
aclocaldir = $(datadir)/aclocal
dist_aclocal_DATA = idl/projects/rpcsec_idl.m4
