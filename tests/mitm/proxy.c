/* SPDX-License-Identifier: MIT
 *
 * mitm/proxy.c: see proxy.h.
 */
#include "harness/test.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/cursor.h"
#include "mitm/proxy.h"
#include "pdu/pdu.h"

/* ---- sockets ---- */

static struct sockaddr_in loopback(uint16_t port)
{
    return (struct sockaddr_in){
        .sin_family = AF_INET,
        .sin_port = htons(port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
}

static int connect_to(uint16_t port)
{
    const struct sockaddr_in address = loopback(port);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_true(fd >= 0);
    if (connect(fd, (const struct sockaddr *)&address, sizeof(address)) == 0)
        return fd;
    close(fd);
    return -1;
}

/* What the other side does not take any more is lost, as it would be. */
static void write_all(int fd, const uint8_t *bytes, size_t len)
{
    while (len) {
        ssize_t sent = send(fd, bytes, len, MSG_NOSIGNAL);

        if (sent <= 0)
            return;
        bytes += sent;
        len -= (size_t)sent;
    }
}

static void reset(int fd)
{
    const struct linger at_once = {.l_onoff = 1, .l_linger = 0};

    setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
}

void proxy_send(struct proxy *proxy, bool to_server, const uint8_t *pdu, size_t len)
{
    if (!proxy->cut)
        write_all(proxy->fds[to_server], pdu, len);
}

void proxy_cut(struct proxy *proxy)
{
    int open = PROXY_OPEN;

    atomic_compare_exchange_strong(&proxy->end, &open, PROXY_CUT);
    reset(proxy->fds[0]);
    reset(proxy->fds[1]);
    proxy->cut = true;
}

/* ---- PDUs ---- */

static void note_refusal(struct proxy *proxy, const uint8_t *pdu, size_t len)
{
    const bool big_endian = !(pdu[4] & 0x10);

    if (atomic_load(&proxy->refusal_type))
        return;
    if (pdu[2] == PDU_FAULT && len >= PDU_FAULT_LEN)
        atomic_store(&proxy->refusal, get_u32(pdu + 24, big_endian));
    else if (pdu[2] == PDU_BIND_NAK && len >= PDU_HEADER_LEN + 2)
        atomic_store(&proxy->refusal, get_u16(pdu + PDU_HEADER_LEN, big_endian));
    else
        return;
    atomic_store(&proxy->refusal_type, pdu[2]);
}

/* Takes whole PDUs off the front of what was read. */
static void pass_whole(struct proxy *proxy, bool to_server, struct buf *in)
{
    while (!proxy->cut && in->len >= PDU_HEADER_LEN) {
        size_t len = get_u16(in->data + 8, !(in->data[4] & 0x10));
        uint8_t pdu[LIMIT_PDU_LEN];

        if (len < PDU_HEADER_LEN || in->len < len)
            return;
        memcpy(pdu, in->data, len);
        buf_consume(in, len);
        if (!to_server)
            note_refusal(proxy, pdu, len);
        proxy->nth[to_server][pdu[2] & 31]++;
        proxy->meddle(proxy, to_server, pdu, len);
    }
}

/* False: that side has closed. */
static bool pass_some(struct proxy *proxy, bool to_server, struct buf *in)
{
    uint8_t bytes[16384];
    ssize_t got = read(proxy->fds[!to_server], bytes, sizeof(bytes));

    if (got <= 0) {
        int open = PROXY_OPEN;

        atomic_compare_exchange_strong(&proxy->end, &open,
                                       to_server ? PROXY_CLIENT_CLOSED : PROXY_SERVER_CLOSED);
        return false;
    }
    buf_bytes(in, bytes, (size_t)got);
    assert_ok(buf_status(in));
    pass_whole(proxy, to_server, in);
    return !proxy->cut;
}

/* ---- connections ---- */

/* What the server says is read first, so that a refusal before a close is seen.
 */
static bool serve_some(struct proxy *proxy, struct buf in[2])
{
    struct pollfd ready[3] = {
        {proxy->fds[0], POLLIN, 0}, {proxy->fds[1], POLLIN, 0}, {proxy->wake[0], POLLIN, 0}};

    if (poll(ready, 3, -1) < 0 || ready[2].revents)
        return false;
    if (ready[1].revents)
        return pass_some(proxy, false, &in[0]);
    return !ready[0].revents || pass_some(proxy, true, &in[1]);
}

static void serve(struct proxy *proxy, int client)
{
    struct buf in[2];

    atomic_fetch_add(&proxy->num_connections, 1);
    proxy->fds[0] = client;
    proxy->fds[1] = connect_to(proxy->server_port);
    proxy->cut = proxy->fds[1] < 0;
    buf_init(&in[0], 1 << 20);
    buf_init(&in[1], 1 << 20);
    while (!proxy->cut && serve_some(proxy, in))
        ;
    buf_done(&in[0]);
    buf_done(&in[1]);
    close(proxy->fds[0]);
    if (proxy->fds[1] >= 0)
        close(proxy->fds[1]);
    free(proxy->held);
    proxy->held = NULL;
}

static void *run(void *arg)
{
    struct proxy *proxy = arg;

    for (;;) {
        struct pollfd ready[2] = {{proxy->listener, POLLIN, 0}, {proxy->wake[0], POLLIN, 0}};

        if (poll(ready, 2, -1) < 0 || ready[1].revents)
            return NULL;
        serve(proxy, accept(proxy->listener, NULL, NULL));
    }
}

void proxy_start(struct proxy *proxy, uint16_t server_port, proxy_meddle *meddle,
                 const void *arg)
{
    struct sockaddr_in address = loopback(0);
    socklen_t len = sizeof(address);

    memset(proxy, 0, sizeof(*proxy));
    proxy->server_port = server_port;
    proxy->meddle = meddle;
    proxy->arg = arg;
    proxy->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(proxy->listener >= 0);
    assert_int_equal(bind(proxy->listener, (struct sockaddr *)&address, sizeof(address)), 0);
    assert_int_equal(listen(proxy->listener, 8), 0);
    assert_int_equal(getsockname(proxy->listener, (struct sockaddr *)&address, &len), 0);
    proxy->port = ntohs(address.sin_port);
    assert_int_equal(pipe(proxy->wake), 0);
    assert_int_equal(pthread_create(&proxy->thread, NULL, run, proxy), 0);
}

void proxy_stop(struct proxy *proxy)
{
    assert_int_equal(write(proxy->wake[1], "", 1), 1);
    pthread_join(proxy->thread, NULL);
    close(proxy->listener);
    close(proxy->wake[0]);
    close(proxy->wake[1]);
}
