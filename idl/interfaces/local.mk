# SPDX-License-Identifier: MIT
# The interfaces that we ship, installed as IDL. Their C is made at build time into idl/gen:
# a program or library that uses it names idl/gen/echo_c.c and the like in its
# nodist_..._SOURCES and includes "echo.h".
idldir = $(datadir)/rpcsec/idl
dist_idl_DATA = idl/interfaces/echo.idl idl/interfaces/epm.idl idl/interfaces/mgmt.idl

RPCSEC_IDL = idl/compiler/rpcsec-idl$(EXEEXT)
IDL_ECHO = idl/gen/echo.h idl/gen/echo_c.c idl/gen/echo_s.c
IDL_EPM = idl/gen/epm.h idl/gen/epm_c.c idl/gen/epm_s.c
IDL_MGMT = idl/gen/mgmt.h idl/gen/mgmt_c.c idl/gen/mgmt_s.c
IDL_GREETER = examples/greeter.h examples/greeter_c.c examples/greeter_s.c

BUILT_SOURCES += $(IDL_ECHO) $(IDL_EPM) $(IDL_MGMT) $(IDL_GREETER)
CLEANFILES += $(IDL_ECHO) $(IDL_EPM) $(IDL_MGMT) $(IDL_GREETER)
EXTRA_DIST += examples/greeter.idl

# One run makes all three files.
idl/gen/%.h idl/gen/%_c.c idl/gen/%_s.c: $(srcdir)/idl/interfaces/%.idl $(RPCSEC_IDL)
	$(AM_V_GEN)$(MKDIR_P) idl/gen && $(RPCSEC_IDL) -I $(srcdir)/idl/interfaces -o idl/gen $<

examples/%.h examples/%_c.c examples/%_s.c: $(srcdir)/examples/%.idl $(RPCSEC_IDL)
	$(AM_V_GEN)$(MKDIR_P) examples && $(RPCSEC_IDL) -I $(srcdir)/idl/interfaces -o examples $<
