# SPDX-License-Identifier: MIT
check_PROGRAMS += tests/unit/test_loop_loop
tests_unit_test_loop_loop_SOURCES = tests/unit/test_loop_loop.c
tests_unit_test_loop_loop_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_loop_loop_LDADD = $(UNIT_LDADD)
TESTS += tests/unit/test_loop_loop

check_PROGRAMS += tests/unit/test_loop_wait
tests_unit_test_loop_wait_SOURCES = tests/unit/test_loop_wait.c
tests_unit_test_loop_wait_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_loop_wait_LDADD = $(UNIT_LDADD)
TESTS += tests/unit/test_loop_wait

check_PROGRAMS += tests/unit/test_loop_pool
tests_unit_test_loop_pool_SOURCES = tests/unit/test_loop_pool.c
tests_unit_test_loop_pool_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_loop_pool_LDADD = $(UNIT_LDADD)
TESTS += tests/unit/test_loop_pool
