/* SPDX-License-Identifier: MIT
 *
 * runtime/epm.h: asking the endpoint mapper of a host, and being one. Layer: runtime.
 * Documents: C706 appendix O, MS-RPCE 2.2.1.2 and 3.1.3.5.3.
 */
#ifndef RUNTIME_EPM_H
#define RUNTIME_EPM_H

#include <rpcsec/dcerpc.h>

#include "gen/epm.h"
#include "pdu/tower.h"
#include "runtime/binding.h"

/* Asks the endpoint mapper at the binding's host for the TCP port of an interface, until
 * `deadline_ms`. The answer is a hint: whoever listens there must still prove the principal
 * that the caller named.
 * **Errors**: NOT_FOUND when the mapper knows no server of the interface; else those of opening
 * a client and of a call. The outcome is NOT_RUN. */
RPCSEC_MUST_USE rpcsec_status epm_find_port(const struct binding *binding,
                                            struct rpcsec_policy *policy,
                                            const struct rpcsec_interface *interface,
                                            uint64_t deadline_ms, uint16_t *ret_port,
                                            struct rpcsec_error *err);

/* ---- what a server serves where (epm_server.c) ---- */

/* The n-th pair of an interface and a listening address, below epm_num_towers; false: it is
 * there already. The name is the interface's. */
size_t epm_num_towers(const struct rpcsec_server *server);
bool epm_nth_tower(const struct rpcsec_server *server, size_t n, struct tower *ret_tower,
                   const char **ret_name);
/* **Errors**: NO_MEMORY. */
RPCSEC_MUST_USE rpcsec_status epm_make_twr(struct rpcsec_arena *arena,
                                           const struct tower *tower, epm_twr **ret_twr);
/* What an error_status_t of the mapper means. C706 appendix E. */
const char *epm_status_text(uint32_t status);

#endif
