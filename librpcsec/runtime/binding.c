/* SPDX-License-Identifier: MIT
 *
 * runtime/binding.c: parsing and printing string bindings. Layer: runtime.
 * Documents: C706 3.1, MS-RPCE 2.1.1.1. Must not look up names.
 */
#include <arpa/inet.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "runtime/binding.h"

#define PROTOCOL_SEQUENCE "ncacn_ip_tcp"
#define LOCAL_SEQUENCE    "ncalrpc"

/* A part of the text. */
struct part {
    const char *at;
    size_t len;
};

static rpcsec_status refuse(struct rpcsec_error *err, const char *what, struct part part)
{
    char shown[64];

    text_clean(shown, sizeof(shown), part.at, part.len);
    return error_set(err, RPCSEC_BAD_BINDING, RPCSEC_LAYER_ARGUMENT,
                     "the string binding is not valid: %s: '%s'", what, shown);
}

/* The form that most other programs take: HOST:PORT, which we know but do not take. */
static bool is_host_and_port(struct part text, struct part *ret_host, struct part *ret_port)
{
    const char *colon = memrchr(text.at, ':', text.len);
    uint64_t port;

    if (!colon || colon == text.at)
        return false;
    *ret_host = (struct part){text.at, (size_t)(colon - text.at)};
    *ret_port = (struct part){colon + 1, text.len - ret_host->len - 1};
    return !memchr(ret_host->at, ':', ret_host->len) &&
           text_number(ret_port->at, ret_port->len, UINT16_MAX, &port) == RPCSEC_OK;
}

static rpcsec_status refuse_form(struct rpcsec_error *err, const char *what, struct part part)
{
    struct part host = {NULL, 0};
    struct part port = {NULL, 0};
    char host_text[64];
    char port_text[BINDING_PORT_LEN];

    if (!is_host_and_port(part, &host, &port))
        return refuse(err, what, part);
    text_clean(host_text, sizeof(host_text), host.at, host.len);
    text_clean(port_text, sizeof(port_text), port.at, port.len);
    return error_set(err, RPCSEC_BAD_BINDING, RPCSEC_LAYER_ARGUMENT,
                     "the string binding is not valid: write " PROTOCOL_SEQUENCE ":%s[%s]",
                     host_text, port_text);
}

/* Takes the bytes before `end` off the front, and `end` itself; false when it is not there. */
static bool take_until(struct part *rest, char end, struct part *ret_part)
{
    const char *found = memchr(rest->at, end, rest->len);

    if (!found)
        return false;
    ret_part->at = rest->at;
    ret_part->len = (size_t)(found - rest->at);
    rest->at = found + 1;
    rest->len -= ret_part->len + 1;
    return true;
}

static bool part_is(struct part part, const char *text)
{
    return part.len == strlen(text) && memcmp(part.at, text, part.len) == 0;
}

static rpcsec_status parse_object(struct part part, struct binding *b, struct rpcsec_error *err)
{
    char text[UUID_TEXT_LEN];

    if (part.len != UUID_TEXT_LEN - 1 || memchr(part.at, '\0', part.len))
        return refuse(err, "the object before '@' is no UUID", part);
    memcpy(text, part.at, part.len);
    text[part.len] = '\0';
    if (uuid_parse(text, &b->object))
        return refuse(err, "the object before '@' is no UUID", part);
    b->has_object = true;
    return RPCSEC_OK;
}

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '-' || c == '.' || c == '_';
}

static bool is_name(const char *host)
{
    if (*host == '-' || *host == '.')
        return false;
    for (const char *c = host; *c; c++) {
        if (!is_name_byte(*c) || (c[0] == '.' && c[1] == '.'))
            return false;
    }
    return true;
}

/* An address may carry a scope: fe80::1%eth0 (RFC 4007 11). */
static bool is_ipv6(const char *host)
{
    char address[INET6_ADDRSTRLEN];
    struct in6_addr parsed;
    const char *scope = strchr(host, '%');
    size_t len = scope ? (size_t)(scope - host) : strlen(host);

    if (len >= sizeof(address) || (scope && (scope[1] == '\0' || !is_name(scope + 1))))
        return false;
    memcpy(address, host, len);
    address[len] = '\0';
    return inet_pton(AF_INET6, address, &parsed) == 1;
}

static bool is_ipv4(const char *host)
{
    struct in_addr parsed;

    return inet_pton(AF_INET, host, &parsed) == 1;
}

static rpcsec_status parse_host(struct part part, struct binding *b, struct rpcsec_error *err)
{
    if (part.len >= sizeof(b->host) || memchr(part.at, '\0', part.len))
        return refuse(err, "the host name is too long", part);
    memcpy(b->host, part.at, part.len);
    b->host[part.len] = '\0';
    b->is_address = is_ipv4(b->host) || is_ipv6(b->host);
    if (!b->is_address && !is_name(b->host))
        return refuse_form(err, "this is no host name and no address", part);
    return RPCSEC_OK;
}

static rpcsec_status parse_port(struct part part, struct binding *b, struct rpcsec_error *err)
{
    uint64_t port;

    if (b->has_port)
        return refuse(err, "there is more than one endpoint", part);
    if (text_number(part.at, part.len, UINT16_MAX, &port))
        return refuse(err, "the endpoint is no port number from 0 to 65535", part);
    b->port = (uint16_t)port;
    b->has_port = true;
    return RPCSEC_OK;
}

static rpcsec_status parse_epm_port(struct part part, struct binding *b,
                                    struct rpcsec_error *err)
{
    uint64_t port;

    if (b->epm_port)
        return refuse(err, "there is more than one epm_port", part);
    if (text_number(part.at, part.len, UINT16_MAX, &port) || !port)
        return refuse(err, "epm_port is no port number", part);
    b->epm_port = (uint16_t)port;
    return RPCSEC_OK;
}

static rpcsec_status parse_epm_level(struct part part, struct binding *b,
                                     struct rpcsec_error *err)
{
    char name[16] = "";

    if (b->epm_level)
        return refuse(err, "there is more than one epm_level", part);
    if (part.len < sizeof(name))
        memcpy(name, part.at, part.len);
    if (rpcsec_level_parse(name, &b->epm_level))
        return refuse(err, "epm_level is none, connect, packet, integrity or privacy", part);
    return RPCSEC_OK;
}

/* C706 3.1: the endpoint stands first or is an option. The others are our own. */
static rpcsec_status parse_option(struct part part, bool first, struct binding *b,
                                  struct rpcsec_error *err)
{
    struct part name;
    struct part value = part;

    if (!take_until(&value, '=', &name)) {
        if (first)
            return part.len ? parse_port(part, b, err) : RPCSEC_OK;
        return refuse(err, "an option has the form name=value", part);
    }
    if (part_is(name, "endpoint"))
        return parse_port(value, b, err);
    if (part_is(name, "epm_port"))
        return parse_epm_port(value, b, err);
    if (part_is(name, "epm_level"))
        return parse_epm_level(value, b, err);
    return refuse(err, "this option is unknown", name);
}

static rpcsec_status parse_options(struct part rest, struct binding *b,
                                   struct rpcsec_error *err)
{
    struct part inside;
    bool first = true;

    if (!take_until(&rest, ']', &inside))
        return refuse(err, "the bracket is not closed", rest);
    if (rest.len)
        return refuse(err, "there is text behind the closing bracket", rest);
    for (;;) {
        struct part option = inside;
        bool more = take_until(&inside, ',', &option);
        rpcsec_status status = parse_option(option, first, b, err);

        if (status || !more)
            return status;
        first = false;
    }
}

/* What stands behind "ncacn_ip_tcp:". */
static rpcsec_status parse_address(struct part rest, struct binding *b,
                                   struct rpcsec_error *err)
{
    rpcsec_status status;
    struct part host = rest;
    bool bracketed = false;

    /* Brackets around a colon hold an IPv6 address; an endpoint never has a colon. */
    if (rest.len && rest.at[0] == '[') {
        struct part behind = {rest.at + 1, rest.len - 1};

        bracketed = take_until(&behind, ']', &host) && memchr(host.at, ':', host.len);
        if (bracketed)
            rest = behind;
    }
    if (bracketed) {
        status = parse_host(host, b, err);
        if (status || !rest.len)
            return status;
        if (rest.at[0] != '[')
            return refuse(err, "a port in brackets should follow the address", rest);
        return parse_options((struct part){rest.at + 1, rest.len - 1}, b, err);
    }
    host = rest;
    if (!take_until(&rest, '[', &host))
        return rest.len ? parse_host(rest, b, err) : RPCSEC_OK;
    status = host.len ? parse_host(host, b, err) : RPCSEC_OK;
    return status ? status : parse_options(rest, b, err);
}

/* The name of a socket in a directory: nothing that could lead out of it. */
static rpcsec_status parse_name(struct part part, struct binding *b, struct rpcsec_error *err)
{
    if (!part.len || part.len >= sizeof(b->name) || memchr(part.at, '\0', part.len))
        return refuse(err, "an ncalrpc endpoint has 1 to 64 letters", part);
    memcpy(b->name, part.at, part.len);
    b->name[part.len] = '\0';
    if (!is_name(b->name) || b->name[0] == '_')
        return refuse(err, "an ncalrpc endpoint is made of letters, digits, '-', '.' and '_'",
                      part);
    return RPCSEC_OK;
}

/* What stands behind "ncalrpc:". C706 appendix B: it never leaves the machine. */
static rpcsec_status parse_local(struct part rest, struct binding *b, struct rpcsec_error *err)
{
    struct part inside;
    struct part name;

    b->is_local = true;
    if (!rest.len || rest.at[0] != '[')
        return refuse(err, "ncalrpc has no host, only an endpoint: ncalrpc:[name]", rest);
    rest = (struct part){rest.at + 1, rest.len - 1};
    if (!take_until(&rest, ']', &inside))
        return refuse(err, "the bracket is not closed", rest);
    if (rest.len)
        return refuse(err, "there is text behind the closing bracket", rest);
    if (take_until(&inside, '=', &name) && !part_is(name, "endpoint"))
        return refuse(err, "this option is unknown", name);
    return parse_name(inside, b, err);
}

rpcsec_status binding_parse(const char *text, struct binding *ret_binding,
                            struct rpcsec_error *err)
{
    struct binding b = {.port = 0};
    struct part rest = {text, strnlen(text, LIMIT_BINDING_LEN)};
    struct part object;
    struct part sequence = rest;
    rpcsec_status status;

    if (rest.len == LIMIT_BINDING_LEN)
        return refuse(err, "it is too long", rest);
    if (take_until(&rest, '@', &object)) {
        status = parse_object(object, &b, err);
        if (status)
            return status;
    }
    if (!take_until(&rest, ':', &sequence))
        return refuse(err, "it should look like " PROTOCOL_SEQUENCE ":host[port]", rest);
    if (part_is(sequence, LOCAL_SEQUENCE)) {
        status = parse_local(rest, &b, err);
        if (status == RPCSEC_OK)
            *ret_binding = b;
        return status;
    }
    if (!part_is(sequence, PROTOCOL_SEQUENCE) && !memchr(rest.at, '[', rest.len))
        return refuse_form(err, "it should look like " PROTOCOL_SEQUENCE ":host[port]",
                           (struct part){sequence.at, sequence.len + 1 + rest.len});
    if (!part_is(sequence, PROTOCOL_SEQUENCE))
        return refuse(err, "only " PROTOCOL_SEQUENCE " and " LOCAL_SEQUENCE " are served, not",
                      sequence);
    status = parse_address(rest, &b, err);
    if (status)
        return status;
    *ret_binding = b;
    return RPCSEC_OK;
}

/* What stands in brackets behind the host, with them; "" when nothing does. */
static void print_options(const struct binding *b, char *out, size_t max)
{
    char port[BINDING_PORT_LEN] = "";
    char epm_port[32] = "";
    char epm_level[32] = "";

    if (b->has_port)
        text_print(port, sizeof(port), "%u", (unsigned)b->port);
    if (b->epm_port)
        text_print(epm_port, sizeof(epm_port), ",epm_port=%u", (unsigned)b->epm_port);
    if (b->epm_level)
        text_print(epm_level, sizeof(epm_level), ",epm_level=%s",
                   rpcsec_level_name(b->epm_level));
    if (b->has_port || b->epm_port || b->epm_level)
        text_print(out, max, "[%s%s%s]", port, epm_port, epm_level);
}

void binding_print(const struct binding *binding, char out[LIMIT_BINDING_LEN])
{
    char object[UUID_TEXT_LEN] = "";
    char options[80] = "";
    bool brackets = strchr(binding->host, ':') != NULL;

    if (binding->has_object)
        uuid_text(&binding->object, object);
    if (binding->is_local) {
        text_print(out, LIMIT_BINDING_LEN, "%s%s%s:[%s]", object,
                   binding->has_object ? "@" : "", LOCAL_SEQUENCE, binding->name);
        return;
    }
    print_options(binding, options, sizeof(options));
    text_print(out, LIMIT_BINDING_LEN, "%s%s%s:%s%s%s%s", object,
               binding->has_object ? "@" : "", PROTOCOL_SEQUENCE, brackets ? "[" : "",
               binding->host, brackets ? "]" : "", options);
}
