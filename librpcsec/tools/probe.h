/* SPDX-License-Identifier: MIT
 *
 * tools/probe.h: the parts of `rpcsec probe`. Layer: tools.
 *
 * Each cell of the matrix is a connection of its own: a bind, a read of mgmt (inq_if_ids), and
 * a call of operation 65535 of the probed interface. No interface has that operation, so
 * nothing runs; whether the answer is "out of range" or "access denied" tells whether calls at
 * that level are taken.
 */
#ifndef TOOLS_PROBE_H
#define TOOLS_PROBE_H

#include <jansson.h>

#include <rpcsec/dcerpc.h>

#include "client.h"

/* How a cell's connection is protected. */
struct probe_setup {
    enum rpcsec_mechanism mechanism;
    enum rpcsec_level level;
    bool header_signing;
    bool auth3;
    bool trailer; /* verification trailers are sent */
};

struct probe_cell {
    struct probe_setup setup;
    bool accepted;
    struct rpcsec_error err; /* why not */
};

#define PROBE_MAX_CELLS 64

/* What a bind by hand found; see probe_bind.c. */
struct probe_offer {
    bool answered; /* the server took a bind and told of each syntax */
    bool ndr;
    bool ndr64;
    bool multiplexing; /* several calls at once on a connection */
    uint16_t features; /* bind-time features, PDU_FEATURE_... */
};

struct probe {
    const struct tool *tool;
    const char *binding;
    struct tool_client client; /* the options: spn, timeout */
    /* What is asked of the server. */
    enum rpcsec_level least_level;
    enum rpcsec_demand header_signing;
    enum rpcsec_demand trailer;
    bool ntlm_allowed;
    /* What is probed. */
    struct rpcsec_syntax interface;
    bool only_mgmt; /* there is no other interface, and mgmt's reads are for anybody */
    char address[128];
    char principal[256]; /* "" when nobody was proved */
    /* What was found. */
    size_t num_cells;
    struct probe_cell cells[PROBE_MAX_CELLS];
    struct probe_offer offer;
    bool ntlm_offered;
};

/* ---- probe_matrix.c ---- */

/* Lists the cells; the first is the one with all protections. */
void probe_plan(struct probe *probe);
/* Runs one cell. Gives an error where the cell could not be judged. */
rpcsec_status probe_run_cell(struct probe *probe, struct probe_cell *cell,
                             struct rpcsec_error *err);
/* Opens a client as the setup says, and reads the interfaces of the server. */
rpcsec_status probe_open(const struct probe *probe, const struct probe_setup *setup,
                         struct rpcsec_client **ret_client, struct rpcsec_error *err);

/* ---- probe_bind.c ---- */

/* Asks by binds of its own, which are left after their first answer, for the transfer syntaxes
 * and features, and whether NTLM is taken up. */
int probe_offers(struct probe *probe);

/* ---- probe_show.c ---- */

void probe_show_progress(const struct probe *probe, size_t done);
/* Prints all; the number of findings that are weaker than what was asked. */
size_t probe_show(const struct probe *probe);

#endif
