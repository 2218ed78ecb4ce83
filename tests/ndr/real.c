/* SPDX-License-Identifier: MIT
 *
 * ndr/real.c: type tables of operations of Microsoft's interfaces: MS-SAMR, MS-LSAT, MS-SRVS,
 * MS-RRP, MS-SCMR, MS-TSCH, MS-DRSR, MS-NRPC, and C706 appendices O (epm) and Q (mgmt). Only
 * what the vectors of tests/vectors/ndr/real.tsv need: of unions, the arms that are used and
 * one that gives the right alignment.
 */
#include "tables.h"

#define STRING_FLAG RPCSEC_NDR_FLAG_STRING

CONFORMANT_VARYING(wide_string, rpcsec_ndr_wchar, STRING_FLAG, NULL, .size = {.add = 0});
POINTER(wide_ref, REF, wide_string);
POINTER(wide_unique, UNIQUE, wide_string);
POINTER(u32_unique, UNIQUE, rpcsec_ndr_u32);

struct guid {
    uint32_t a;
    uint16_t b;
    uint16_t c;
    uint8_t d[8];
};
FIXED(eight_bytes, rpcsec_ndr_u8, 8, uint8_t, 1, 8);
static const struct rpcsec_ndr_field guid_fields[] = {
    FIELD(guid, a, rpcsec_ndr_u32), FIELD(guid, b, rpcsec_ndr_u16),
    FIELD(guid, c, rpcsec_ndr_u16), FIELD(guid, d, eight_bytes)};
STRUCT(guid, 0, 4, 4, 16, 16);

/* ---- MS-DTYP: counted strings and SIDs ---- */

struct lsa_string {
    uint16_t length;
    uint16_t size;
    uint16_t *string;
};
CONFORMANT_VARYING(lsa_string_array, rpcsec_ndr_wchar, 0, NULL,
                   .size = HALF(U16, lsa_string, size),
                   .length = HALF(U16, lsa_string, length));
POINTER(lsa_string_pointer, UNIQUE, lsa_string_array);
static const struct rpcsec_ndr_field lsa_string_fields[] = {
    FIELD(lsa_string, length, rpcsec_ndr_u16), FIELD(lsa_string, size, rpcsec_ndr_u16),
    FIELD(lsa_string, string, lsa_string_pointer)};
STRUCT(lsa_string, 0, 4, 8, 8, 12);

struct sid {
    uint8_t revision;
    uint8_t num_auths;
    uint8_t id_auth[6];
    uint32_t sub_auths[];
};
static const struct rpcsec_ndr_range num_auths_range = {0, 15};
static const struct rpcsec_ndr_type num_auths_type = {.kind = RPCSEC_NDR_U8,
                                                      .align = 1,
                                                      .align64 = 1,
                                                      .wire_min = 1,
                                                      .wire_min64 = 1,
                                                      .mem_size = 1,
                                                      .range = &num_auths_range};
FIXED(id_auth, rpcsec_ndr_u8, 6, uint8_t, 1, 6);
CONFORMANT(sub_auths, rpcsec_ndr_u32, 4, 4, .size = VAR(U8, sid, num_auths));
static const struct rpcsec_ndr_field sid_fields[] = {
    FIELD(sid, revision, rpcsec_ndr_u8), FIELD(sid, num_auths, num_auths_type),
    FIELD(sid, id_auth, id_auth), FIELD(sid, sub_auths, sub_auths)};
STRUCT(sid, RPCSEC_NDR_FLAG_CONFORMANT, 4, 4, 12, 16);
POINTER(sid_pointer, UNIQUE, sid_type);

/* ---- MS-SAMR ---- */

struct samr_ids {
    uint32_t count;
    uint32_t *ids;
};
CONFORMANT(samr_ids_array, rpcsec_ndr_u32, 4, 4, .size = VAR(U32, samr_ids, count));
POINTER(samr_ids_pointer, UNIQUE, samr_ids_array);
static const struct rpcsec_ndr_field samr_ids_fields[] = {
    FIELD(samr_ids, count, rpcsec_ndr_u32), FIELD(samr_ids, ids, samr_ids_pointer)};
STRUCT(samr_ids, 0, 4, 8, 8, 12);

struct samr_LookupNames_args {
    struct rpcsec_context_handle domain;
    uint32_t num_names;
    struct lsa_string *names;
    struct samr_ids rids;
    struct samr_ids types;
    uint32_t result;
};
CONFORMANT_VARYING(samr_names, lsa_string_type, 0, NULL, .size = CONST_VALUE(1000),
                   .length = VAR(U32, samr_LookupNames_args, num_names));
POINTER(samr_names_ref, REF, samr_names);
static const struct rpcsec_ndr_arg samr_LookupNames_list[] = {
    ARG(samr_LookupNames, domain, IN, rpcsec_ndr_context_handle),
    ARG(samr_LookupNames, num_names, IN, rpcsec_ndr_u32),
    ARG(samr_LookupNames, names, IN, samr_names_ref),
    ARG(samr_LookupNames, rids, OUT, samr_ids_type),
    ARG(samr_LookupNames, types, OUT, samr_ids_type),
    ARG(samr_LookupNames, result, RESULT, rpcsec_ndr_u32)};

struct dlong {
    uint32_t low;
    int32_t high;
};
static const struct rpcsec_ndr_field dlong_fields[] = {FIELD(dlong, low, rpcsec_ndr_u32),
                                                       FIELD(dlong, high, rpcsec_ndr_i32)};
STRUCT(dlong, 0, 4, 4, 8, 8);
struct samr_info1 {
    uint16_t min_length;
    uint16_t history;
    uint32_t properties;
    struct dlong max_age;
    struct dlong min_age;
};
static const struct rpcsec_ndr_field samr_info1_fields[] = {
    FIELD(samr_info1, min_length, rpcsec_ndr_u16), FIELD(samr_info1, history, rpcsec_ndr_u16),
    FIELD(samr_info1, properties, rpcsec_ndr_u32), FIELD(samr_info1, max_age, dlong_type),
    FIELD(samr_info1, min_age, dlong_type)};
STRUCT(samr_info1, 0, 4, 4, 24, 24);
union samr_info {
    struct samr_info1 info1;
    struct lsa_string info5;
};
static const struct rpcsec_ndr_arm samr_info_arms[] = {{"info1", 1, 0, &samr_info1_type},
                                                       {"info5", 5, 0, &lsa_string_type}};
struct samr_QueryDomainInfo_args {
    struct rpcsec_context_handle domain;
    uint32_t level;
    union samr_info *info;
    uint32_t result;
};
UNION(samr_info_union, samr_info, rpcsec_ndr_u16, 4, 8, 10, 14,
      VAR(U32, samr_QueryDomainInfo_args, level));
POINTER(samr_info_pointer, UNIQUE, samr_info_union);
static const struct rpcsec_ndr_arg samr_QueryDomainInfo_list[] = {
    ARG(samr_QueryDomainInfo, domain, IN, rpcsec_ndr_context_handle),
    ARG(samr_QueryDomainInfo, level, IN, rpcsec_ndr_enum16),
    ARG(samr_QueryDomainInfo, info, OUT, samr_info_pointer),
    ARG(samr_QueryDomainInfo, result, RESULT, rpcsec_ndr_u32)};

/* ---- MS-LSAD, MS-LSAT ---- */

struct sid_ptr {
    struct sid *sid;
};
static const struct rpcsec_ndr_field sid_ptr_fields[] = {FIELD(sid_ptr, sid, sid_pointer)};
STRUCT(sid_ptr, 0, 4, 8, 4, 8);
struct sid_array {
    uint32_t num;
    struct sid_ptr *sids;
};
CONFORMANT(sid_array_array, sid_ptr_type, 4, 8, .size = VAR(U32, sid_array, num));
POINTER(sid_array_pointer, UNIQUE, sid_array_array);
static const struct rpcsec_ndr_field sid_array_fields[] = {
    FIELD(sid_array, num, rpcsec_ndr_u32), FIELD(sid_array, sids, sid_array_pointer)};
STRUCT(sid_array, 0, 4, 8, 8, 12);

struct translated_name {
    uint32_t type;
    struct lsa_string name;
    uint32_t index;
};
static const struct rpcsec_ndr_field translated_name_fields[] = {
    FIELD(translated_name, type, rpcsec_ndr_enum16),
    FIELD(translated_name, name, lsa_string_type),
    FIELD(translated_name, index, rpcsec_ndr_u32)};
STRUCT(translated_name, 0, 4, 8, 14, 20);
struct name_array {
    uint32_t count;
    struct translated_name *names;
};
CONFORMANT(name_array_array, translated_name_type, 4, 8, .size = VAR(U32, name_array, count));
POINTER(name_array_pointer, UNIQUE, name_array_array);
static const struct rpcsec_ndr_field name_array_fields[] = {
    FIELD(name_array, count, rpcsec_ndr_u32), FIELD(name_array, names, name_array_pointer)};
STRUCT(name_array, 0, 4, 8, 8, 12);

struct lsa_LookupSids_args {
    struct rpcsec_context_handle policy;
    struct sid_array sids;
    struct name_array names;
    uint32_t level;
    uint32_t count;
};
static const struct rpcsec_ndr_arg lsa_LookupSids_list[] = {
    ARG(lsa_LookupSids, policy, IN, rpcsec_ndr_context_handle),
    ARG(lsa_LookupSids, sids, IN, sid_array_type),
    ARG(lsa_LookupSids, names, INOUT, name_array_type),
    ARG(lsa_LookupSids, level, IN, rpcsec_ndr_enum16),
    ARG(lsa_LookupSids, count, INOUT, rpcsec_ndr_u32)};

struct domain_info {
    struct lsa_string name;
    struct sid *sid;
};
static const struct rpcsec_ndr_field domain_info_fields[] = {
    FIELD(domain_info, name, lsa_string_type), FIELD(domain_info, sid, sid_pointer)};
STRUCT(domain_info, 0, 4, 8, 12, 20);
struct domain_list {
    uint32_t count;
    struct domain_info *domains;
    uint32_t max_size;
};
CONFORMANT(domain_list_array, domain_info_type, 4, 8, .size = VAR(U32, domain_list, count));
POINTER(domain_list_pointer, UNIQUE, domain_list_array);
static const struct rpcsec_ndr_field domain_list_fields[] = {
    FIELD(domain_list, count, rpcsec_ndr_u32), FIELD(domain_list, domains, domain_list_pointer),
    FIELD(domain_list, max_size, rpcsec_ndr_u32)};
STRUCT(domain_list, 0, 4, 8, 12, 16);
POINTER(domain_list_unique, UNIQUE, domain_list_type);

struct translated_sid {
    uint32_t type;
    struct sid *sid;
    uint32_t index;
    uint32_t flags;
};
static const struct rpcsec_ndr_field translated_sid_fields[] = {
    FIELD(translated_sid, type, rpcsec_ndr_enum16), FIELD(translated_sid, sid, sid_pointer),
    FIELD(translated_sid, index, rpcsec_ndr_u32), FIELD(translated_sid, flags, rpcsec_ndr_u32)};
STRUCT(translated_sid, 0, 4, 8, 14, 20);
struct translated_sids {
    uint32_t count;
    struct translated_sid *sids;
};
CONFORMANT(translated_sids_array, translated_sid_type, 4, 8,
           .size = VAR(U32, translated_sids, count));
POINTER(translated_sids_pointer, UNIQUE, translated_sids_array);
static const struct rpcsec_ndr_field translated_sids_fields[] = {
    FIELD(translated_sids, count, rpcsec_ndr_u32),
    FIELD(translated_sids, sids, translated_sids_pointer)};
STRUCT(translated_sids, 0, 4, 8, 8, 12);

struct lsa_LookupNames3_args {
    struct rpcsec_context_handle policy;
    uint32_t num_names;
    struct lsa_string *names;
    struct domain_list *domains;
    struct translated_sids sids;
    uint32_t level;
    uint32_t count;
    uint32_t options;
    uint32_t revision;
    uint32_t result;
};
CONFORMANT(lsa_names, lsa_string_type, 4, 8,
           .size = VAR(U32, lsa_LookupNames3_args, num_names));
POINTER(lsa_names_ref, REF, lsa_names);
static const struct rpcsec_ndr_arg lsa_LookupNames3_list[] = {
    ARG(lsa_LookupNames3, policy, IN, rpcsec_ndr_context_handle),
    ARG(lsa_LookupNames3, num_names, IN, rpcsec_ndr_u32),
    ARG(lsa_LookupNames3, names, IN, lsa_names_ref),
    ARG(lsa_LookupNames3, domains, OUT, domain_list_unique),
    ARG(lsa_LookupNames3, sids, INOUT, translated_sids_type),
    ARG(lsa_LookupNames3, level, IN, rpcsec_ndr_enum16),
    ARG(lsa_LookupNames3, count, INOUT, rpcsec_ndr_u32),
    ARG(lsa_LookupNames3, options, IN, rpcsec_ndr_u32),
    ARG(lsa_LookupNames3, revision, IN, rpcsec_ndr_u32),
    ARG(lsa_LookupNames3, result, RESULT, rpcsec_ndr_u32)};

struct lsa_Close_args {
    struct rpcsec_context_handle handle;
    uint32_t result;
};
static const struct rpcsec_ndr_arg lsa_Close_list[] = {
    ARG(lsa_Close, handle, INOUT, rpcsec_ndr_context_handle),
    ARG(lsa_Close, result, RESULT, rpcsec_ndr_u32)};

/* ---- MS-SRVS ---- */

struct share_info1 {
    uint16_t *name;
    uint32_t type;
    uint16_t *comment;
};
static const struct rpcsec_ndr_field share_info1_fields[] = {
    FIELD(share_info1, name, wide_unique), FIELD(share_info1, type, rpcsec_ndr_u32),
    FIELD(share_info1, comment, wide_unique)};
STRUCT(share_info1, 0, 4, 8, 12, 20);
struct share_ctr1 {
    uint32_t count;
    struct share_info1 *array;
};
CONFORMANT(share_ctr1_array, share_info1_type, 4, 8, .size = VAR(U32, share_ctr1, count));
POINTER(share_ctr1_pointer, UNIQUE, share_ctr1_array);
static const struct rpcsec_ndr_field share_ctr1_fields[] = {
    FIELD(share_ctr1, count, rpcsec_ndr_u32), FIELD(share_ctr1, array, share_ctr1_pointer)};
STRUCT(share_ctr1, 0, 4, 8, 8, 12);
POINTER(share_ctr1_unique, UNIQUE, share_ctr1_type);
union share_ctr {
    struct share_ctr1 *ctr1;
};
static const struct rpcsec_ndr_arm share_ctr_arms[] = {{"ctr1", 1, 0, &share_ctr1_unique}};
struct share_info_ctr {
    uint32_t level;
    union share_ctr ctr;
};
UNION(share_info_ctr_union, share_ctr, rpcsec_ndr_u32, 4, 8, 8, 12,
      VAR(U32, share_info_ctr, level));
static const struct rpcsec_ndr_field share_info_ctr_fields[] = {
    FIELD(share_info_ctr, level, rpcsec_ndr_u32),
    FIELD(share_info_ctr, ctr, share_info_ctr_union)};
STRUCT(share_info_ctr, 0, 4, 8, 12, 16);

struct srvsvc_NetShareEnumAll_args {
    uint16_t *server;
    struct share_info_ctr info;
    uint32_t max_buffer;
    uint32_t total;
    uint32_t *resume;
    uint32_t result;
};
static const struct rpcsec_ndr_arg srvsvc_NetShareEnumAll_list[] = {
    ARG(srvsvc_NetShareEnumAll, server, IN, wide_unique),
    ARG(srvsvc_NetShareEnumAll, info, INOUT, share_info_ctr_type),
    ARG(srvsvc_NetShareEnumAll, max_buffer, IN, rpcsec_ndr_u32),
    ARG(srvsvc_NetShareEnumAll, total, OUT, rpcsec_ndr_u32),
    ARG(srvsvc_NetShareEnumAll, resume, INOUT, u32_unique),
    ARG(srvsvc_NetShareEnumAll, result, RESULT, rpcsec_ndr_u32)};

struct time_of_day {
    uint32_t values[12];
};
FIXED(twelve_numbers, rpcsec_ndr_u32, 12, uint32_t, 4, 48);
static const struct rpcsec_ndr_field time_of_day_fields[] = {
    FIELD(time_of_day, values, twelve_numbers)};
STRUCT(time_of_day, 0, 4, 4, 48, 48);
POINTER(time_of_day_pointer, UNIQUE, time_of_day_type);
struct srvsvc_NetRemoteTOD_args {
    uint16_t *server;
    struct time_of_day *info;
    uint32_t result;
};
static const struct rpcsec_ndr_arg srvsvc_NetRemoteTOD_list[] = {
    ARG(srvsvc_NetRemoteTOD, server, IN, wide_unique),
    ARG(srvsvc_NetRemoteTOD, info, OUT, time_of_day_pointer),
    ARG(srvsvc_NetRemoteTOD, result, RESULT, rpcsec_ndr_u32)};

/* ---- MS-RRP ---- */

struct reg_string {
    uint16_t length;
    uint16_t size;
    uint16_t *name;
};
CONFORMANT_VARYING(reg_string_array, rpcsec_ndr_wchar, 0, NULL,
                   .size = HALF(U16, reg_string, size),
                   .length = HALF(U16, reg_string, length));
POINTER(reg_string_pointer, UNIQUE, reg_string_array);
static const struct rpcsec_ndr_field reg_string_fields[] = {
    FIELD(reg_string, length, rpcsec_ndr_u16), FIELD(reg_string, size, rpcsec_ndr_u16),
    FIELD(reg_string, name, reg_string_pointer)};
STRUCT(reg_string, 0, 4, 8, 8, 12);

struct winreg_OpenKey_args {
    struct rpcsec_context_handle parent;
    struct reg_string name;
    uint32_t options;
    uint32_t access;
};
static const struct rpcsec_ndr_arg winreg_OpenKey_list[] = {
    ARG(winreg_OpenKey, parent, IN, rpcsec_ndr_context_handle),
    ARG(winreg_OpenKey, name, IN, reg_string_type),
    ARG(winreg_OpenKey, options, IN, rpcsec_ndr_u32),
    ARG(winreg_OpenKey, access, IN, rpcsec_ndr_u32)};

struct winreg_QueryValue_args {
    struct rpcsec_context_handle key;
    struct reg_string name;
    uint32_t *type;
    uint8_t *data;
    uint32_t *data_size;
    uint32_t *data_length;
    uint32_t result;
};
static const struct rpcsec_ndr_range data_range = {0, 0x4000000};
CONFORMANT_VARYING(winreg_data, rpcsec_ndr_u8, 0, &data_range,
                   .size = DEREF(U32, winreg_QueryValue_args, data_size),
                   .length = DEREF(U32, winreg_QueryValue_args, data_length));
POINTER(winreg_data_pointer, UNIQUE, winreg_data);
POINTER(enum32_unique, UNIQUE, rpcsec_ndr_enum32);
static const struct rpcsec_ndr_arg winreg_QueryValue_list[] = {
    ARG(winreg_QueryValue, key, IN, rpcsec_ndr_context_handle),
    ARG(winreg_QueryValue, name, IN, reg_string_type),
    ARG(winreg_QueryValue, type, INOUT, enum32_unique),
    ARG(winreg_QueryValue, data, INOUT, winreg_data_pointer),
    ARG(winreg_QueryValue, data_size, INOUT, u32_unique),
    ARG(winreg_QueryValue, data_length, INOUT, u32_unique),
    ARG(winreg_QueryValue, result, RESULT, rpcsec_ndr_u32)};

/* ---- MS-SCMR ---- */

struct argument_string {
    uint16_t *string;
};
static const struct rpcsec_ndr_field argument_string_fields[] = {
    FIELD(argument_string, string, wide_unique)};
STRUCT(argument_string, 0, 4, 8, 4, 8);
struct svcctl_StartServiceW_args {
    struct rpcsec_context_handle service;
    uint32_t num;
    struct argument_string *arguments;
};
CONFORMANT(service_arguments, argument_string_type, 4, 8,
           .size = VAR(U32, svcctl_StartServiceW_args, num));
POINTER(service_arguments_pointer, UNIQUE, service_arguments);
static const struct rpcsec_ndr_arg svcctl_StartServiceW_list[] = {
    ARG(svcctl_StartServiceW, service, IN, rpcsec_ndr_context_handle),
    ARG(svcctl_StartServiceW, num, IN, rpcsec_ndr_u32),
    ARG(svcctl_StartServiceW, arguments, IN, service_arguments_pointer)};

struct svcctl_EnumServicesStatusW_args {
    struct rpcsec_context_handle manager;
    uint32_t type;
    uint32_t state;
    uint32_t offered;
    uint32_t *resume;
};
static const struct rpcsec_ndr_arg svcctl_EnumServicesStatusW_list[] = {
    ARG(svcctl_EnumServicesStatusW, manager, IN, rpcsec_ndr_context_handle),
    ARG(svcctl_EnumServicesStatusW, type, IN, rpcsec_ndr_u32),
    ARG(svcctl_EnumServicesStatusW, state, IN, rpcsec_ndr_enum32),
    ARG(svcctl_EnumServicesStatusW, offered, IN, rpcsec_ndr_u32),
    ARG(svcctl_EnumServicesStatusW, resume, INOUT, u32_unique)};

/* ---- MS-TSCH (as Samba has it: JobTime is a long) ---- */

struct job_info {
    uint32_t time;
    uint32_t days_of_month;
    uint8_t days_of_week;
    uint8_t flags;
    uint16_t *command;
};
static const struct rpcsec_ndr_field job_info_fields[] = {
    FIELD(job_info, time, rpcsec_ndr_u32), FIELD(job_info, days_of_month, rpcsec_ndr_u32),
    FIELD(job_info, days_of_week, rpcsec_ndr_u8), FIELD(job_info, flags, rpcsec_ndr_u8),
    FIELD(job_info, command, wide_unique)};
STRUCT(job_info, 0, 4, 8, 14, 18);
struct atsvc_JobAdd_args {
    uint16_t *server;
    struct job_info job;
};
static const struct rpcsec_ndr_arg atsvc_JobAdd_list[] = {
    ARG(atsvc_JobAdd, server, IN, wide_unique), ARG(atsvc_JobAdd, job, IN, job_info_type)};

/* ---- MS-DRSR ---- */

struct name_string {
    uint16_t *str;
};
static const struct rpcsec_ndr_field name_string_fields[] = {
    FIELD(name_string, str, wide_unique)};
STRUCT(name_string, 0, 4, 8, 4, 8);
struct crack_request {
    uint32_t codepage;
    uint32_t language;
    uint32_t format_flags;
    uint32_t format_offered;
    uint32_t format_desired;
    uint32_t count;
    struct name_string *names;
};
CONFORMANT(crack_names, name_string_type, 4, 8, .size = VAR(U32, crack_request, count));
POINTER(crack_names_pointer, UNIQUE, crack_names);
static const struct rpcsec_ndr_field crack_request_fields[] = {
    FIELD(crack_request, codepage, rpcsec_ndr_u32),
    FIELD(crack_request, language, rpcsec_ndr_u32),
    FIELD(crack_request, format_flags, rpcsec_ndr_u32),
    FIELD(crack_request, format_offered, rpcsec_ndr_u32),
    FIELD(crack_request, format_desired, rpcsec_ndr_u32),
    FIELD(crack_request, count, rpcsec_ndr_u32),
    FIELD(crack_request, names, crack_names_pointer)};
STRUCT(crack_request, 0, 4, 8, 28, 32);
union crack_requests {
    struct crack_request request1;
};
static const struct rpcsec_ndr_arm crack_requests_arms[] = {
    {"request1", 1, 0, &crack_request_type}};
struct drsuapi_DsCrackNames_args {
    struct rpcsec_context_handle handle;
    int32_t level;
    union crack_requests request;
};
UNION(crack_union, crack_requests, rpcsec_ndr_i32, 4, 8, 32, 36,
      VAR(I32, drsuapi_DsCrackNames_args, level));
static const struct rpcsec_ndr_arg drsuapi_DsCrackNames_list[] = {
    ARG(drsuapi_DsCrackNames, handle, IN, rpcsec_ndr_context_handle),
    ARG(drsuapi_DsCrackNames, level, IN, rpcsec_ndr_i32),
    ARG(drsuapi_DsCrackNames, request, IN, crack_union)};

/* ---- MS-NRPC ---- */

struct credential {
    uint8_t data[8];
};
static const struct rpcsec_ndr_field credential_fields[] = {
    FIELD(credential, data, eight_bytes)};
STRUCT(credential, 0, 1, 1, 8, 8);
struct netlogon_ServerAuthenticate3_args {
    uint16_t *server;
    uint16_t *account;
    uint32_t type;
    uint16_t *computer;
    struct credential credential;
    uint32_t flags;
};
static const struct rpcsec_ndr_arg netlogon_ServerAuthenticate3_list[] = {
    ARG(netlogon_ServerAuthenticate3, server, IN, wide_unique),
    ARG(netlogon_ServerAuthenticate3, account, IN, wide_ref),
    ARG(netlogon_ServerAuthenticate3, type, IN, rpcsec_ndr_enum16),
    ARG(netlogon_ServerAuthenticate3, computer, IN, wide_ref),
    ARG(netlogon_ServerAuthenticate3, credential, INOUT, credential_type),
    ARG(netlogon_ServerAuthenticate3, flags, INOUT, rpcsec_ndr_u32)};

/* ---- C706 appendix Q ---- */

struct syntax_id {
    struct guid uuid;
    uint32_t version;
};
static const struct rpcsec_ndr_field syntax_id_fields[] = {
    FIELD(syntax_id, uuid, guid_type), FIELD(syntax_id, version, rpcsec_ndr_u32)};
STRUCT(syntax_id, 0, 4, 4, 20, 20);
POINTER(syntax_id_pointer, UNIQUE, syntax_id_type);
struct if_id_vector {
    uint32_t count;
    struct syntax_id *if_id[];
};
CONFORMANT(if_ids, syntax_id_pointer, 4, 8, .size = VAR(U32, if_id_vector, count));
static const struct rpcsec_ndr_field if_id_vector_fields[] = {
    FIELD(if_id_vector, count, rpcsec_ndr_u32), FIELD(if_id_vector, if_id, if_ids)};
STRUCT(if_id_vector, RPCSEC_NDR_FLAG_CONFORMANT, 4, 8, 8, 12);
POINTER(if_id_vector_pointer, UNIQUE, if_id_vector_type);
struct mgmt_inq_if_ids_args {
    struct if_id_vector *vector;
    uint32_t result;
};
static const struct rpcsec_ndr_arg mgmt_inq_if_ids_list[] = {
    ARG(mgmt_inq_if_ids, vector, OUT, if_id_vector_pointer),
    ARG(mgmt_inq_if_ids, result, RESULT, rpcsec_ndr_u32)};

/* ---- C706 appendix O ---- */

struct tower {
    uint32_t length;
    uint8_t octets[];
};
CONFORMANT(tower_octets, rpcsec_ndr_byte, 1, 1, .size = VAR(U32, tower, length));
static const struct rpcsec_ndr_field tower_fields[] = {FIELD(tower, length, rpcsec_ndr_u32),
                                                       FIELD(tower, octets, tower_octets)};
STRUCT(tower, RPCSEC_NDR_FLAG_CONFORMANT, 4, 4, 8, 12);
POINTER(tower_full, FULL, tower_type);
POINTER(guid_full, FULL, guid_type);
struct epm_Map_args {
    struct guid *object;
    struct tower *tower;
    struct rpcsec_context_handle entry;
    uint32_t max_towers;
};
static const struct rpcsec_ndr_arg epm_Map_list[] = {
    ARG(epm_Map, object, IN, guid_full), ARG(epm_Map, tower, IN, tower_full),
    ARG(epm_Map, entry, INOUT, rpcsec_ndr_context_handle),
    ARG(epm_Map, max_towers, IN, rpcsec_ndr_u32)};

const struct rpcsec_ndr_record real_records[] = {RECORD(samr_LookupNames),
                                                 RECORD(samr_QueryDomainInfo),
                                                 RECORD(lsa_LookupSids),
                                                 RECORD(lsa_LookupNames3),
                                                 RECORD(lsa_Close),
                                                 RECORD(srvsvc_NetShareEnumAll),
                                                 RECORD(srvsvc_NetRemoteTOD),
                                                 RECORD(winreg_OpenKey),
                                                 RECORD(winreg_QueryValue),
                                                 RECORD(svcctl_StartServiceW),
                                                 RECORD(svcctl_EnumServicesStatusW),
                                                 RECORD(atsvc_JobAdd),
                                                 RECORD(drsuapi_DsCrackNames),
                                                 RECORD(netlogon_ServerAuthenticate3),
                                                 RECORD(mgmt_inq_if_ids),
                                                 RECORD(epm_Map),
                                                 {.name = NULL}};
