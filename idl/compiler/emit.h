/* SPDX-License-Identifier: MIT
 *
 * compiler/emit.h: the files of a run as C text. Last pass. Layer: compiler.
 */
#ifndef COMPILER_EMIT_H
#define COMPILER_EMIT_H

#include "layout.h"

/* foo.h */
void emit_header(struct text *out, struct layout *l, const char *stem);
/* foo_c.c */
void emit_client(struct text *out, struct layout *l, const char *stem);
/* foo_s.c */
void emit_server(struct text *out, struct layout *l, const char *stem);

/* dump.c: --dump-types */
void dump_types(struct text *out, struct layout *l);

/* ---- Between the pass' files ---- */

/* emit_serial.c: functions for types with [encode] and [decode], in foo_c.c. */
void emit_serial_heads(struct text *out, struct layout *l);
void emit_serials(struct text *out, struct layout *l);

/* The records and tables that both C files hold. */
void emit_tables(struct text *out, struct layout *l);
/* `, const char *name, char **ret_text`: what client and server functions share. */
void emit_params(struct text *out, struct layout *l, const struct wire_operation *op);
/* The heads of an operation's client functions: the one that waits, the one that starts a call,
 * the one that receives it. No `;` or body. */
void emit_call_head(struct text *out, struct layout *l, const struct wire_operation *op);
void emit_send_head(struct text *out, struct layout *l, const struct wire_operation *op);
void emit_recv_head(struct text *out, struct layout *l, const struct wire_operation *op);
/* False when the IDL has an operation of one of their names itself. */
bool emit_has_pair(const struct wire_interface *i, const struct wire_operation *op);
/* `static const struct rpcsec_operation .._operations[]` and the interface itself. */
void emit_interface(struct text *out, const struct wire_interface *i, const char *declaration,
                    bool server);
/* `&ndr_foo` or `&rpcsec_ndr_u32`. */
void emit_address(struct text *out, const struct wire *w);
/* `static const struct rpcsec_ndr_step ..[]`, if the node can have steps. */
void emit_steps(struct text *out, const struct wire *w);
/* The members of the node that say so. */
void emit_use_of_steps(struct text *out, const struct wire *w);
/* True when the record holds a pointer where the IDL has one. */
bool emit_is_pointer(const struct wire_param *p);
/* True for `T name[4]`: copied with memcpy. */
bool emit_is_array(const struct wire_param *p);

#endif
