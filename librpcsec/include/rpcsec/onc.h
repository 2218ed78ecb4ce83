/* SPDX-License-Identifier: MIT
 *
 * rpcsec/onc.h: Kerberos security for ONC RPC programs on libtirpc. Source: RFC 2203
 * (RPCSEC_GSS), RFC 5531 (ONC RPC).
 *
 * An rpcgen program keeps its generated code: its client gets an AUTH, its server hands its
 * dispatch functions to a server of ours. Levels are the services of RPCSEC_GSS: connect is
 * none (krb5: each call's header is signed), integrity (krb5i), privacy (krb5p).
 *
 * The structures named struct __rpc_... are libtirpc's CLIENT, AUTH and SVCXPRT: programs
 * include <rpc/rpc.h> as before, in any order.
 */
#ifndef RPCSEC_ONC_H
#define RPCSEC_ONC_H

#include <rpcsec/rpcsec.h>

#ifdef __cplusplus
extern "C" {
#endif

struct __rpc_client;  /* CLIENT */
struct __auth;        /* AUTH */
struct __rpc_svcxprt; /* SVCXPRT */
struct svc_req;

/* ---- Clients ---- */

/* rpcsec_onc_auth_create makes a security context with the server at the other end of a CLIENT
 * and gives the AUTH that uses it, to be put into clnt->cl_auth. The CLIENT is one of
 * clnt_create or clnt_tli_create, over TCP or a unix socket. `target` is the service principal
 * ("echo/host.example.com", or "echo@host.example.com"), never looked up in DNS. The policy's
 * level is that of the calls; its first mechanism is used (Kerberos by default; other servers
 * than ours take no other).
 *
 * A context is renewed before a call when its time is nearly over. A call that the server
 * refuses because it does not know the context ends with RPC_AUTHERROR, as that refusal is not
 * signed; the next call makes a new context. See rpcsec_onc_options for the other way.
 * Sending and receiving take messages up to the policy's limits of a request and a response;
 * nothing leaves in plaintext at privacy, whatever its size.
 * **Ownership**: auth_destroy frees it, before clnt_destroy. The CLIENT's operations are
 * wrapped as long as it lives. libtirpc's functions for its own RPCSEC_GSS (authgss_...,
 * rpc_gss_...) must not be given this AUTH.
 * **Errors**: NULL, and err tells: UNSUPPORTED (no stream), those of a Kerberos client,
 * POLICY_REFUSED, MUTUAL_AUTH_FAILED, PROTOCOL_ERROR, CONNECTION_LOST, TIMED_OUT, and
 * SECURITY_FAILURE: the server refused; its major and minor status are in err.
 * **Threads**: as for the CLIENT of libtirpc: calls of several threads go one after another. */
RPCSEC_API struct __auth *rpcsec_onc_auth_create(struct __rpc_client *clnt, const char *target,
                                                 struct rpcsec_policy *policy,
                                                 struct rpcsec_error *err);

/* What a client may ask for beside its policy. */
struct rpcsec_onc_options {
    size_t size;                     /* sizeof(struct rpcsec_onc_options) */
    enum rpcsec_level level;         /* DEFAULT: the policy's */
    enum rpcsec_mechanism mechanism; /* NONE: the policy's first */
    bool dce_style; /* a handshake of three tokens; only servers of ours take it */
    /* Send a call again, once, after the server refused its context (RFC 2203 5.3.3.3): whoever
     * sits between can forge such a refusal, and then the call runs twice. */
    bool resend;
};

/* rpcsec_onc_auth_create_with is rpcsec_onc_auth_create with options; NULL: none. */
RPCSEC_API struct __auth *rpcsec_onc_auth_create_with(struct __rpc_client *clnt,
                                                      const char *target,
                                                      struct rpcsec_policy *policy,
                                                      const struct rpcsec_onc_options *options,
                                                      struct rpcsec_error *err);

/* rpcsec_onc_clnt_create connects to 'onc_tcp:HOST[PORT]' and gives a CLIENT of our own, which
 * has its AUTH. Threads may share it: their calls are under way at the same time, on one
 * connection, and each waits for its own answer within its own time-out. All results are
 * verified, those without a value too.
 * **Ownership**: clnt_destroy frees it and its AUTH; its cl_auth must not be destroyed or
 * changed. **Errors**: as rpcsec_onc_auth_create, and those of a connection; BAD_BINDING. */
RPCSEC_API struct __rpc_client *rpcsec_onc_clnt_create(const char *binding, uint32_t prog,
                                                       uint32_t vers, const char *target,
                                                       struct rpcsec_policy *policy,
                                                       struct rpcsec_error *err);

/* rpcsec_onc_clnt_create_with is rpcsec_onc_clnt_create with options; NULL: none. */
RPCSEC_API struct __rpc_client *rpcsec_onc_clnt_create_with(
    const char *binding, uint32_t prog, uint32_t vers, const char *target,
    struct rpcsec_policy *policy, const struct rpcsec_onc_options *options,
    struct rpcsec_error *err);

/* rpcsec_onc_auth_set_level sets the level of the calls from now on: connect, integrity or
 * privacy, at least the policy's. **Errors**: INVALID_ARGUMENT, POLICY_REFUSED. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status rpcsec_onc_auth_set_level(struct __auth *auth,
                                                                   enum rpcsec_level level);

/* rpcsec_onc_error tells what clnt_call cannot: of the last call through the AUTH that failed,
 * the cause and whether the server ran it. OK when none failed. */
RPCSEC_API void rpcsec_onc_error(struct __auth *auth, struct rpcsec_error *err);

/* rpcsec_onc_auth_peer tells who the server is.
 * **Ownership**: the AUTH's; it is valid until the context is renewed by a call. */
RPCSEC_API const struct rpcsec_peer *rpcsec_onc_auth_peer(struct __auth *auth);

/* ---- Servers ---- */

/* struct rpcsec_onc_server serves programs of rpcgen on threads of its own: contexts are found
 * by random handles and belong to no connection, a slow or silent client holds up nobody. */
struct rpcsec_onc_server;

/* rpcsec_onc_server_new makes a server. policy NULL: the default, which takes privacy only.
 * AUTH_NONE and AUTH_SYS, which prove nothing, are taken where the policy allows anonymous
 * clients and the least level is none.
 * **Ownership**: free with rpcsec_onc_server_free; the policy is frozen and referenced. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status
rpcsec_onc_server_new(struct rpcsec_policy *policy, struct rpcsec_onc_server **ret_server,
                      struct rpcsec_error *err);
RPCSEC_API void rpcsec_onc_server_free(struct rpcsec_onc_server *server);

/* A dispatch function as rpcgen writes it. */
typedef void rpcsec_onc_dispatch(struct svc_req *request, struct __rpc_svcxprt *transport);

/* rpcsec_onc_server_add serves a version of a program. The dispatch function runs on several
 * threads at once: it and the procedures must allow for that (rpcgen -M), or run is asked for
 * one thread. **Errors**: INVALID_STATE: the server runs; INVALID_ARGUMENT: it is there. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status rpcsec_onc_server_add(struct rpcsec_onc_server *server,
                                                               uint32_t prog, uint32_t vers,
                                                               rpcsec_onc_dispatch *dispatch,
                                                               struct rpcsec_error *err);

/* The least level of one procedure. */
struct rpcsec_onc_procedure {
    uint32_t proc;
    enum rpcsec_level least_level;
};

struct rpcsec_onc_service {
    size_t size;                   /* sizeof(struct rpcsec_onc_service) */
    enum rpcsec_level least_level; /* DEFAULT: the policy's */
    bool non_blocking;             /* no procedure waits for anything: they run without a change
                                      of thread, and others of the connection's thread wait */
    const struct rpcsec_onc_procedure *procedures; /* exceptions, copied */
    size_t num_procedures;
};

/* rpcsec_onc_server_add_with is rpcsec_onc_server_add with options; NULL: none. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status
rpcsec_onc_server_add_with(struct rpcsec_onc_server *server, uint32_t prog, uint32_t vers,
                           rpcsec_onc_dispatch *dispatch,
                           const struct rpcsec_onc_service *service, struct rpcsec_error *err);

/* Flags of rpcsec_onc_server_listen. */
#define RPCSEC_REGISTER 1u /* tell rpcbind of each program while the server runs */

/* rpcsec_onc_server_listen listens on 'onc_tcp:HOST[PORT]'; port 0: any; HOST empty: all
 * addresses. **Errors**: BAD_BINDING, HOST_NOT_FOUND, SYSTEM, NO_CREDENTIALS. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status
rpcsec_onc_server_listen(struct rpcsec_onc_server *server, const char *binding, unsigned flags,
                         struct rpcsec_error *err);

/* rpcsec_onc_server_binding gives the n-th address with its port; NULL behind the last. */
RPCSEC_API const char *rpcsec_onc_server_binding(const struct rpcsec_onc_server *server,
                                                 size_t index);

/* rpcsec_onc_server_run serves until rpcsec_onc_server_stop, then lets open calls finish,
 * deferred ones too. At most num_threads procedures run at once; 0: the default, 64.
 * **Errors**: INVALID_STATE: it ran before, or does not listen; SYSTEM, NO_MEMORY; with
 * RPCSEC_REGISTER also NOT_FOUND: rpcbind does not take it. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status rpcsec_onc_server_run(struct rpcsec_onc_server *server,
                                                               size_t num_threads,
                                                               struct rpcsec_error *err);

/* rpcsec_onc_server_stop ends rpcsec_onc_server_run. **Threads**: any; also from a signal
 * handler. */
RPCSEC_API void rpcsec_onc_server_stop(struct rpcsec_onc_server *server);

/* rpcsec_onc_peer tells who calls, and how the call is protected; inside of a procedure.
 * **Ownership**: the call's. **Errors**: NULL for a request that is not of our server. */
RPCSEC_API const struct rpcsec_peer *rpcsec_onc_peer(const struct svc_req *request);

/* rpcsec_onc_defer keeps the call open when its dispatch function returns: then any thread may
 * send the reply (svc_sendreply, svcerr_...), once, or drop it with svc_destroy. A procedure
 * of rpcgen returns no result (NULL) in this case, and its arguments are freed as it returns.
 * Without this the transport must not be used after the return.
 * **Errors**: INVALID_ARGUMENT for a request that is not of our server. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status rpcsec_onc_defer(struct svc_req *request);

#ifdef __cplusplus
}
#endif
#endif
