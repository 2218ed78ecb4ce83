# SPDX-License-Identifier: MIT
check_PROGRAMS += tests/unit/test_runtime_binding
tests_unit_test_runtime_binding_SOURCES = tests/unit/test_runtime_binding.c
tests_unit_test_runtime_binding_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_runtime_binding_LDADD = $(UNIT_LDADD)
TESTS += tests/unit/test_runtime_binding

check_PROGRAMS += tests/unit/test_runtime_registry
tests_unit_test_runtime_registry_SOURCES = tests/unit/test_runtime_registry.c
tests_unit_test_runtime_registry_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_runtime_registry_LDADD = $(UNIT_LDADD)
TESTS += tests/unit/test_runtime_registry

RUNTIME_SERVICE = tests/unit/runtime_service.c tests/unit/runtime_service.h

check_PROGRAMS += tests/unit/test_runtime_client
tests_unit_test_runtime_client_SOURCES = tests/unit/test_runtime_client.c $(RUNTIME_SERVICE)
tests_unit_test_runtime_client_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_runtime_client_LDADD = $(UNIT_LDADD)
TESTS += tests/unit/test_runtime_client

check_PROGRAMS += tests/unit/test_runtime_kerberos
tests_unit_test_runtime_kerberos_SOURCES = tests/unit/test_runtime_kerberos.c $(RUNTIME_SERVICE)
tests_unit_test_runtime_kerberos_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_runtime_kerberos_LDADD = $(UNIT_LDADD)
EXTRA_DIST += tests/unit/runtime_kerberos.sh
if WITH_TOOLS
TESTS += tests/unit/runtime_kerberos.sh
endif

check_PROGRAMS += tests/unit/test_runtime_server
tests_unit_test_runtime_server_SOURCES = tests/unit/test_runtime_server.c $(RUNTIME_SERVICE)
nodist_tests_unit_test_runtime_server_SOURCES = idl/gen/mgmt_c.c
tests_unit_test_runtime_server_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_runtime_server_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_runtime_server

check_PROGRAMS += tests/unit/test_runtime_group
tests_unit_test_runtime_group_SOURCES = tests/unit/test_runtime_group.c
tests_unit_test_runtime_group_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_runtime_group_LDADD = $(UNIT_LDADD)
TESTS += tests/unit/test_runtime_group

check_PROGRAMS += tests/unit/test_runtime_handle
tests_unit_test_runtime_handle_SOURCES = tests/unit/test_runtime_handle.c
tests_unit_test_runtime_handle_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_runtime_handle_LDADD = $(UNIT_LDADD)
TESTS += tests/unit/test_runtime_handle

check_PROGRAMS += tests/unit/test_runtime_stages
tests_unit_test_runtime_stages_SOURCES = tests/unit/test_runtime_stages.c \
	tests/harness/fake_package.c tests/harness/fake_package.h
nodist_tests_unit_test_runtime_stages_SOURCES = examples/greeter_c.c examples/greeter_s.c
tests_unit_test_runtime_stages_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_runtime_stages_LDADD = $(UNIT_LDADD)
TESTS += tests/unit/test_runtime_stages

check_PROGRAMS += tests/unit/test_runtime_epm
tests_unit_test_runtime_epm_SOURCES = tests/unit/test_runtime_epm.c $(RUNTIME_SERVICE)
nodist_tests_unit_test_runtime_epm_SOURCES = idl/gen/epm_s.c
tests_unit_test_runtime_epm_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_runtime_epm_LDADD = $(UNIT_LDADD)
TESTS += tests/unit/test_runtime_epm

check_PROGRAMS += tests/unit/test_runtime_pending
tests_unit_test_runtime_pending_SOURCES = tests/unit/test_runtime_pending.c $(RUNTIME_SERVICE)
tests_unit_test_runtime_pending_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_runtime_pending_LDADD = $(UNIT_LDADD)
TESTS += tests/unit/test_runtime_pending

check_PROGRAMS += tests/unit/test_runtime_epm_server
tests_unit_test_runtime_epm_server_SOURCES = tests/unit/test_runtime_epm_server.c \
	$(RUNTIME_SERVICE)
tests_unit_test_runtime_epm_server_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_runtime_epm_server_LDADD = $(UNIT_LDADD)
TESTS += tests/unit/test_runtime_epm_server

check_PROGRAMS += tests/unit/test_runtime_arguments
tests_unit_test_runtime_arguments_SOURCES = tests/unit/test_runtime_arguments.c \
	$(RUNTIME_SERVICE)
tests_unit_test_runtime_arguments_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_runtime_arguments_LDADD = $(UNIT_LDADD)
TESTS += tests/unit/test_runtime_arguments

check_PROGRAMS += tests/unit/test_runtime_local
tests_unit_test_runtime_local_SOURCES = tests/unit/test_runtime_local.c $(RUNTIME_SERVICE)
tests_unit_test_runtime_local_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_runtime_local_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_runtime_local

check_PROGRAMS += tests/unit/test_runtime_epmd
tests_unit_test_runtime_epmd_SOURCES = tests/unit/test_runtime_epmd.c $(RUNTIME_SERVICE)
tests_unit_test_runtime_epmd_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_runtime_epmd_LDADD = $(HARNESS_LDADD)
TESTS += tests/unit/test_runtime_epmd
