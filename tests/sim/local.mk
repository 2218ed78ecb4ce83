# SPDX-License-Identifier: MIT
# Both ends of the engine over networks that a seed invents; see tests/sim/world.h.
#   make sim SEEDS=1000000 FIRST=1     plays more seeds than make check does
SEEDS = 20000
FIRST = 1

check_PROGRAMS += tests/sim/sim
tests_sim_sim_SOURCES = \
	tests/sim/check.c tests/sim/driver.c tests/sim/plan.c tests/sim/plan.h \
	tests/sim/random.h tests/sim/sim.c tests/sim/wire.c tests/sim/wire.h \
	tests/sim/world.c tests/sim/world.h
tests_sim_sim_CFLAGS = $(AM_CFLAGS) -I$(srcdir)/tests
tests_sim_sim_LDADD = tests/flow/libflow.la $(HARNESS_LDADD)
TESTS += tests/sim/sim

.PHONY: sim
sim: tests/sim/sim$(EXEEXT) tests/sim/client$(EXEEXT)
	tests/sim/sim --seeds $(SEEDS) --first $(FIRST)
	tests/sim/client --seeds $(SEEDS) --first $(FIRST)

# The client runtime, whose clock and network the seed is.
check_PROGRAMS += tests/sim/client
tests_sim_client_SOURCES = tests/sim/client.c tests/sim/client_servers.c tests/sim/client_world.h tests/sim/random.h
tests_sim_client_CFLAGS = $(AM_CFLAGS) -I$(srcdir)/tests
tests_sim_client_LDFLAGS = -Wl,--wrap=loop_now_ms,--wrap=time,--wrap=sspi_package,--wrap=sspi_cred_acquire,--wrap=transport_tcp_connect,--wrap=transport_tcp_keep_alive
tests_sim_client_LDADD = tests/flow/libflow.la $(HARNESS_LDADD)
TESTS += tests/sim/client
