/* SPDX-License-Identifier: MIT
 *
 * tests/interop/client_sids.c: the SIDs that an acceptor of ours finds in a client's ticket.
 *
 *     client_sids kerberos|negotiate TARGET KEYTAB
 *
 * Prints the account's SID and then its groups, a line each; "no sid" when there is none.
 */
#include "unit/sspi_pair.h"

#include <stdio.h>

static void print_sids(const struct rpcsec_peer *peer)
{
    printf("%s\n", peer->sid ? peer->sid : "no sid");
    for (size_t i = 0; i < peer->num_group_sids; i++)
        printf("%s\n", peer->group_sids[i]);
}

int main(int argc, char **argv)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct pair pair = {0};
    rpcsec_status status;

    if (argc != 4)
        return 2;
    pair_ops = strcmp(argv[1], "negotiate") == 0 ? &pkg_negotiate : &pkg_kerberos;
    status = pair_open(&pair, RPCSEC_LEVEL_PRIVACY, argv[2], argv[3]);
    if (status == RPCSEC_OK)
        status = pair_shake(&pair, &err);
    if (status == RPCSEC_OK)
        print_sids(sspi_ctx_peer(pair.server));
    else
        fprintf(stderr, "client_sids: %s\n", rpcsec_error_text(&err));
    pair_free(&pair);
    return status != RPCSEC_OK;
}
