/* SPDX-License-Identifier: MIT
 *
 * greeter_server: a whole secured service. Usage: greeter_server [BINDING]
 *
 * Kerberos' keytab says who the server is (KRB5_KTNAME, else the system's). Nobody calls
 * without a ticket, and nobody on the way reads or changes a word: that is the default policy.
 */
#include <signal.h>
#include <stdio.h>

#include "greeter.h"

static struct rpcsec_server *server;

static rpcsec_status greet(struct rpcsec_call *call, const char *name, char **ret_text)
{
    const struct rpcsec_peer *peer = rpcsec_call_peer(call);

    printf("the server saw %s: mechanism %s, level %s, enctype %s\n", peer->principal,
           rpcsec_mechanism_name(peer->mechanism), rpcsec_level_name(peer->level),
           peer->enctype);
    *ret_text = rpcsec_call_printf(call, "Hello %s, you are %s", name, peer->principal);
    return *ret_text ? RPCSEC_OK : RPCSEC_NO_MEMORY;
}

static const struct greeter_ops ops = {.greet = greet};

static void on_signal(int number)
{
    (void)number;
    rpcsec_server_stop(server);
}

/* Ready: an interrupt finishes open calls and ends the server. */
static int announce(void)
{
    struct sigaction action = {.sa_handler = on_signal};

    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("listening %s\n", rpcsec_server_binding(server, 0));
    return 0;
}

int main(int argc, char **argv)
{
    const char *binding = argc > 1 ? argv[1] : "ncacn_ip_tcp:0.0.0.0[7001]";
    struct rpcsec_error err = RPCSEC_ERROR_INIT;

    if (rpcsec_server_new(NULL /* the default policy */, &server, &err) ||
        rpcsec_server_add(server, greeter_interface(&ops), &err) ||
        rpcsec_server_listen(server, binding, &err) || announce() ||
        rpcsec_server_run(server, &err))
        fprintf(stderr, "greeter_server: %s\n", rpcsec_error_text(&err));
    rpcsec_server_free(server);
    return err.status != RPCSEC_OK;
}
