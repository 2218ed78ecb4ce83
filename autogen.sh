#!/bin/sh
# SPDX-License-Identifier: MIT
# Make ./configure from configure.ac. Run once after a clone, and after a change to the build files.
set -eu
cd "$(dirname "$0")"
mkdir -p librpcsec/build-aux librpcsec/m4
autoreconf --install --warnings=all,no-obsolete
echo "Now: mkdir build && cd build && ../configure && make && make check"
