/* SPDX-License-Identifier: MIT
 *
 * runtime/report.c: callbacks for failures, and a line of JSON for each context that was
 * accepted or refused. Layer: runtime. Document: RFC 8259, RFC 3339 (times).
 */
#include <string.h>
#include <time.h>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "base/uuid.h"
#include "runtime/report.h"

#define MAX_LINE_LEN 65536 /* bytes: six for each of the longest strings */

static const struct rpcsec_peer nobody = {
    .principal = "",
    .target = "",
    .enctype = "",
    .level = RPCSEC_LEVEL_NONE,
    .expires = INT64_MAX,
};

static const char *address_of(const struct connection *c)
{
    return c->transport ? c->transport->ops->peer_address(c->transport) : "";
}

void report_error(struct connection *c, const struct rpcsec_peer *peer,
                  const struct rpcsec_error *err)
{
    const struct rpcsec_server *server = c->home->server;
    struct rpcsec_peer who = peer ? *peer : nobody;

    if (!server->on_error)
        return;
    who.address = address_of(c);
    server->on_error(server->on_error_arg, err, &who);
}

void report_no_room(const struct rpcsec_server *server, const char *address)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct rpcsec_peer who = nobody;

    if (!server->on_error)
        return;
    who.address = address;
    (void)error_set(
        &err, RPCSEC_LIMIT, RPCSEC_LAYER_POLICY,
        "a connection from %s was refused: there are as many as policy allows, in all "
        "or from this address, or memory ended",
        address);
    server->on_error(server->on_error_arg, &err, &who);
}

static void print_time(char *out, size_t max)
{
    struct timespec now = {0};
    struct tm tm;

    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &tm);
    text_print(out, max, "%04d-%02d-%02dT%02d:%02d:%02d.%03ldZ", tm.tm_year + 1900,
               tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec,
               now.tv_nsec / 1000000);
}

/* The name that we serve it by, else the UUID and version that the client asked for. */
static const char *interface_name(const struct connection *c, char text[UUID_TEXT_LEN + 16])
{
    const struct rpcsec_syntax *asked = assoc_asked_interface(c->assoc);
    const struct assoc_interface *found;

    if (!asked)
        return NULL;
    found = registry_find(&c->home->server->registry, asked);
    if (found)
        return ((const struct registry_entry *)found->arg)->interface->name;
    uuid_text(&asked->uuid, text);
    text_print(text + strlen(text), 16, " v%u.%u", asked->major, asked->minor);
    return text;
}

static void put_line(struct buf *line, const char *address, const char *interface,
                     const struct rpcsec_peer *peer, const char *why)
{
    char time[64];

    print_time(time, sizeof(time));
    json_begin(line);
    json_text(line, "time", time);
    json_text(line, "address", address);
    json_text(line, "principal", peer->principal);
    json_text(line, "sid", peer->sid);
    json_text(line, "mechanism", rpcsec_mechanism_name(peer->mechanism));
    json_text(line, "level", rpcsec_level_name(peer->level));
    json_text(line, "enctype", peer->enctype);
    json_text(line, "interface", interface);
    json_text(line, "verdict", why ? "refused" : "accepted");
    json_text(line, "reason", why);
    json_end(line);
}

static void audit(const struct rpcsec_server *server, const char *address,
                  const char *interface, const struct rpcsec_peer *peer, const char *why)
{
    struct buf line;

    if (!server->on_audit)
        return;
    buf_init(&line, MAX_LINE_LEN);
    put_line(&line, address, interface, peer ? peer : &nobody, why);
    if (buf_status(&line) == RPCSEC_OK)
        server->on_audit(server->on_audit_arg, (const char *)line.data);
    else
        server->on_audit(
            server->on_audit_arg,
            why ? "{\"verdict\":\"refused\",\"reason\":\"no memory for a line\"}"
                : "{\"verdict\":\"accepted\",\"reason\":\"no memory for a line\"}");
    buf_done(&line);
}

void report_audit(struct connection *c, const struct rpcsec_peer *peer, const char *why)
{
    char interface[UUID_TEXT_LEN + 16];

    audit(c->home->server, address_of(c), interface_name(c, interface), peer, why);
}

void report_proxy(const struct rpcsec_server *server, const char *address, const char *why)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct rpcsec_peer who = nobody;

    audit(server, address, NULL, NULL, why);
    if (!server->on_error)
        return;
    who.address = address;
    (void)error_set(&err, RPCSEC_PROTOCOL_ERROR, RPCSEC_LAYER_TRANSPORT,
                    "a connection from %s was refused: %s", address, why);
    server->on_error(server->on_error_arg, &err, &who);
}
