/* SPDX-License-Identifier: MIT
 *
 * server/raw_peer.c: see raw_peer.h.
 */
#include "harness/test.h"

#include <sys/socket.h>

#include "base/uuid.h"
#include "server/raw_peer.h"

static void send_all(int fd, const void *bytes, size_t len)
{
    assert_int_equal(send(fd, bytes, len, MSG_NOSIGNAL), len);
}

uint32_t raw_bind(int fd, const struct rpcsec_interface *interface, uint32_t group)
{
    struct pdu_context_elem elem = {
        .abstract = interface->id, .num_transfers = 1, .transfers = {syntax_ndr}};
    const struct pdu_bind bind = {5840, 5840, group, 1, &elem};
    struct pdu_header header = {
        .type = PDU_BIND, .flags = PDU_FIRST_FRAG | PDU_LAST_FRAG | PDU_CONC_MPX, .call_id = 1};
    uint8_t answer[LIMIT_PDU_LEN];
    struct cur cur;
    struct buf out;

    buf_init(&out, 4096);
    buf_zeros(&out, PDU_HEADER_LEN);
    pdu_bind_encode(&out, &bind);
    assert_ok(buf_status(&out));
    header.frag_len = (uint16_t)out.len;
    pdu_header_store(out.data, &header);
    send_all(fd, out.data, out.len);
    buf_done(&out);
    assert_true(raw_receive(fd, answer, &header));
    assert_int_equal(header.type, PDU_BIND_ACK);
    cur_init(&cur, answer, header.frag_len, header.big_endian);
    cur_seek(&cur, PDU_HEADER_LEN + 4); /* behind the sizes */
    return cur_u32(&cur);
}

void raw_request(int fd, uint32_t call_id, uint16_t opnum, const void *stub, size_t len)
{
    const struct pdu_request request = {.alloc_hint = (uint32_t)len, .opnum = opnum};
    const struct pdu_header header = {.type = PDU_REQUEST,
                                      .flags = PDU_FIRST_FRAG | PDU_LAST_FRAG,
                                      .frag_len = (uint16_t)(PDU_REQUEST_LEN + len),
                                      .call_id = call_id};
    uint8_t bytes[PDU_REQUEST_LEN + 1024];

    assert_true(len <= 1024);
    pdu_request_store(bytes, &header, &request);
    if (len)
        memcpy(bytes + PDU_REQUEST_LEN, stub, len);
    send_all(fd, bytes, PDU_REQUEST_LEN + len);
}

bool raw_receive(int fd, uint8_t *pdu, struct pdu_header *ret_header)
{
    ssize_t got = recv(fd, pdu, PDU_HEADER_LEN, MSG_WAITALL);

    if (got != PDU_HEADER_LEN)
        return false;
    assert_ok(pdu_header_decode(pdu, ret_header));
    got = recv(fd, pdu + PDU_HEADER_LEN, ret_header->frag_len - (size_t)PDU_HEADER_LEN,
               MSG_WAITALL);
    return got == (ssize_t)ret_header->frag_len - PDU_HEADER_LEN;
}

int64_t raw_call(int fd, uint32_t call_id, uint16_t opnum, const void *stub, size_t len,
                 uint8_t *ret_stub, size_t max)
{
    uint8_t answer[LIMIT_PDU_LEN];
    struct pdu_header header;
    struct cur cur;
    size_t stub_len;

    raw_request(fd, call_id, opnum, stub, len);
    assert_true(raw_receive(fd, answer, &header));
    assert_int_equal(header.call_id, call_id);
    if (header.type == PDU_FAULT) {
        cur_init(&cur, answer, header.frag_len, header.big_endian);
        cur_seek(&cur, PDU_HEADER_LEN + 8);
        return -(int64_t)cur_u32(&cur);
    }
    assert_int_equal(header.type, PDU_RESPONSE);
    stub_len = header.frag_len - (size_t)PDU_RESPONSE_LEN;
    assert_true(stub_len <= max);
    memcpy(ret_stub, answer + PDU_RESPONSE_LEN, stub_len);
    return (int64_t)stub_len;
}
