# SPDX-License-Identifier: MIT
# make mutants: do the unit tests notice small mistakes? 40 drawn ones; MUTANTS=100 draws more,
# MUTANTS=all plants each one (an hour), MUTANTS_OF="sec record" chooses, MUTANTS_SEED=N repeats.
MUTANTS = 40
EXTRA_DIST += tests/mutants/mutants tests/mutants/equivalent

.PHONY: mutants
mutants:
	@test -f $(srcdir)/build-coverage/coverage.json || $(srcdir)/tests/coverage/coverage
	@$(srcdir)/tests/mutants/mutants --count $(MUTANTS) $(MUTANTS_SEED:%=--seed %) $(MUTANTS_OF)
