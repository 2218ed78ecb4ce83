/* SPDX-License-Identifier: MIT
 *
 * tests/sspi/packages.c: prints the names of the packages that are there.
 */
#include <stdio.h>

#include <rpcsec/sspi.h>

int main(void)
{
    PSecPkgInfoA infos = NULL;
    ULONG num = 0;

    if (EnumerateSecurityPackagesA(&num, &infos) != SEC_E_OK)
        return 1;
    for (ULONG i = 0; i < num; i++)
        printf("%s\n", infos[i].Name);
    return FreeContextBuffer(infos) != SEC_E_OK;
}
