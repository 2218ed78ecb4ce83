/* SPDX-License-Identifier: MIT
 *
 * rpcsec/rpcsec.h: what every part of the library shares: errors, arenas, policy, peer.
 *
 * Conventions, said once for all headers:
 * - A function that can fail returns rpcsec_status; its result must be used. Outputs (ret_...)
 *   are untouched on failure. The struct rpcsec_error, last, may be NULL; each public entry
 *   clears it, and within an entry the first error wins.
 * - free(NULL) is allowed for every ..._free. Strings are UTF-8 and end in NUL. Lengths (_len)
 *   are bytes, num_ is a count, _ms is milliseconds.
 * - An object has one owner at a time unless its document says that threads may share it.
 * - Nothing is written to stdout or stderr; no signal handler is set; no file is read except
 *   through the Kerberos library.
 */
#ifndef RPCSEC_RPCSEC_H
#define RPCSEC_RPCSEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <rpcsec/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Errors ---- */

/* Where an error was found. */
enum rpcsec_layer {
    RPCSEC_LAYER_NONE = 0,
    RPCSEC_LAYER_ARGUMENT = 1,  /* the caller's arguments */
    RPCSEC_LAYER_TRANSPORT = 2, /* name lookup, connect, read, write */
    RPCSEC_LAYER_PROTOCOL = 3,  /* PDUs and association states */
    RPCSEC_LAYER_SECURITY = 4,  /* credentials, tokens, signatures */
    RPCSEC_LAYER_POLICY = 5,    /* our policy refuses what the peer offers */
    RPCSEC_LAYER_STUB = 6,      /* NDR encoding or decoding */
    RPCSEC_LAYER_REMOTE = 7,    /* the peer's fault or rejection */
};

/* What is known of a call that did not give a result. */
enum rpcsec_outcome {
    RPCSEC_OUTCOME_NOT_RUN = 0, /* the server did not run it */
    RPCSEC_OUTCOME_UNKNOWN = 1, /* it may have run */
    RPCSEC_OUTCOME_RAN = 2,     /* it ran */
};

/* struct rpcsec_error tells everything that is known of a failure. It holds no pointer: copy it
 * as you like. Fields after `text` may be added in later versions; `size` tells which there
 * are. Source of wire_status: C706 appendix E, MS-RPCE 2.2.2.9, MS-ERREF. */
struct rpcsec_error {
    size_t size; /* sizeof(struct rpcsec_error) of the caller */
    rpcsec_status status;
    enum rpcsec_layer layer;
    enum rpcsec_outcome outcome; /* of the call; NOT_RUN for anything before a call */
    uint32_t wire_status;        /* fault code or bind_nak reason; 0 when none */
    uint32_t gss_major;
    uint32_t gss_minor;
    uint32_t leg;           /* handshake leg, from 1; 0 when not in a handshake */
    uint32_t pdu_type;      /* C706 12.6.4; UINT32_MAX when none */
    uint32_t flags_asked;   /* ISC_REQ_ / ASC_REQ_ */
    uint32_t flags_granted; /* ISC_RET_ / ASC_RET_ */
    char spn[256];          /* service principal tried */
    char enctypes[128];     /* encryption types tried, comma separated */
    char gss_text[256];     /* text of the GSS major and minor status */
    char text[512];         /* one sentence: what happened, the likely cause, the next step */
};

/* RPCSEC_ERROR_INIT initialises an error in its definition. */
#define RPCSEC_ERROR_INIT                                           \
    {                                                               \
        .size = sizeof(struct rpcsec_error), .pdu_type = UINT32_MAX \
    }

/* rpcsec_error_init initialises an error of `size` bytes, for callers that cannot use the
 * macro. */
RPCSEC_API void rpcsec_error_init(struct rpcsec_error *err, size_t size);

/* rpcsec_error_text gives the error's sentence, or the status text where none was set. Never
 * NULL.
 * **Ownership**: points into `err` or static storage. */
RPCSEC_API const char *rpcsec_error_text(const struct rpcsec_error *err);

/* ---- Arenas ---- */

/* struct rpcsec_arena owns decoded results. All memory taken from it is freed together. */
struct rpcsec_arena;

/* rpcsec_arena_new makes an arena that grows to `max_len` bytes at most; 0 means the default,
 * 64 MiB. **Errors**: NULL when memory ends. */
RPCSEC_API struct rpcsec_arena *rpcsec_arena_new(size_t max_len);

/* rpcsec_arena_reset makes all memory taken from the arena free for use again. */
RPCSEC_API void rpcsec_arena_reset(struct rpcsec_arena *arena);

RPCSEC_API void rpcsec_arena_free(struct rpcsec_arena *arena);

/* rpcsec_arena_alloc takes `len` bytes, zeroed, aligned for any type. A length of 0 gives a
 * valid pointer. **Errors**: NULL when memory or the arena's limit ends. */
RPCSEC_API void *rpcsec_arena_alloc(struct rpcsec_arena *arena, size_t len);

/* ---- Security levels and peers ---- */

/* Authentication levels. Source: MS-RPCE 2.2.1.1.8. */
enum rpcsec_level {
    RPCSEC_LEVEL_DEFAULT = 0, /* the policy's level */
    RPCSEC_LEVEL_NONE = 1,
    RPCSEC_LEVEL_CONNECT = 2,
    RPCSEC_LEVEL_CALL = 3,   /* a client promotes it to packet; a server refuses it */
    RPCSEC_LEVEL_PACKET = 4, /* on the wire the same as integrity */
    RPCSEC_LEVEL_INTEGRITY = 5,
    RPCSEC_LEVEL_PRIVACY = 6,
};

/* Mechanisms, one bit each, as a policy lists them. */
enum rpcsec_mechanism {
    RPCSEC_MECH_NONE = 0,
    RPCSEC_MECH_KERBEROS = 1,
    RPCSEC_MECH_NEGOTIATE = 2, /* SPNEGO, limited to Kerberos */
    RPCSEC_MECH_NTLM = 4,
    RPCSEC_MECH_LOCAL = 8, /* the kernel's word on the other end of a unix socket */
};

/* rpcsec_level_name gives "none", "connect", ... "privacy", or "unknown". */
RPCSEC_API const char *rpcsec_level_name(enum rpcsec_level level);

/* rpcsec_level_parse reads such a name. **Errors**: INVALID_ARGUMENT. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status rpcsec_level_parse(const char *name,
                                                            enum rpcsec_level *ret_level);

/* rpcsec_mechanism_name gives "none", "kerberos", "negotiate", "ntlm", "local", or "unknown".
 */
RPCSEC_API const char *rpcsec_mechanism_name(enum rpcsec_mechanism mechanism);

/* struct rpcsec_local_peer is the process at the other end of a unix socket, as the kernel knew
 * it when the connection was made (a server: when it began to listen). A process id may have
 * passed to another process since: it is for logs. Source: Linux unix(7), SO_PEERCRED. */
struct rpcsec_local_peer {
    uint32_t uid;
    uint32_t gid;
    int32_t pid;
};

/* struct rpcsec_peer is what a security context proved about the other side. Without
 * authentication the mechanism is NONE and the strings are empty, never NULL.
 * **Ownership**: the library's; it lives as long as the call or connection it was asked of. */
struct rpcsec_peer {
    const char *principal; /* "ada@REALM"; with the mechanism LOCAL "uid:1000" */
    const char *target;    /* the service principal that the client used */
    const char *address;   /* "192.0.2.1:50123", for logs only */
    const char *enctype;   /* "aes256-cts-hmac-sha1-96" */
    enum rpcsec_mechanism mechanism;
    enum rpcsec_level level;
    int32_t enctype_number; /* RFC 3961 number of the key that protects messages */
    int64_t expires;        /* Unix seconds; INT64_MAX: never */
    /* Of a client, from the verified PAC of its ticket (MS-PAC 2.5): the account's SID,
     * "S-1-5-21-...", and the groups that are enabled. `sid` NULL: the ticket had no PAC, and
     * nothing is known of groups; with a SID and no groups there are none. */
    const char *sid;
    const char *const *group_sids;
    size_t num_group_sids;
    const struct rpcsec_local_peer *local; /* NULL unless the mechanism is LOCAL */
};

/* ---- Policy ---- */

/* struct rpcsec_policy says what is asked of peers and what is refused. The default: Kerberos
 * (by itself, or in Negotiate), privacy, AES, mutual authentication, header signing and
 * verification trailers required.
 * **Threads**: frozen when first used by a client or server; then it may be shared. */
struct rpcsec_policy;

/* rpcsec_policy_new makes a policy with the defaults. The caller holds one reference. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status rpcsec_policy_new(struct rpcsec_policy **ret_policy,
                                                           struct rpcsec_error *err);

/* rpcsec_policy_ref takes one more reference and gives its argument back. */
RPCSEC_API struct rpcsec_policy *rpcsec_policy_ref(struct rpcsec_policy *policy);

/* rpcsec_policy_free gives a reference back; the last one frees. */
RPCSEC_API void rpcsec_policy_free(struct rpcsec_policy *policy);

/* All setters: **Errors**: INVALID_STATE when the policy is frozen, INVALID_ARGUMENT,
 * NO_MEMORY. */

/* rpcsec_policy_set_level sets the level: a client binds with it, a server refuses calls below
 * it. An interface may be served at another least level, see rpcsec_server_add_with. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status rpcsec_policy_set_level(struct rpcsec_policy *policy,
                                                                 enum rpcsec_level level);

/* rpcsec_policy_set_anonymous lets a server take binds without authentication; calls still need
 * their interface's least level to be none. Default: false. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status
rpcsec_policy_set_anonymous(struct rpcsec_policy *policy, bool allowed);

/* rpcsec_policy_set_mechanisms takes an OR of enum rpcsec_mechanism. A server takes each of
 * them; a client uses the first that there is: Kerberos, Negotiate, NTLM. Default: Kerberos and
 * Negotiate.
 *
 * With LOCAL, peers on unix sockets (ncalrpc) count as authenticated without any token, at
 * level privacy: the kernel tells who they are and nobody else sees their bytes. Without it
 * they are peers like others, who may authenticate by Kerberos. A client whose binding is
 * ncalrpc uses it before all others.
 */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status
rpcsec_policy_set_mechanisms(struct rpcsec_policy *policy, unsigned mechanisms);

/* Whether a protection must be there, is only taken when offered, or is left out: OFF is for
 * peers that break on it. */
enum rpcsec_demand {
    RPCSEC_REQUIRED = 0,
    RPCSEC_ACCEPTED = 1,
    RPCSEC_OFF = 2,
};

/* rpcsec_policy_set_header_signing: default required. Source: MS-RPCE 2.2.2.3. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status
rpcsec_policy_set_header_signing(struct rpcsec_policy *policy, enum rpcsec_demand demand);

/* rpcsec_policy_set_verification_trailer: a server's demand; default required. A client sends
 * the trailer unless it is off; a server checks one that comes always. Source: MS-RPCE
 * 2.2.2.13. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status
rpcsec_policy_set_verification_trailer(struct rpcsec_policy *policy, enum rpcsec_demand demand);

/* How a Kerberos client sends the third token. Servers take both. Source: MS-RPCE 2.2.1.1.7. */
enum rpcsec_third_leg {
    RPCSEC_THIRD_LEG_ALTER = 0, /* alter_context: the server's verdict comes back */
    RPCSEC_THIRD_LEG_AUTH3 = 1, /* auth3: one round trip less, and no verdict */
};
RPCSEC_API RPCSEC_MUST_USE rpcsec_status
rpcsec_policy_set_third_leg(struct rpcsec_policy *policy, enum rpcsec_third_leg form);

/* rpcsec_policy_set_keytab names the acceptor's keytab ("FILE:/etc/rpcsec.keytab"); NULL: the
 * Kerberos library's default. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status rpcsec_policy_set_keytab(struct rpcsec_policy *policy,
                                                                  const char *keytab);

/* rpcsec_policy_set_ccache names the initiator's credential cache; NULL: the default. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status rpcsec_policy_set_ccache(struct rpcsec_policy *policy,
                                                                  const char *ccache);

/* rpcsec_policy_set_local_directory names the directory of ncalrpc's sockets, an absolute path;
 * NULL: the default, /run/rpcsec. It must belong to root, or to the server's user, and nobody
 * else may write to it: a client and a server refuse any other. A server makes it where it is
 * not there. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status
rpcsec_policy_set_local_directory(struct rpcsec_policy *policy, const char *directory);

/* rpcsec_policy_set_local_owner tells a client which user, beside root, the server of an
 * ncalrpc binding may be. Default: the client's own effective user. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status
rpcsec_policy_set_local_owner(struct rpcsec_policy *policy, uint32_t uid);

/* rpcsec_policy_accept_spn adds a service principal that an acceptor serves. Without any, every
 * principal of the keytab is served. Principals that share one key are not told apart. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status rpcsec_policy_accept_spn(struct rpcsec_policy *policy,
                                                                  const char *spn);

/* rpcsec_policy_add_proxy adds a network, "192.0.2.0/24" or "2001:db8::/32" or one address,
 * whose connections to a DCE/RPC server must begin with one PROXY header of version 2. From all
 * other addresses a header is refused, as any bytes that are no PDU. The address in the header
 * takes the proxy's place in logs, limits and joins to an association; it never is an identity.
 * A header counts towards the handshake's time. **Errors**: INVALID_ARGUMENT: no network, or
 * one with bits of a host set; LIMIT: more than 32. **Source**: The PROXY protocol, section 2.
 */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status rpcsec_policy_add_proxy(struct rpcsec_policy *policy,
                                                                 const char *network);

/* rpcsec_policy_set_node sets the node id, 0 by default: the first byte of each RPCSEC_GSS
 * handle that an acceptor issues, by which a balancer sends a client back to its server. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status rpcsec_policy_set_node(struct rpcsec_policy *policy,
                                                                uint8_t node);

/* rpcsec_policy_set_tell_errors: whether an RPCSEC_GSS acceptor that refuses a context tells
 * the client the major and minor status. Default: true. Source: RFC 2203 5.2.3.2. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status
rpcsec_policy_set_tell_errors(struct rpcsec_policy *policy, bool told);

/* X(name, default, least, greatest, text) */
#define RPCSEC_LIMIT_LIST(X)                                                                   \
    X(REQUEST_BYTES, 4194304, 1024, 2147483647, "stub bytes of one request")                   \
    X(RESPONSE_BYTES, 16777216, 1024, 2147483647, "stub bytes of one response")                \
    X(FRAGMENT_BYTES, 5840, 1432, 65528, "bytes of one request or response PDU")               \
    X(SECURITY_CONTEXTS, 8, 1, 2048, "security contexts of one connection")                    \
    X(PRESENTATION_CONTEXTS, 32, 1, 4000, "presentation contexts of one connection")           \
    X(CALLS_IN_FLIGHT, 64, 1, 65536, "calls of one connection being executed")                 \
    X(CONNECTIONS, 10000, 1, 1000000, "connections of one server")                             \
    X(HANDSHAKES, 200, 1, 1000000, "connections of one server that are not authenticated yet") \
    X(OUTPUT_BYTES, 33554432, 65536, 2147483647, "bytes queued to one slow peer")              \
    X(HANDSHAKE_MS, 10000, 10, 3600000, "milliseconds for a whole handshake")                  \
    X(CONNECT_MS, 10000, 10, 3600000, "milliseconds to connect")                               \
    X(CALL_MS, 60000, 10, 86400000, "milliseconds for one call of a client")                   \
    X(CANCEL_MS, 2000, 10, 3600000, "milliseconds that a cancelled call waits for an answer")  \
    X(STARTED_CALLS, 1024, 1, 1000000, "asynchronous calls of one client not yet received")    \
    X(KEEPALIVE_MS, 60000, 1000, 86400000, "milliseconds of silence before TCP probes a peer") \
    X(STALL_MS, 30000, 10, 3600000, "milliseconds without progress inside a PDU or write")     \
    X(ARENA_BYTES, 67108864, 8192, 2147483647,                                                 \
      "bytes of decoded data of one call, and of all open calls of one connection")            \
    X(SERVER_BYTES, 1073741824, 8192, 281474976710656,                                         \
      "bytes of decoded data of all open calls of one server")                                 \
    X(HANDLES, 1024, 1, 1000000, "context handles of one association")                         \
    X(SERVER_HANDLES, 100000, 1, 100000000, "context handles of one server")                   \
    X(THREADS, 64, 1, 65536, "functions of one server that may block, at once")                \
    X(CLIENT_THREADS, 16, 1, 65536, "of these, those that one client's calls may have")        \
    X(ADDRESS_CONNECTIONS, 2500, 1, 1000000, "connections of one client address")              \
    X(NAME_CONNECTIONS, 2500, 1, 1000000, "connections of one authenticated client")           \
    X(DRAIN_MS, 30000, 10, 86400000, "milliseconds that a server that stops waits for calls")  \
    X(ONC_CONTEXTS, 10000, 1, 1000000, "RPCSEC_GSS contexts of one server")                    \
    X(ONC_CONTEXTS_EACH, 1000, 1, 1000000,                                                     \
      "RPCSEC_GSS contexts of one principal, and of one address")                              \
    X(ONC_UNPROVED, 256, 1, 1000000, "RPCSEC_GSS contexts whose clients have proved no key")   \
    X(ONC_IDLE_MS, 3600000, 100, 604800000,                                                    \
      "milliseconds that an RPCSEC_GSS context lives without being used")                      \
    X(SERVER_OUTPUT_BYTES, 1073741824, 65536, 281474976710656,                                 \
      "bytes of answers that the clients of one server have not read")                         \
    X(CONNECTION_AGE_MS, 31536000000, 10, 31536000000,                                         \
      "milliseconds after which a server's connection ends when it is idle")

enum rpcsec_limit {
#define X(name, value, least, greatest, text) RPCSEC_LIMIT_##name,
    RPCSEC_LIMIT_LIST(X)
#undef X
        RPCSEC_NUM_LIMITS
};

/* rpcsec_policy_set_limit sets one limit. **Errors**: OUT_OF_RANGE outside least..greatest. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status rpcsec_policy_set_limit(struct rpcsec_policy *policy,
                                                                 enum rpcsec_limit limit,
                                                                 uint64_t value);

#ifdef __cplusplus
}
#endif
#endif
