/* SPDX-License-Identifier: MIT
 *
 * greeter_client: calls the greeter. Usage: greeter_client [-v] BINDING SPN [NAME]
 *
 * -v shows the handshake leg by leg, the request as it was and as it crossed the wire, and who
 * the server proved to be.
 */
#include <stdio.h>
#include <string.h>

#include "greeter.h"

static void show_leg(void *arg, const struct rpcsec_leg *leg)
{
    (void)arg;
    printf("leg %u  %s %-18s  %4zu bytes, token %4zu bytes  %s\n", (unsigned)leg->number,
           leg->sent ? "->" : "<-", leg->pdu, leg->pdu_len, leg->token_len,
           leg->result ? leg->result : "");
}

static void show_bytes(const char *title, const uint8_t *data, size_t len)
{
    printf("%s, %zu bytes:\n", title, len);
    for (size_t at = 0; at < len; at += 16) {
        size_t num = len - at < 16 ? len - at : 16;

        printf("  %04zx ", at);
        for (size_t i = 0; i < 16; i++)
            i < num ? printf(" %02x", data[at + i]) : printf("   ");
        printf("  ");
        for (size_t i = 0; i < num; i++) {
            uint8_t c = data[at + i];

            putchar(c >= 32 && c < 127 ? c : '.');
        }
        putchar('\n');
    }
}

static void show_request(void *arg, const uint8_t *plain, size_t plain_len, const uint8_t *wire,
                         size_t wire_len)
{
    (void)arg;
    show_bytes("the request's arguments", plain, plain_len);
    show_bytes("the request as it crossed the wire", wire, wire_len);
}

static void show_peer(const struct rpcsec_peer *peer)
{
    printf("the client saw %s at %s: mechanism %s, level %s, enctype %s\n", peer->principal,
           peer->address, rpcsec_mechanism_name(peer->mechanism),
           rpcsec_level_name(peer->level), peer->enctype);
}

int main(int argc, char **argv)
{
    int verbose = argc > 1 && strcmp(argv[1], "-v") == 0;
    const char *name = argc > verbose + 3 ? argv[verbose + 3] : "Ada";
    const struct rpcsec_client_options options = {
        .size = sizeof(options),
        .on_leg = verbose ? show_leg : NULL,
        .on_request = verbose ? show_request : NULL,
    };
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct rpcsec_client *client = NULL;
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    char *text = NULL;

    if (argc < verbose + 3) {
        fprintf(stderr, "usage: greeter_client [-v] BINDING SPN [NAME]\n");
        rpcsec_arena_free(arena);
        return 2;
    }
    if (rpcsec_client_open_with(argv[verbose + 1], argv[verbose + 2], &options, &client,
                                &err) ||
        greeter_greet(client, arena, name, &text, &err)) {
        fprintf(stderr, "greeter_client: %s\n", rpcsec_error_text(&err));
    } else {
        if (verbose)
            show_peer(rpcsec_client_peer(client));
        printf("%s\n", text);
    }
    rpcsec_client_close(client);
    rpcsec_arena_free(arena);
    return err.status != RPCSEC_OK;
}
