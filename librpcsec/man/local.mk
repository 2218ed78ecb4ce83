# SPDX-License-Identifier: MIT
# mdoc. A page per command and per public header; tests/lint/man ties symbols and options to them.
dist_man_MANS += \
	librpcsec/man/rpcsec.1 \
	librpcsec/man/rpcsec-idl.1 \
	librpcsec/man/rpcsec-epmd.1 \
	librpcsec/man/rpcsec-map.1 \
	librpcsec/man/rpcsec-ping.1 \
	librpcsec/man/rpcsec-probe.1 \
	librpcsec/man/rpcsec-realm.1 \
	librpcsec/man/rpcsec-serve.1 \
	librpcsec/man/rpcsec.3 \
	librpcsec/man/rpcsec_dcerpc.3 \
	librpcsec/man/rpcsec_ndr.3 \
	librpcsec/man/rpcsec_sspi.3 \
	librpcsec/man/rpcsec-onc-ping.1 \
	librpcsec/man/rpcsec_onc.3 \
	librpcsec/man/rpcsec_sspi_codes.3 \
	librpcsec/man/rpcsec_sspi_names.3 \
	librpcsec/man/rpcsec_sspi_types.3 \
	librpcsec/man/rpcsec_status.3

# A page per SSPI call and links under its other names, made of the header's comments.
SSPI_PAGES = $(AWK) -f $(srcdir)/librpcsec/man/sspi_pages.awk
SSPI_PAGES_FROM = $(srcdir)/librpcsec/man/rpcsec_sspi.3 $(srcdir)/librpcsec/include/rpcsec/sspi.h

install-data-hook:
	$(MKDIR_P) "$(DESTDIR)$(man3dir)"
	$(SSPI_PAGES) -v out="$(DESTDIR)$(man3dir)" $(SSPI_PAGES_FROM)

uninstall-hook:
	cd "$(DESTDIR)$(man3dir)" 2>/dev/null && rm -f `cd "$(abs_builddir)" && \
		$(SSPI_PAGES) -v list=1 $(SSPI_PAGES_FROM)` || :

EXTRA_DIST += \
	librpcsec/man/sspi_pages.awk \
	librpcsec/man/decisions/2026-11-20-level-packet.md \
	librpcsec/man/decisions/2026-11-20-mechanisms-by-default.md \
	librpcsec/man/decisions/2026-11-28-aliases-of-full-pointers.md \
	librpcsec/man/decisions/2026-11-20-odd-clients.md \
	librpcsec/man/decisions/2026-11-20-one-user-of-a-context.md \
	librpcsec/man/decisions/2026-11-28-call-ids.md \
	librpcsec/man/decisions/2026-11-28-context-handles.md \
	librpcsec/man/decisions/2026-11-28-deadlines-and-libraries.md \
	librpcsec/man/decisions/2026-11-28-two-record-protectors.md \
	librpcsec/man/decisions/2026-11-28-ntlm.md \
	librpcsec/man/decisions/2026-11-28-sspi-clear-messages.md \
	librpcsec/man/decisions/2026-11-28-onc-locks.md
