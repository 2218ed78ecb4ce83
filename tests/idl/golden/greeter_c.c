/* greeter_c.c: client stubs, made by rpcsec-idl from greeter.idl. Do not edit. */
#include "greeter.h"

#include <stddef.h>
#include <string.h>

#include <rpcsec/ndr.h>

struct greeter_greet_args {
    const char *name;
    char *text;
};

static const struct rpcsec_ndr_type ndr_char_string = {
    .kind = RPCSEC_NDR_CONFORMANT_VARYING,
    .flags = RPCSEC_NDR_FLAG_STRING,
    .align = 4,
    .align64 = 8,
    .wire_min = 12U,
    .wire_min64 = 24U,
    .of = &rpcsec_ndr_char,
};

static const struct rpcsec_ndr_type ndr_ref_char_string = {
    .kind = RPCSEC_NDR_REF,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_char_string,
};

static const struct rpcsec_ndr_type ndr_unique_char_string = {
    .kind = RPCSEC_NDR_UNIQUE,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_char_string,
};

static const struct rpcsec_ndr_arg ndr_greeter_greet_args_list[] = {
    {"name", offsetof(struct greeter_greet_args, name), RPCSEC_NDR_IN, &ndr_ref_char_string},
    {"text", offsetof(struct greeter_greet_args, text), RPCSEC_NDR_OUT, &ndr_unique_char_string},
};
RPCSEC_NDR_ASSERT(struct greeter_greet_args, name, void *);
RPCSEC_NDR_ASSERT(struct greeter_greet_args, text, void *);
static const struct rpcsec_ndr_record ndr_greeter_greet_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "greet",
    .mem_size = sizeof(struct greeter_greet_args),
    .num_args = 2,
    .args = ndr_greeter_greet_args_list,
};

static const struct rpcsec_operation greeter_operations[] = {
    {"greet", 0, &ndr_greeter_greet_args, NULL},
};

const struct rpcsec_interface greeter_client_interface = {
    .table_version = RPCSEC_INTERFACE_VERSION,
    .name = "greeter",
    .id = {{0x6f0ad3c4, 0x5d6e, 0x4f0b, {0x9f, 0x4e}, {0x2a, 0x51, 0xd8, 0xb1, 0xc7, 0xe0}}, 1, 0},
    .operations = greeter_operations,
    .num_operations = 1,
};

rpcsec_status greeter_greet(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    const char *name,
    char **ret_text,
    struct rpcsec_error *err)
{
    struct greeter_greet_args args;
    rpcsec_status status;

    if (!name || !ret_text)
        return rpcsec_client_call(client, arena, &greeter_client_interface, 0, NULL, err);
    memset(&args, 0, sizeof(args));
    args.name = name;
    status = rpcsec_client_call(client, arena, &greeter_client_interface, 0, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_text = args.text;
    return RPCSEC_OK;
}

rpcsec_status greeter_greet_send(
    struct rpcsec_client *client,
    const char *name,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct greeter_greet_args args;

    if (!name)
        return rpcsec_client_send(client, &greeter_client_interface, 0, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.name = name;
    return rpcsec_client_send(client, &greeter_client_interface, 0, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status greeter_greet_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    char **ret_text,
    struct rpcsec_error *err)
{
    struct greeter_greet_args args;
    rpcsec_status status;

    if (!ret_text)
        return rpcsec_pending_recv(call, arena, &greeter_client_interface, 0, NULL, err);
    status = rpcsec_pending_recv(call, arena, &greeter_client_interface, 0, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_text = args.text;
    return RPCSEC_OK;
}
