/* SPDX-License-Identifier: MIT
 *
 * tools/ping_show.c: the output of `rpcsec ping`, as text or as one JSON object. Layer: tools.
 *
 * 64-bit integers are decimal strings in JSON: many readers keep 53 bits only.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <krb5.h>

#include "ping.h"

/* Significant digits of milliseconds. */
#define TIME_DIGITS 6

/* ---- Legs ---- */

static json_t *array_of(struct ping *ping, const char *key)
{
    if (!ping->result)
        ping->result =
            json_pack("{s:s, s:[], s:[]}", "binding", ping->binding, "legs", "calls");
    return json_object_get(ping->result, key);
}

static json_t *leg_object(const struct rpcsec_leg *leg, const char *asked, const char *granted)
{
    return json_pack("{s:i, s:b, s:s, s:I, s:I, s:s, s:s, s:s}", "number", (int)leg->number,
                     "sent", leg->sent, "pdu", leg->pdu, "pdu_len", (json_int_t)leg->pdu_len,
                     "token_len", (json_int_t)leg->token_len, "asked", asked, "granted",
                     granted, "result", leg->result ? leg->result : "");
}

static void leg_text(struct ping *ping, const struct rpcsec_leg *leg, const char *asked,
                     const char *granted)
{
    printf("leg %u %s %-18s %5zu bytes, token %5zu, %s\n", leg->number, leg->sent ? "->" : "<-",
           leg->pdu, leg->pdu_len, leg->token_len, leg->result ? leg->result : "");
    if (leg->flags_asked && leg->number == 1)
        printf("  flags asked:   %s\n", asked);
    if (leg->flags_granted && !ping->has_shown_granted)
        printf("  flags granted: %s\n", granted);
    ping->has_shown_granted = leg->flags_granted;
}

void ping_take_leg(void *arg, const struct rpcsec_leg *leg)
{
    struct ping *ping = arg;
    char asked[TOOL_FLAGS_LEN], granted[TOOL_FLAGS_LEN];

    tool_flag_names(leg->flags_asked, false, asked, sizeof(asked));
    tool_flag_names(leg->flags_granted, true, granted, sizeof(granted));
    if (ping->tool->json)
        json_array_append_new(array_of(ping, "legs"), leg_object(leg, asked, granted));
    else if (ping->verbose)
        leg_text(ping, leg, asked, granted);
}

/* ---- The service ticket ---- */

struct ticket {
    unsigned kvno;
    char enctype[64];
};

static krb5_error_code read_cached(krb5_context context, krb5_ccache ccache,
                                   krb5_principal service, struct ticket *ret)
{
    krb5_creds wanted = {.server = service}, *found = NULL;
    krb5_ticket *ticket = NULL;
    krb5_error_code error = krb5_cc_get_principal(context, ccache, &wanted.client);

    if (!error)
        error = krb5_get_credentials(context, KRB5_GC_CACHED, ccache, &wanted, &found);
    if (!error)
        error = krb5_decode_ticket(&found->ticket, &ticket);
    if (!error) {
        ret->kvno = ticket->enc_part.kvno;
        krb5_enctype_to_name(ticket->enc_part.enctype, 0, ret->enctype, sizeof(ret->enctype));
        krb5_free_ticket(context, ticket);
    }
    krb5_free_creds(context, found);
    krb5_free_principal(context, wanted.client);
    return error;
}

/* The library keeps tickets to itself; the credential cache has the one that it used. */
static bool find_ticket(const char *target, struct ticket *ret)
{
    krb5_context context = NULL;
    krb5_ccache ccache = NULL;
    krb5_principal service = NULL;
    krb5_error_code error = krb5_init_context(&context);

    if (error)
        return false;
    error = krb5_cc_default(context, &ccache);
    if (!error)
        error = krb5_parse_name(context, target, &service);
    if (!error)
        error = read_cached(context, ccache, service, ret);
    krb5_free_principal(context, service);
    if (ccache)
        krb5_cc_close(context, ccache);
    krb5_free_context(context);
    return error == 0;
}

/* ---- The peer ---- */

static void peer_object(struct ping *ping, const struct rpcsec_peer *peer,
                        const struct ticket *ticket)
{
    char expires[32];
    json_t *object;

    array_of(ping, "legs");
    snprintf(expires, sizeof(expires), "%lld", (long long)peer->expires);
    object = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:s}", "principal", peer->principal,
                       "target", peer->target, "address", peer->address, "mechanism",
                       rpcsec_mechanism_name(peer->mechanism), "level",
                       rpcsec_level_name(peer->level), "enctype", peer->enctype,
                       "enctype_number", (int)peer->enctype_number, "expires", expires);
    if (ticket)
        json_object_update_new(object, json_pack("{s:i, s:s}", "kvno", (int)ticket->kvno,
                                                 "ticket_enctype", ticket->enctype));
    json_object_set_new(ping->result, "peer", object);
    json_object_set_new(ping->result, "connect_ms", json_real(ping->connect_ms));
    json_object_set_new(ping->result, "bind_ms", json_real(ping->bind_ms));
}

static void peer_text(struct ping *ping, const struct rpcsec_peer *peer,
                      const struct ticket *ticket)
{
    if (ping->is_anonymous)
        printf("%s (%s): not authenticated\n", ping->binding, peer->address);
    else
        printf("%s (%s): %s, %s, %s, %s\n", ping->binding, peer->address, peer->principal,
               rpcsec_mechanism_name(peer->mechanism), rpcsec_level_name(peer->level),
               peer->enctype);
    if (ping->verbose && ticket)
        printf("ticket for %s: %s, kvno %u\n", peer->target, ticket->enctype, ticket->kvno);
    if (ping->verbose)
        printf("connected in %.3f ms, bound in %.3f ms\n", ping->connect_ms, ping->bind_ms);
}

void ping_print_peer(struct ping *ping, const struct rpcsec_peer *peer)
{
    struct ticket ticket = {0};
    bool has_ticket = !ping->is_anonymous && find_ticket(peer->target, &ticket);

    if (ping->tool->json)
        peer_object(ping, peer, has_ticket ? &ticket : NULL);
    else
        peer_text(ping, peer, has_ticket ? &ticket : NULL);
}

/* ---- Calls ---- */

void ping_take_call(struct ping *ping, double ms, uint32_t num_interfaces, uint32_t status)
{
    ping->num_calls++;
    ping->sum_ms += ms;
    if (ping->num_calls == 1 || ms < ping->least_ms)
        ping->least_ms = ms;
    if (ms > ping->greatest_ms)
        ping->greatest_ms = ms;
    if (ping->tool->json)
        json_array_append_new(array_of(ping, "calls"),
                              json_pack("{s:f, s:I, s:I}", "ms", ms, "interfaces",
                                        (json_int_t)num_interfaces, "status",
                                        (json_int_t)status));
    else
        printf("call %llu: %.3f ms, %u interfaces\n", (unsigned long long)ping->num_calls, ms,
               num_interfaces);
}

void ping_print_end(struct ping *ping)
{
    double mean = ping->num_calls ? ping->sum_ms / (double)ping->num_calls : 0;

    if (ping->tool->json) {
        array_of(ping, "calls");
        json_object_set_new(ping->result, "round_trip",
                            json_pack("{s:f, s:f, s:f}", "least_ms", ping->least_ms, "mean_ms",
                                      mean, "greatest_ms", ping->greatest_ms));
        json_dumpf(ping->result, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(TIME_DIGITS));
        putchar('\n');
        json_decref(ping->result);
        ping->result = NULL;
    } else if (ping->num_calls) {
        printf("%llu call%s: least %.3f ms, mean %.3f ms, greatest %.3f ms\n",
               (unsigned long long)ping->num_calls, ping->num_calls == 1 ? "" : "s",
               ping->least_ms, mean, ping->greatest_ms);
    }
}
