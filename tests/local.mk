# SPDX-License-Identifier: MIT
if WITH_TESTS
UNIT_LDADD = librpcsec/librpcsec-internal.la $(CMOCKA_LIBS)
UNIT_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS) -I$(srcdir)/tests
# For tests that use the helpers of tests/harness.
HARNESS_LDADD = tests/harness/libharness.la $(UNIT_LDADD)
include tests/harness/local.mk
include tests/unit/base.mk
include tests/unit/ndr.mk
include tests/unit/pdu.mk
include tests/unit/packages.mk
include tests/unit/sspi.mk
include tests/unit/sec.mk
include tests/unit/assoc.mk
include tests/unit/transport.mk
include tests/unit/loop.mk
include tests/unit/runtime.mk
include tests/unit/tools.mk
include tests/idl/local.mk
include tests/ndr/local.mk
include tests/server/local.mk
include tests/flow/local.mk
include tests/sspi/local.mk
include tests/mitm/local.mk
include tests/sim/local.mk
include tests/soak/local.mk
include tests/fault/local.mk
include tests/fuzz/local.mk
include tests/realm/local.mk
include tests/hostile/local.mk
if WITH_ONC
include tests/onc/local.mk
endif
include tests/interop/local.mk
include tests/bench/local.mk
endif
if !WITH_TESTS
check-local:
	@echo "this build was configured --without-tests: make check runs the lints only"
endif
include tests/prove/local.mk
include tests/coverage/local.mk
include tests/mutants/local.mk
include tests/lint/local.mk
if WITH_TESTS
# Reads what the others logged.
dist_check_SCRIPTS += tests/attacks.tap
TESTS += tests/attacks.tap
tests/attacks.log: $(filter-out tests/attacks.log,$(TEST_LOGS))
endif
