#!/bin/sh
# SPDX-License-Identifier: MIT
# test_fault_system, but not where clang has linked the thread sanitizer's runtime into the program:
# the runtime's own calls would be made to fail before main.
if grep -q 'fsanitize=thread' Makefile; then
    echo "SKIP: calls of the thread sanitizer's own runtime would fail as well"
    exit 77
fi
exec ./tests/fault/test_fault_system
