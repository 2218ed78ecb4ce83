/* SPDX-License-Identifier: MIT
 *
 * onc/test_onc_meddled.c: records that somebody changes on their way, contexts near their end,
 * descriptors that run out. Run by test_onc_service.sh in a realm.
 */
#include "meddler.h"
#include "served.h"

#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "onc/tirpc/auth.h"

enum { SHORT_MS = 200, LONG_MS = 20000 }; /* short: what must fail may do so in time */

typedef CLIENT *connecting(unsigned port, struct rpcsec_policy *policy,
                           const struct rpcsec_onc_options *options, struct rpcsec_error *err);

static connecting *const kinds[] = {served_own, served_ours};

static struct served served;

static int set_up(void **state)
{
    (void)state;
    return served_start(&served, served_policy(RPCSEC_LEVEL_NONE, NULL), NULL) != RPCSEC_OK;
}

static int tear_down(void **state)
{
    (void)state;
    served_stop(&served);
    return 0;
}

static struct onc_security *security_of(CLIENT *clnt)
{
    struct onc_auth_base *base = clnt->cl_auth->ah_private;

    return base->security;
}

/* ---- changed records ---- */

/* Calls through the meddler; the result, or RPC_FAILED without a context. */
static enum clnt_stat call_through(struct meddler *meddler, connecting *kind,
                                   enum rpcsec_level level, uint32_t ms)
{
    static const struct served_limit hasty[] = {{RPCSEC_LIMIT_HANDSHAKE_MS, 2000},
                                                {RPCSEC_LIMIT_HANDSHAKE_MS, 0}};
    const struct rpcsec_onc_options options = {.size = sizeof(options), .level = level};
    enum clnt_stat stat = RPC_FAILED;
    CLIENT *clnt;

    meddler_start(meddler, served_port(&served));
    clnt = kind(meddler->port, served_policy(RPCSEC_LEVEL_CONNECT, hasty), &options, NULL);
    if (clnt) {
        stat = served_number(clnt, PROC_ASKS, ms);
        security_of(clnt)->expires = 0; /* no goodbye, which might wait for an answer */
        served_end(clnt);
    }
    meddler_stop(meddler);
    return stat;
}

/* Every byte but the xid, without which an answer belongs to nobody. */
static void flip_all(connecting *kind, bool answers, unsigned nth, enum rpcsec_level level)
{
    size_t num = 0;
    size_t good = 0;

    /* libtirpc waits on after a malformed header. */
    for (size_t at = kind == served_own ? 4 : 12; at < 4000; at += at < 72 ? 1 : 23) {
        struct meddler meddler = {.what = MEDDLE_FLIP,
                                  .answers = answers,
                                  .nth = nth,
                                  .at = at,
                                  .value = (uint32_t)(at % 4 == 3 ? 1 + at / 4 % 7 : 0x40)};
        enum clnt_stat stat = call_through(&meddler, kind, level, SHORT_MS);

        if (!meddler.done)
            break;
        num++;
        good += stat == RPC_SUCCESS;
    }
    assert_true(num > 15);
    /* A token's rotation; in a handshake much is not signed, and all is checked by the call. */
    if (nth > 0 && good > 2)
        fail_msg("%zu of %zu changes of the %s %u stayed without effect", good, num,
                 answers ? "answer" : "call", nth);
}

static void no_changed_call_runs(void **state)
{
    (void)state;
    flip_all(served_own, false, 0, RPCSEC_LEVEL_PRIVACY);
    flip_all(served_own, false, 1, RPCSEC_LEVEL_INTEGRITY);
    flip_all(served_own, false, 1, RPCSEC_LEVEL_PRIVACY);
}

static void no_changed_answer_is_taken(void **state)
{
    (void)state;
    for (size_t kind = 0; kind < NUM_OF(kinds); kind++) {
        flip_all(kinds[kind], true, 0, RPCSEC_LEVEL_PRIVACY);
        flip_all(kinds[kind], true, 1, RPCSEC_LEVEL_INTEGRITY);
        flip_all(kinds[kind], true, 1, RPCSEC_LEVEL_PRIVACY);
    }
}

static void answers_cut_short_are_refused(void **state)
{
    (void)state;
    for (size_t kind = 0; kind < NUM_OF(kinds); kind++) {
        for (unsigned nth = kind == 0 ? 0 : 1; nth < 2; nth++) {
            for (size_t at = 4; at < 400; at += at < 48 ? 4 : 44) {
                struct meddler meddler = {
                    .what = MEDDLE_CUT, .answers = true, .nth = nth, .at = at};
                enum clnt_stat stat =
                    call_through(&meddler, kinds[kind], RPCSEC_LEVEL_INTEGRITY, SHORT_MS);

                assert_true(!meddler.done || stat != RPC_SUCCESS);
            }
        }
    }
}

static void denials_of_every_kind_end_the_call(void **state)
{
    static const uint32_t stats[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 13, 14, 99};

    (void)state;
    for (size_t i = 0; i < NUM_OF(stats) * NUM_OF(kinds) * 2; i++) {
        struct meddler meddler = {
            .what = MEDDLE_DENY, .answers = true, .nth = i % 2, .value = stats[i / 4]};

        assert_int_not_equal(
            call_through(&meddler, kinds[i / 2 % 2], RPCSEC_LEVEL_PRIVACY, SHORT_MS),
            RPC_SUCCESS);
        assert_true(meddler.done || meddler.nth == 1);
    }
}

static void records_that_come_twice_count_once(void **state)
{
    (void)state;
    for (unsigned answers = 0; answers < 2; answers++) {
        struct meddler meddler = {.what = MEDDLE_TWICE, .answers = answers, .nth = 1};

        assert_int_equal(call_through(&meddler, served_own, RPCSEC_LEVEL_PRIVACY, LONG_MS),
                         RPC_SUCCESS);
        assert_true(meddler.done);
    }
}

static void a_connection_that_ends_is_told(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 8; i++) {
        struct meddler meddler = {.what = MEDDLE_CLOSE, .answers = i & 1, .nth = (i >> 1) & 1};

        assert_int_not_equal(
            call_through(&meddler, kinds[i >> 2], RPCSEC_LEVEL_PRIVACY, SHORT_MS), RPC_SUCCESS);
    }
}

/* ---- contexts near their end ---- */

static CLIENT *client(size_t kind, unsigned port)
{
    CLIENT *clnt = kinds[kind](port, served_policy(RPCSEC_LEVEL_PRIVACY, NULL), NULL, NULL);

    assert_non_null(clnt);
    return clnt;
}

static void contexts_are_renewed_before_their_end(void **state)
{
    (void)state;
    for (size_t kind = 0; kind < NUM_OF(kinds); kind++) {
        const int64_t now = (int64_t)time(NULL);
        const struct {
            int64_t created, expires, used;
            bool stale;
        } cases[] = {
            {now, now + 36000, now, false},      {now, INT64_MAX, now, false},
            {now, INT64_MAX, now - 300, true},   {now, now + 36000, now - 300, true},
            {now - 100, now + 2, now, true},     {now - 5, now + 1, now, true},
            {now - 1000, now + 900, now, false}, {now - 1000, now - 1, now, true},
        };
        CLIENT *clnt = client(kind, served_port(&served));

        for (size_t i = 0; i < NUM_OF(cases); i++) {
            struct onc_security *before = onc_security_ref(security_of(clnt));

            before->created = cases[i].created;
            before->expires = cases[i].expires;
            atomic_store(&before->used, cases[i].used);
            assert_int_equal(served_number(clnt, PROC_ASKS, LONG_MS), RPC_SUCCESS);
            assert_int_equal(security_of(clnt) != before, cases[i].stale);
            onc_security_unref(before);
        }
        served_end(clnt);
    }
}

/* A context that can still be used is, where no new one is to be had; and a server that wants
 * the old one gone first gets its way. */
static void a_context_in_use_outlives_a_renewal_that_fails(void **state)
{
    static const uint32_t why[] = {7, 14};

    (void)state;
    for (size_t i = 0; i < 2 * NUM_OF(kinds); i++) {
        struct meddler meddler = {
            .what = MEDDLE_DENY, .answers = true, .nth = 1, .value = why[i % 2]};
        struct onc_security *before;
        CLIENT *clnt;

        meddler_start(&meddler, served_port(&served));
        clnt = client(i / 2, meddler.port);
        before = onc_security_ref(security_of(clnt));
        atomic_store(&before->used, 0);
        assert_int_equal(served_number(clnt, PROC_ASKS, LONG_MS), RPC_SUCCESS);
        assert_int_equal(security_of(clnt) == before, why[i % 2] != 14);
        onc_security_unref(before);
        served_end(clnt);
        meddler_stop(&meddler);
        assert_true(meddler.done);
    }
}

static void no_context_no_call(void **state)
{
    (void)state;
    for (size_t kind = 0; kind < NUM_OF(kinds); kind++) {
        struct meddler meddler = {.what = MEDDLE_DENY, .answers = true, .nth = 1, .value = 7};
        struct rpcsec_error err = RPCSEC_ERROR_INIT;
        struct rpc_err why;
        CLIENT *clnt;

        meddler_start(&meddler, served_port(&served));
        clnt = client(kind, meddler.port);
        security_of(clnt)->expires = 0;
        assert_int_equal(served_number(clnt, PROC_ASKS, LONG_MS), RPC_AUTHERROR);
        clnt_geterr(clnt, &why);
        assert_int_equal(why.re_why, AUTH_FAILED);
        rpcsec_onc_error(clnt->cl_auth, &err);
        assert_status(err.status, RPCSEC_ACCESS_DENIED);
        assert_int_equal(served_number(clnt, PROC_ASKS, LONG_MS), RPC_SUCCESS);
        served_end(clnt);
        meddler_stop(&meddler);
    }
}

/* RFC 2203 5.3.3.1. */
static void sequence_numbers_have_an_end(void **state)
{
    (void)state;
    for (size_t kind = 0; kind < NUM_OF(kinds); kind++) {
        CLIENT *clnt = client(kind, served_port(&served));

        security_of(clnt)->seq = 0x80000000u - 2;
        assert_int_equal(served_number(clnt, PROC_ASKS, LONG_MS), RPC_SUCCESS);
        assert_int_not_equal(served_number(clnt, PROC_ASKS, LONG_MS), RPC_SUCCESS);
        served_end(clnt);
    }
}

/* ---- filters ---- */

static bool_t refuse(XDR *xdr, void *value)
{
    (void)xdr;
    (void)value;
    return FALSE;
}

/* A filter may move in the stream. */
static bool_t wander(XDR *xdr, void *value)
{
    const u_int start = XDR_GETPOS(xdr);
    uint32_t other = 99;
    bool_t good;

    if (xdr->x_op != XDR_ENCODE)
        return FALSE;
    good = xdr_u_int32_t(xdr, &other) && XDR_SETPOS(xdr, start) &&
           !XDR_SETPOS(xdr, start + 1000000) && !(*xdr->x_ops->x_control)(xdr, 0, NULL);
    return good && xdr_u_int32_t(xdr, value) && XDR_GETPOS(xdr) == start + 4;
}

static void filters_may_refuse_and_wander(void **state)
{
    const struct timeval timeout = {LONG_MS / 1000, 0};

    (void)state;
    for (size_t kind = 0; kind < NUM_OF(kinds); kind++) {
        CLIENT *clnt = client(kind, served_port(&served));
        uint32_t number = 5;
        uint32_t got = 0;
        blob bytes = {3, strdup("abc")};

        assert_int_equal(clnt_call(clnt, PROC_ASKS, (xdrproc_t)refuse, (char *)&number,
                                   (xdrproc_t)xdr_u_int32_t, (char *)&got, timeout),
                         RPC_CANTENCODEARGS);
        assert_int_equal(clnt_call(clnt, PROC_ASKS, (xdrproc_t)wander, (char *)&number,
                                   (xdrproc_t)xdr_u_int32_t, (char *)&got, timeout),
                         RPC_SUCCESS);
        assert_int_equal(got, number);
        assert_int_equal(clnt_call(clnt, PROC_ASKS, (xdrproc_t)xdr_u_int32_t, (char *)&number,
                                   (xdrproc_t)refuse, NULL, timeout),
                         RPC_CANTDECODERES);
        assert_int_equal(clnt_call(clnt, PROC_ASKS, (xdrproc_t)xdr_void, NULL,
                                   (xdrproc_t)xdr_u_int32_t, (char *)&got, timeout),
                         RPC_CANTDECODEARGS);
        assert_true(clnt_freeres(clnt, (xdrproc_t)xdr_blob, (char *)&bytes));
        assert_null(bytes.blob_val);
        served_end(clnt);
    }
}

/* ---- the system ---- */

static void a_server_waits_for_descriptors(void **state)
{
    CLIENT *clnt;
    struct rlimit before, none;
    struct rpcsec_onc_server *server = NULL;
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    int next = dup(0);

    (void)state;
    close(next);
    getrlimit(RLIMIT_NOFILE, &before);
    none = (struct rlimit){(rlim_t)next + 1, before.rlim_max};
    setrlimit(RLIMIT_NOFILE, &none);
    clnt = served_connect(served_port(&served)); /* takes the last descriptor */
    assert_status(rpcsec_onc_server_new(NULL, &server, &err), RPCSEC_SYSTEM);
    assert_null(served_own(served_port(&served), served_policy(RPCSEC_LEVEL_PRIVACY, NULL),
                           NULL, &err));
    usleep(50000);
    setrlimit(RLIMIT_NOFILE, &before);
    assert_non_null(clnt);
    assert_int_equal(served_number(clnt, PROC_ASKS, LONG_MS), RPC_SUCCESS);
    clnt_destroy(clnt);
}

static void a_server_that_was_stopped_before_it_ran_ends(void **state)
{
    (void)state;
    for (unsigned flags = 0; flags <= RPCSEC_REGISTER; flags++) {
        struct rpcsec_error err = RPCSEC_ERROR_INIT;
        struct rpcsec_onc_server *server = NULL;
        rpcsec_status status;

        assert_ok(rpcsec_onc_server_new(NULL, &server, NULL));
        assert_ok(rpcsec_onc_server_add(server, 0x2ffffff7, 1, echo_prog_1, NULL));
        assert_ok(rpcsec_onc_server_listen(server, "onc_tcp:127.0.0.1[0]", flags, NULL));
        rpcsec_onc_server_stop(server);
        rpcsec_onc_server_stop(server);
        status = rpcsec_onc_server_run(server, 1, &err);
        if (!flags || status != RPCSEC_NOT_FOUND) /* where no rpcbind runs */
            assert_ok(status);
        rpcsec_onc_server_free(server);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_changed_call_runs),
        cmocka_unit_test(no_changed_answer_is_taken),
        cmocka_unit_test(answers_cut_short_are_refused),
        cmocka_unit_test(denials_of_every_kind_end_the_call),
        cmocka_unit_test(records_that_come_twice_count_once),
        cmocka_unit_test(a_connection_that_ends_is_told),
        cmocka_unit_test(contexts_are_renewed_before_their_end),
        cmocka_unit_test(a_context_in_use_outlives_a_renewal_that_fails),
        cmocka_unit_test(no_context_no_call),
        cmocka_unit_test(sequence_numbers_have_an_end),
        cmocka_unit_test(filters_may_refuse_and_wander),
        cmocka_unit_test(a_server_waits_for_descriptors),
        cmocka_unit_test(a_server_that_was_stopped_before_it_ran_ends),
    };

    if (!getenv("RPCSEC_REALM_DIR")) {
        printf("SKIP: needs a realm, run it as: rpcsec realm -- PROGRAM\n");
        return 77;
    }
    signal(SIGPIPE, SIG_IGN); /* libtirpc writes to connections that are gone */
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
