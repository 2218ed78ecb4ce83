/* SPDX-License-Identifier: MIT
 *
 * greeter_loop: calls the greeter from an event loop of its own, many calls at once.
 * Usage: greeter_loop BINDING SPN NAME...
 *
 * The loop is poll(2) here; any other works alike: it watches the one descriptor of the client
 * and a timeout, and calls rpcsec_client_process. Nothing of the library waits then.
 */
#include <poll.h>
#include <stdio.h>

#include "greeter.h"

struct program {
    struct rpcsec_client *client;
    struct rpcsec_arena *arena;
    int num_open; /* calls that have not ended */
    int num_failed;
};

/* A call has ended: its result, or why there is none. */
static void take_greeting(struct rpcsec_pending *call, void *arg)
{
    struct program *p = arg;
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    char *text = NULL;

    p->num_open--;
    if (greeter_greet_recv(call, p->arena, &text, &err)) {
        fprintf(stderr, "greeter_loop: %s\n", rpcsec_error_text(&err));
        p->num_failed++;
    } else {
        printf("%s\n", text);
    }
    rpcsec_arena_reset(p->arena);
}

static rpcsec_status start_all(struct program *p, int num, char **names,
                               struct rpcsec_error *err)
{
    for (int i = 0; i < num; i++) {
        struct rpcsec_pending *call; /* kept by who wants to cancel */

        if (greeter_greet_send(p->client, names[i], take_greeting, p, &call, err))
            return err->status;
        p->num_open++;
    }
    return RPCSEC_OK;
}

static rpcsec_status run_loop(struct program *p, struct rpcsec_error *err)
{
    struct pollfd poller = {.fd = rpcsec_client_fd(p->client), .events = POLLIN};

    while (p->num_open > 0) {
        poll(&poller, 1, rpcsec_client_timeout_ms(p->client)); /* and what else there is */
        if (rpcsec_client_process(p->client, err))
            return err->status;
    }
    return RPCSEC_OK;
}

int main(int argc, char **argv)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct program p = {.arena = rpcsec_arena_new(0)};

    if (argc < 4) {
        fprintf(stderr, "usage: greeter_loop BINDING SPN NAME...\n");
        rpcsec_arena_free(p.arena);
        return 2;
    }
    /* Binding first does what takes time (the KDC, the network) before the loop begins. */
    if (!p.arena || rpcsec_client_open(argv[1], argv[2], NULL, &p.client, &err) ||
        rpcsec_client_bind(p.client, &greeter_client_interface, &err) ||
        start_all(&p, argc - 3, argv + 3, &err) || run_loop(&p, &err)) {
        fprintf(stderr, "greeter_loop: %s\n", rpcsec_error_text(&err));
        p.num_failed++;
    }
    rpcsec_client_close(p.client); /* ends what has not ended */
    rpcsec_arena_free(p.arena);
    return p.num_failed != 0;
}
