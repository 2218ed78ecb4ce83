/* SPDX-License-Identifier: MIT
 *
 * tools/probe_show.c: the matrix of `rpcsec probe` and what of it is weaker than was asked, as
 * text or as one JSON object. Layer: tools.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/uuid.h"
#include "pdu/pdu.h"
#include "probe.h"

#define MAX_FINDINGS 16

struct findings {
    size_t num;
    char texts[MAX_FINDINGS][160];
};

/* ---- Progress ---- */

void probe_show_progress(const struct probe *probe, size_t done)
{
    if (probe->tool->json || !isatty(STDERR_FILENO))
        return;
    if (done < probe->num_cells)
        fprintf(stderr, "\rprobing: %zu of %zu ", done + 1, probe->num_cells);
    else
        fprintf(stderr, "\r%40s\r", "");
}

/* ---- What is weaker ---- */

static void add_finding(struct findings *findings, const char *text)
{
    for (size_t n = 0; n < findings->num; n++)
        if (strcmp(findings->texts[n], text) == 0)
            return;
    if (findings->num < MAX_FINDINGS)
        snprintf(findings->texts[findings->num++], sizeof(findings->texts[0]), "%s", text);
}

/* Packet protects as integrity does: MS-RPCE 2.2.1.1.8 and the mechanisms here know no
 * difference on the wire. */
static bool is_below(const struct probe *probe, const struct probe_setup *setup)
{
    enum rpcsec_level least = probe->least_level;

    if (least == RPCSEC_LEVEL_INTEGRITY)
        least = RPCSEC_LEVEL_PACKET;
    return setup->level < least;
}

/* A level that is too low is one finding; how it is protected does not matter then. mgmt's
 * reads are for anybody, so they tell nothing of levels. */
static void judge_cell(const struct probe *probe, const struct probe_setup *setup,
                       struct findings *findings)
{
    bool protects = setup->level >= RPCSEC_LEVEL_PACKET;
    char text[160];

    if (is_below(probe, setup)) {
        snprintf(text, sizeof(text), "calls at level %s are served, asked for is %s",
                 rpcsec_level_name(setup->level), rpcsec_level_name(probe->least_level));
        if (!probe->only_mgmt)
            add_finding(findings, text);
        return;
    }
    if (protects && !setup->header_signing && probe->header_signing == RPCSEC_REQUIRED)
        add_finding(findings, "calls whose headers are not signed are served");
    if (protects && !setup->trailer && probe->trailer == RPCSEC_REQUIRED)
        add_finding(findings, "calls without a verification trailer are served");
}

static void judge(const struct probe *probe, struct findings *findings)
{
    if (probe->ntlm_offered && !probe->ntlm_allowed)
        add_finding(findings, "NTLM is offered");
    for (size_t n = 0; n < probe->num_cells; n++)
        if (probe->cells[n].accepted)
            judge_cell(probe, &probe->cells[n].setup, findings);
}

/* ---- Text ---- */

static bool same_row(const struct probe_setup *a, const struct probe_setup *b)
{
    return a->mechanism == b->mechanism && a->level == b->level;
}

/* The columns: header signing, third leg, trailer. */
static const struct probe_setup columns[] = {
    {.header_signing = true, .trailer = true},
    {.header_signing = true, .trailer = false},
    {.header_signing = true, .auth3 = true, .trailer = true},
    {.header_signing = true, .auth3 = true, .trailer = false},
    {.trailer = true},
    {.trailer = false},
    {.auth3 = true, .trailer = true},
    {.auth3 = true, .trailer = false},
};

static const char *cell_word(const struct probe *probe, const struct probe_setup *row,
                             const struct probe_setup *column)
{
    for (size_t n = 0; n < probe->num_cells; n++) {
        const struct probe_setup *setup = &probe->cells[n].setup;

        if (same_row(setup, row) && setup->header_signing == column->header_signing &&
            setup->auth3 == column->auth3 && setup->trailer == column->trailer)
            return probe->cells[n].accepted ? "yes" : "no";
    }
    return "-";
}

static void print_matrix(const struct probe *probe)
{
    printf("\n%-22s  %-25s  %s\n", "", "headers signed", "headers not signed");
    printf("%-22s  %-12s %-12s  %-12s %s\n", "", "alter", "auth3", "alter", "auth3");
    printf("%-10s %-11s  %-5s %-6s %-5s %-6s  %-5s %-6s %-5s %s\n", "MECHANISM", "LEVEL", "vt",
           "no vt", "vt", "no vt", "vt", "no vt", "vt", "no vt");
    for (size_t n = 0; n < probe->num_cells; n++) {
        const struct probe_setup *row = &probe->cells[n].setup;

        if (n && same_row(row, &probe->cells[n - 1].setup))
            continue;
        printf("%-10s %-11s", rpcsec_mechanism_name(row->mechanism),
               rpcsec_level_name(row->level));
        for (size_t c = 0; c < sizeof(columns) / sizeof(columns[0]); c++)
            printf("%*s%-*s", c % 4 ? 1 : 2, "", c % 2 ? 6 : 5,
                   cell_word(probe, row, &columns[c]));
        printf("\n");
    }
    printf("(vt: verification trailer; -: there is no such form)\n");
}

static void print_offer(const struct probe *probe)
{
    const struct probe_offer *offer = &probe->offer;

    if (!offer->answered)
        printf("transfer syntaxes: not told\n");
    else
        printf(
            "transfer syntaxes: %s%s; concurrent multiplexing: %s; several security contexts: "
            "%s; connection kept on orphan: %s\n",
            offer->ndr ? "NDR" : "", offer->ndr64 ? offer->ndr ? ", NDR64" : "NDR64" : "",
            offer->multiplexing ? "yes" : "no",
            offer->features & PDU_FEATURE_SECURITY_CONTEXTS ? "yes" : "no",
            offer->features & PDU_FEATURE_KEEP_ON_ORPHAN ? "yes" : "no");
    printf("NTLM: %s\n", probe->ntlm_offered ? "offered" : "not offered");
}

static void print_text(const struct probe *probe, const struct findings *findings)
{
    char uuid[UUID_TEXT_LEN];

    uuid_text(&probe->interface.uuid, uuid);
    printf("%s (%s): %s\n", probe->binding, probe->address, probe->principal);
    printf(
        "probed: %s version %u.%u%s; binds, reads of mgmt, calls of an operation that is not "
        "there: nothing was changed\n",
        uuid, (unsigned)probe->interface.major, (unsigned)probe->interface.minor,
        probe->only_mgmt ? " (mgmt: its reads are for anybody, levels tell nothing)" : "");
    print_offer(probe);
    print_matrix(probe);
    printf("\n");
    for (size_t n = 0; n < findings->num; n++)
        printf("weaker: %s\n", findings->texts[n]);
    if (!findings->num)
        printf("nothing weaker than asked for is served\n");
}

/* ---- JSON ---- */

static json_t *cell_object(const struct probe_cell *cell)
{
    const struct probe_setup *setup = &cell->setup;

    return json_pack(
        "{s:s, s:s, s:b, s:s, s:b, s:b, s:s, s:I, s:s}", "mechanism",
        rpcsec_mechanism_name(setup->mechanism), "level", rpcsec_level_name(setup->level),
        "header_signing", setup->header_signing, "third_leg", setup->auth3 ? "auth3" : "alter",
        "verification_trailer", setup->trailer, "accepted", cell->accepted, "status",
        rpcsec_status_name(cell->err.status), "wire_status", (json_int_t)cell->err.wire_status,
        "text", cell->accepted ? "" : rpcsec_error_text(&cell->err));
}

static json_t *offer_object(const struct probe *probe)
{
    const struct probe_offer *offer = &probe->offer;

    return json_pack("{s:b, s:b, s:b, s:b, s:b, s:b, s:b}", "known", offer->answered, "ndr",
                     offer->ndr, "ndr64", offer->ndr64, "multiplexing", offer->multiplexing,
                     "security_contexts", offer->features & PDU_FEATURE_SECURITY_CONTEXTS,
                     "keep_on_orphan", (offer->features & PDU_FEATURE_KEEP_ON_ORPHAN) != 0,
                     "ntlm", probe->ntlm_offered);
}

static void print_json(const struct probe *probe, const struct findings *findings)
{
    json_t *cells = json_array();
    json_t *weaker = json_array();
    char uuid[UUID_TEXT_LEN];
    json_t *object;

    for (size_t n = 0; n < probe->num_cells; n++)
        json_array_append_new(cells, cell_object(&probe->cells[n]));
    for (size_t n = 0; n < findings->num; n++)
        json_array_append_new(weaker, json_string(findings->texts[n]));
    uuid_text(&probe->interface.uuid, uuid);
    object = json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:o}", "binding", probe->binding,
                       "address", probe->address, "principal", probe->principal, "interface",
                       uuid, "offers", offer_object(probe), "matrix", cells, "weaker", weaker);
    json_dumpf(object, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(object);
}

size_t probe_show(const struct probe *probe)
{
    struct findings findings = {.num = 0};

    judge(probe, &findings);
    if (probe->tool->json)
        print_json(probe, &findings);
    else
        print_text(probe, &findings);
    return findings.num;
}
