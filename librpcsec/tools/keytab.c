/* SPDX-License-Identifier: MIT
 *
 * tools/keytab.c: does the keytab of `rpcsec serve` hold what --accept-spn names. Layer: tools.
 *
 * The library serves on without the key, since a keytab may grow; on a command line it is a
 * misspelling.
 */
#include <krb5.h>

#include "tool.h"

static krb5_error_code find_key(krb5_context krb5, krb5_keytab keytab, const char *spn)
{
    krb5_principal principal = NULL;
    krb5_keytab_entry entry;
    krb5_error_code code = krb5_parse_name(krb5, spn, &principal);

    if (!code)
        code = krb5_kt_get_entry(krb5, keytab, principal, 0, 0, &entry);
    if (!code)
        krb5_free_keytab_entry_contents(krb5, &entry);
    krb5_free_principal(krb5, principal);
    return code;
}

static int check_in(const struct tool *tool, krb5_context krb5, krb5_keytab keytab,
                    const struct tool_list *spns)
{
    char name[256] = "";

    for (size_t n = 0; n < spns->num; n++) {
        if (find_key(krb5, keytab, spns->items[n]) == 0)
            continue;
        if (krb5_kt_get_name(krb5, keytab, name, sizeof(name)) != 0)
            name[0] = '\0';
        return tool_fail(tool, TOOL_DENIED,
                         "--accept-spn %s: the keytab %s has no key for it: check the spelling "
                         "(klist -k), or extract the key (kadmin: ktadd)",
                         spns->items[n], name);
    }
    return TOOL_OK;
}

int tool_check_keytab(const struct tool *tool, const char *name, const struct tool_list *spns)
{
    krb5_context krb5 = NULL;
    krb5_keytab keytab = NULL;
    int code = TOOL_OK;

    if (spns->num == 0 || krb5_init_context(&krb5) != 0)
        return TOOL_OK; /* the library tells what is wrong with the configuration */
    if ((name ? krb5_kt_resolve(krb5, name, &keytab) : krb5_kt_default(krb5, &keytab)) == 0) {
        if (krb5_kt_have_content(krb5, keytab) == 0)
            code = check_in(tool, krb5, keytab, spns);
        krb5_kt_close(krb5, keytab);
    }
    krb5_free_context(krb5);
    return code;
}
