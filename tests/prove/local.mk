# SPDX-License-Identifier: MIT
# make prove: the contracts in the sources hold for every argument (tests/prove/README). Not part of
# make check: it needs Frama-C, Why3 and Z3.
EXTRA_DIST += tests/prove/prove tests/prove/functions tests/prove/README

.PHONY: prove
prove:
	@$(srcdir)/tests/prove/prove $(PROVE)
