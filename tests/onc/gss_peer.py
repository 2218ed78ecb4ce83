#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""A second reading of RFC 2203: RPCSEC_GSS over python3-gssapi, which shares no code with the library.

  gss_peer.py client PORT TARGET   checks a server of the echo program, what it refuses too
  gss_peer.py server               serves NULL and ECHO; prints its port
"""
import os
import socket
import struct
import sys
import threading

import gssapi

PROG, VERS = 0x2FFFFF01, 1
DATA, INIT, CONTINUE, DESTROY = range(4)
NONE, INTEGRITY, PRIVACY = 1, 2, 3
KRB5 = gssapi.OID.from_int_seq('1.2.840.113554.1.2.2')
SPNEGO = gssapi.OID.from_int_seq('1.3.6.1.5.5.2')


def opaque(data):
    return struct.pack('>I', len(data)) + data + bytes(-len(data) % 4)


def take(data, at):
    """An opaque at `at`: its bytes and what is behind it."""
    length, = struct.unpack_from('>I', data, at)
    end = at + 4 + length
    assert end <= len(data), 'truncated opaque'
    return data[at + 4:end], end + -length % 4


def send_record(sock, data):
    sock.sendall(struct.pack('>I', 0x80000000 | len(data)) + data)


def read_exactly(sock, length):
    data = b''
    while len(data) < length:
        part = sock.recv(length - len(data))
        if not part:
            raise EOFError
        data += part
    return data


def read_record(sock):
    data, last = b'', False
    while not last:
        mark, = struct.unpack('>I', read_exactly(sock, 4))
        last = bool(mark >> 31)
        data += read_exactly(sock, mark & 0x7FFFFFFF)
    return data


def protect(ctx, service, seq, body):
    if service == NONE:
        return body
    inner = struct.pack('>I', seq) + body
    if service == INTEGRITY:
        return opaque(inner) + opaque(ctx.get_signature(inner))
    return opaque(ctx.wrap(inner, True).message)


def unprotect(ctx, service, seq, body):
    if service == NONE:
        return body
    inner, end = take(body, 0)
    if service == INTEGRITY:
        mic, end = take(body, end)
        ctx.verify_signature(inner, mic)
    else:
        result = ctx.unwrap(inner)
        assert result.encrypted, 'signed only'
        inner = result.message
    assert end == len(body), 'trailing bytes'
    assert struct.unpack_from('>I', inner)[0] == seq, 'another sequence number'
    return inner[4:]


# ---- client ----


class Client:
    def __init__(self, port):
        self.sock = socket.create_connection(('127.0.0.1', port))
        self.sock.settimeout(10)
        self.xid = int.from_bytes(os.urandom(3), 'big')

    def exchange(self, proc, cred, body, ctx=None, break_mic=False):
        self.xid += 1
        header = struct.pack('>6I', self.xid, 0, 2, PROG, VERS, proc)
        header += struct.pack('>I', 6) + opaque(cred)
        if ctx:
            mic = ctx.get_signature(header)
            if break_mic:
                mic = mic[:-1] + bytes([mic[-1] ^ 1])
            verf = struct.pack('>I', 6) + opaque(mic)
        else:
            verf = bytes(8)
        send_record(self.sock, header + verf + body)
        return self.answer()

    def answer(self):
        """(denied, auth_stat) or (flavour and verifier, accept_stat, body)."""
        reply = read_record(self.sock)
        xid, kind, stat = struct.unpack_from('>3I', reply)
        assert (xid, kind) == (self.xid, 1), 'not the answer'
        if stat == 1:
            return 'denied', struct.unpack_from('>2I', reply, 12)[1]
        flavour, = struct.unpack_from('>I', reply, 12)
        verf, end = take(reply, 16)
        return (flavour, verf), struct.unpack_from('>I', reply, end)[0], reply[end + 4:]


class Context:
    def __init__(self, client, target, mech):
        name = gssapi.Name(target, gssapi.NameType.hostbased_service)
        self.ctx = gssapi.SecurityContext(name=name, usage='initiate', mech=mech,
                                          flags=gssapi.RequirementFlag.mutual_authentication)
        self.client, self.handle, self.seq = client, b'', 0
        token, proc = self.ctx.step(), INIT
        while True:
            cred = struct.pack('>4I', 1, proc, 0, NONE) + opaque(self.handle)
            verf, stat, body = client.exchange(0, cred, opaque(token))
            assert stat == 0, stat
            self.handle, end = take(body, 0)
            major, _, self.window = struct.unpack_from('>3I', body, end)
            token, end = take(body, end + 12)
            assert end == len(body) and major in (0, 1), hex(major)
            if not self.ctx.complete:
                token = self.ctx.step(token)
            proc = CONTINUE
            if major == 0:
                break
            assert verf == (0, b''), 'a verifier before the end'
        assert self.ctx.complete
        self.ctx.verify_signature(struct.pack('>I', self.window), verf[1])

    def call(self, proc, service, args, client=None, seq=None, inner=None, gss_proc=DATA, **kw):
        if seq is None:
            self.seq += 1
            seq = self.seq
        cred = struct.pack('>4I', 1, gss_proc, seq, service) + opaque(self.handle)
        body = protect(self.ctx, service, seq if inner is None else inner, args)
        reply = (client or self.client).exchange(proc, cred, body, self.ctx, **kw)
        if reply[0] == 'denied':
            return reply
        self.ctx.verify_signature(struct.pack('>I', seq), reply[0][1])
        if reply[1] != 0:
            return reply[1]
        return unprotect(self.ctx, service, seq, reply[2])


def check(sentence, good):
    print('ok: ' if good else 'FAILED: ', sentence, sep='')
    check.failed |= not good


check.failed = False


def echo(context, service, size, **kw):
    data = os.urandom(size)
    return context.call(1, service, opaque(data), **kw) == opaque(data)


def is_dropped(context, client, seq):
    """No answer to a call with this number, but to the next."""
    cred = struct.pack('>4I', 1, DATA, seq, NONE) + opaque(context.handle)
    header = struct.pack('>6I', 7, 0, 2, PROG, VERS, 0) + struct.pack('>I', 6) + opaque(cred)
    send_record(client.sock, header + struct.pack('>I', 6) +
                opaque(context.ctx.get_signature(header)))
    return context.call(0, NONE, b'') == b''


def check_mechanism(client, target, name, mech):
    context = Context(client, target, mech)
    for service in (NONE, INTEGRITY, PRIVACY):
        for size in (0, 32, 60000):
            check(f'{name}: {size} bytes at service {service}', echo(context, service, size))
        check(f'{name}: a void call at service {service}', context.call(0, service, b'') == b'')
    check(f'{name}: void arguments are not taken for others', context.call(0, PRIVACY, b'', inner=1) == 4)
    check(f'{name}: it is destroyed', context.call(0, PRIVACY, b'', gss_proc=DESTROY) == b'')
    check(f'{name}: and gone', context.call(0, NONE, b'') == ('denied', 13))


def steps_on(port, context):
    """The major status of a step that somebody else takes who saw the handle."""
    cred = struct.pack('>4I', 1, CONTINUE, 0, NONE) + opaque(context.handle)
    _, stat, body = Client(port).exchange(0, cred, opaque(b'junk'))
    assert stat == 0, stat
    return struct.unpack_from('>I', body, take(body, 0)[1])[0]


def check_contexts(client, port, target):
    one, two = Context(client, target, KRB5), Context(client, target, KRB5)
    check('two contexts on one connection', echo(one, PRIVACY, 10) and echo(two, INTEGRITY, 10))
    check('their handles are 16 random bytes behind the node id',
          len(one.handle) == 16 and one.handle[0] == two.handle[0] == 0 and
          sum(a != b for a, b in zip(one.handle[1:], two.handle[1:])) > 8)
    check('the window is 128 or more', one.window >= 128)
    check('a context on another connection', echo(one, PRIVACY, 10, client=Client(port)))
    check('a further step by who saw the handle is refused', steps_on(port, one) >= 0x10000)
    check('and does not end the context', echo(one, PRIVACY, 10))
    check('the level changes from call to call', all(echo(one, s, 50) for s in (3, 1, 2, 3)))
    check('a broken header is denied', one.call(0, NONE, b'', break_mic=True) == ('denied', 13))
    check('and does not move the window: its number is taken after',
          one.call(0, NONE, b'', seq=one.seq) == b'')
    check('a repeated number is dropped', is_dropped(one, client, one.seq))
    check('a forged high number does not move the window',
          one.call(0, NONE, b'', seq=one.seq + 5000, break_mic=True) == ('denied', 13) and
          echo(one, NONE, 4))
    one.seq += 100
    check('a number ahead is taken', echo(one, PRIVACY, 4))
    check('and one behind it, once', one.call(0, NONE, b'', seq=one.seq - 50) == b'' and
          is_dropped(one, client, one.seq - 50))
    check('a body of another number is garbage', one.call(0, INTEGRITY, b'', inner=1) == 4)
    check('numbers end', one.call(0, NONE, b'', seq=0x80000000) == ('denied', 14))


def run_client(port, target):
    client = Client(port)
    check_mechanism(client, target, 'Kerberos', KRB5)
    check_mechanism(client, target, 'SPNEGO', SPNEGO)
    check_contexts(client, port, target)
    return check.failed


# ---- server ----

contexts = {}


def accept(proc, handle, body):
    token, _ = take(body, 0)
    if proc == INIT:
        handle = os.urandom(8)
        contexts[handle] = gssapi.SecurityContext(usage='accept')
    ctx = contexts[handle]
    token = ctx.step(token) or b''
    result = opaque(handle) + struct.pack('>3I', 0 if ctx.complete else 1, 0, 128) + opaque(token)
    if not ctx.complete:
        return bytes(8) + bytes(4) + result
    mic = ctx.get_signature(struct.pack('>I', 128))
    return struct.pack('>I', 6) + opaque(mic) + bytes(4) + result


def answer(call):
    xid, _, _, _, _, proc, flavour = struct.unpack_from('>7I', call)
    assert flavour == 6
    cred, end = take(call, 28)
    verf, body_at = take(call, end + 4)
    _, gss_proc, seq, service = struct.unpack_from('>4I', cred)
    handle, _ = take(cred, 16)
    accepted = struct.pack('>3I', xid, 1, 0)
    if gss_proc in (INIT, CONTINUE):
        return accepted + accept(gss_proc, handle, call[body_at:])
    ctx = contexts[handle]
    ctx.verify_signature(call[:end], verf)
    args = unprotect(ctx, service, seq, call[body_at:])
    mic = ctx.get_signature(struct.pack('>I', seq))
    if proc == 2:
        args = opaque(str(ctx.initiator_name).encode())
    return accepted + struct.pack('>I', 6) + opaque(mic) + bytes(4) + protect(ctx, service, seq, args)


def serve(sock):
    try:
        while True:
            send_record(sock, answer(read_record(sock)))
    except EOFError:
        sock.close()


def run_server():
    listener = socket.create_server(('127.0.0.1', 0))
    print(listener.getsockname()[1], flush=True)
    while True:
        sock, _ = listener.accept()
        threading.Thread(target=serve, args=(sock,), daemon=True).start()


if sys.argv[1] == 'client':
    sys.exit(run_client(int(sys.argv[2]), sys.argv[3]))
run_server()
