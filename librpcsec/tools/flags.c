/* SPDX-License-Identifier: MIT
 *
 * tools/flags.c: names of the flags of security contexts. Layer: tools.
 */
#include <stdio.h>

#include <rpcsec/sspi.h>

#include "tool.h"

static const struct {
    uint32_t asked, granted;
    const char *name;
} flags[] = {
    {ISC_REQ_MUTUAL_AUTH, ISC_RET_MUTUAL_AUTH, "mutual"},
    {ISC_REQ_REPLAY_DETECT, ISC_RET_REPLAY_DETECT, "replay"},
    {ISC_REQ_SEQUENCE_DETECT, ISC_RET_SEQUENCE_DETECT, "sequence"},
    {ISC_REQ_CONFIDENTIALITY, ISC_RET_CONFIDENTIALITY, "confidentiality"},
    {ISC_REQ_INTEGRITY, ISC_RET_INTEGRITY, "integrity"},
    {ISC_REQ_USE_DCE_STYLE, ISC_RET_USED_DCE_STYLE, "dce-style"},
    {ISC_REQ_CONNECTION, ISC_RET_CONNECTION, "connection"},
    {ISC_REQ_EXTENDED_ERROR, ISC_RET_EXTENDED_ERROR, "extended-error"},
    {ISC_REQ_IDENTIFY, ISC_RET_IDENTIFY, "identify"},
    {ISC_REQ_DELEGATE, ISC_RET_DELEGATE, "delegate"},
};

const char *tool_flag_names(uint32_t value, bool granted, char *text, size_t text_len)
{
    size_t used = 0;

    snprintf(text, text_len, "-");
    for (size_t n = 0; n < sizeof(flags) / sizeof(flags[0]); n++)
        if ((value & (granted ? flags[n].granted : flags[n].asked)) && used < text_len)
            used += (size_t)snprintf(text + used, text_len - used, "%s%s", used ? "," : "",
                                     flags[n].name);
    return text;
}
