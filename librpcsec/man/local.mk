# SPDX-License-Identifier: MIT
# mdoc. A page per command and per public header; tests/lint/man ties symbols and options to them.
dist_man_MANS += \
	librpcsec/man/rpcsec.1 \
	librpcsec/man/rpcsec-idl.1 \
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

EXTRA_DIST += \
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
