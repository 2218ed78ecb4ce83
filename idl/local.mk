# SPDX-License-Identifier: MIT
include idl/compiler/local.mk
include idl/interfaces/local.mk
include idl/projects/local.mk
