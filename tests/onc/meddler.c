/* SPDX-License-Identifier: MIT
 *
 * onc/meddler.c: see meddler.h.
 */
#include "harness/test.h"
#include "meddler.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/cursor.h"

enum { MOST = 65536 };

static bool read_all(int fd, uint8_t *data, size_t len)
{
    return len == 0 || recv(fd, data, len, MSG_WAITALL) == (ssize_t)len;
}

/* A record of any number of fragments, behind room for one mark. */
static bool read_record(int fd, uint8_t *record, size_t *ret_len)
{
    uint32_t mark = 0;

    *ret_len = 0;
    while (!(mark & 0x80000000u)) {
        uint8_t bytes[4];

        if (!read_all(fd, bytes, 4))
            return false;
        mark = get_u32(bytes, true);
        if (*ret_len + (mark & 0x7fffffff) > MOST ||
            !read_all(fd, record + 4 + *ret_len, mark & 0x7fffffff))
            return false;
        *ret_len += mark & 0x7fffffff;
    }
    return true;
}

static bool send_record(int fd, uint8_t *record, size_t len)
{
    put_u32(record, 0x80000000u | (uint32_t)len, true);
    return send(fd, record, len + 4, MSG_NOSIGNAL) == (ssize_t)len + 4;
}

static size_t deny(uint8_t *data, uint32_t why)
{
    const uint32_t words[] = {1, 1, why ? 1 : 0, why ? why : 2, 2};

    for (size_t i = 0; i < NUM_OF(words); i++)
        put_u32(data + 4 + i * 4, words[i], true);
    return why ? 20 : 24;
}

/* False: the connections end. */
static bool meddle(struct meddler *meddler, int to, uint8_t *record, size_t *len)
{
    meddler->done = true;
    switch (meddler->what) {
    case MEDDLE_FLIP:
        meddler->done = meddler->at < *len;
        if (meddler->done)
            record[4 + meddler->at] ^= (uint8_t)meddler->value;
        return true;
    case MEDDLE_CUT:
        meddler->done = meddler->at < *len;
        *len = meddler->done ? meddler->at : *len;
        return true;
    case MEDDLE_DENY:
        *len = deny(record + 4, meddler->value);
        return true;
    case MEDDLE_TWICE:
        return send_record(to, record, *len);
    default:
        return false;
    }
}

static bool pass_on(struct meddler *meddler, int from, int to, bool answers)
{
    static uint8_t record[MOST + 4];
    size_t len = 0;

    if (!read_record(from, record, &len))
        return false;
    if (answers == meddler->answers && meddler->seen++ == meddler->nth &&
        !meddle(meddler, to, record, &len))
        return false;
    return send_record(to, record, len);
}

static int connect_to(unsigned port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    (void)connect(fd, (struct sockaddr *)&address, sizeof(address));
    return fd;
}

/* One client at a time; the next when it is gone. */
static bool relay(struct meddler *meddler, int client)
{
    int server = connect_to(meddler->server_port);
    struct pollfd fds[] = {
        {client, POLLIN, 0}, {server, POLLIN, 0}, {meddler->stop[0], POLLIN, 0}};
    bool goes_on = true;

    while (goes_on && poll(fds, 3, -1) > 0 && !fds[2].revents) {
        if (fds[0].revents)
            goes_on = pass_on(meddler, client, server, false);
        else if (fds[1].revents)
            goes_on = pass_on(meddler, server, client, true);
    }
    close(server);
    close(client);
    return !fds[2].revents;
}

static void *run(void *arg)
{
    struct meddler *meddler = arg;
    struct pollfd fds[] = {{meddler->listener, POLLIN, 0}, {meddler->stop[0], POLLIN, 0}};

    while (poll(fds, 2, -1) > 0 && !fds[1].revents) {
        int client = accept(meddler->listener, NULL, NULL);

        if (client >= 0 && !relay(meddler, client))
            break;
    }
    return NULL;
}

void meddler_start(struct meddler *meddler, unsigned server_port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(address);

    meddler->server_port = server_port;
    meddler->listener = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(meddler->listener, (struct sockaddr *)&address, len), 0);
    assert_int_equal(listen(meddler->listener, 16), 0);
    assert_int_equal(getsockname(meddler->listener, (struct sockaddr *)&address, &len), 0);
    meddler->port = ntohs(address.sin_port);
    assert_int_equal(pipe(meddler->stop), 0);
    assert_int_equal(pthread_create(&meddler->thread, NULL, run, meddler), 0);
}

void meddler_stop(struct meddler *meddler)
{
    assert_int_equal(write(meddler->stop[1], "x", 1), 1);
    pthread_join(meddler->thread, NULL);
    close(meddler->stop[0]);
    close(meddler->stop[1]);
    close(meddler->listener);
}
