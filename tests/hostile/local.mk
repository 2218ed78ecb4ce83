# SPDX-License-Identifier: MIT
# Failures that users meet and failures that peers make, on real sockets in a realm of their own.
HOSTILE_TESTS = tests/hostile/failures
if WITH_TOOLS
TESTS += $(HOSTILE_TESTS)
endif
EXTRA_DIST += $(HOSTILE_TESTS) tests/hostile/lab.py
