# SPDX-License-Identifier: MIT
# Failures that users meet and failures that peers make, on real sockets in a realm of their own.
HOSTILE_TESTS = tests/hostile/failures tests/hostile/peers
if WITH_TOOLS
TESTS += $(HOSTILE_TESTS)
endif
EXTRA_DIST += $(HOSTILE_TESTS) tests/hostile/lab.py

# Every byte where make check takes some, and others served within twice their usual time.
.PHONY: hostile
hostile: all
	srcdir=$(srcdir) HOSTILE=all $(srcdir)/tests/hostile/peers
