#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Streams that no good client sends, and a relay that keeps what crosses the wire.

  hostile.py streams PORT            what our server makes of them
  hostile.py crowd PORT NUM          NUM connections, half of them silent
  hostile.py deaf PORT               clients that send and do not read what they are answered
  hostile.py relay PORT FILE         relays to PORT, keeps all bytes in FILE; prints its port
"""
import resource
import socket
import struct
import sys
import threading
import time

PROG = 0x2FFFFF01


def connect(port):
    sock = socket.create_connection(('127.0.0.1', port))
    sock.settimeout(15)
    return sock


def record(data):
    return struct.pack('>I', 0x80000000 | len(data)) + data


def opaque(data):
    return struct.pack('>I', len(data)) + data + bytes(-len(data) % 4)


def call(flavour=0, cred=b'', body=b'', proc=0, vers=2, xid=9):
    return (struct.pack('>6I', xid, 0, vers, PROG, 1, proc) + struct.pack('>I', flavour) +
            opaque(cred) + bytes(8) + body)


def read_answer(sock):
    mark = b''
    while len(mark) < 4:
        part = sock.recv(4 - len(mark))
        if not part:
            return None
        mark += part
    length, data = struct.unpack('>I', mark)[0] & 0x7FFFFFFF, b''
    while len(data) < length:
        data += sock.recv(length - len(data))
    return data


def ask(port, data):
    with connect(port) as sock:
        sock.sendall(data)
        return read_answer(sock)


def words(answer, at=8):
    return struct.unpack(f'>{(len(answer) - at) // 4}I', answer[at:len(answer) // 4 * 4])


failed = False


def check(sentence, good):
    global failed
    print('ok: ' if good else 'FAILED: ', sentence, sep='')
    failed |= not good


def gss(proc, handle=b'', body=b'', version=1, service=1, rpc_proc=0):
    cred = struct.pack('>4I', version, proc, 0, service) + opaque(handle)
    return record(call(6, cred, body, rpc_proc))


def streams(port):
    idle = connect(port)
    idle.sendall(b'\x80\0')
    check('a call without authentication is too weak', words(ask(port, record(call())))[:3] == (1, 1, 5))
    check('another version of RPC is told ours', words(ask(port, record(call(vers=3)))) == (1, 0, 2, 2))
    check('an unknown flavour is rejected', words(ask(port, record(call(99))))[:3] == (1, 1, 2))
    check('a malformed credential is refused', words(ask(port, record(call(6, b'abc'))))[:3] == (1, 1, 1))
    check('so is another version of RPCSEC_GSS', words(ask(port, gss(1, version=2)))[:3] == (1, 1, 1))
    check('and a handle in INIT', words(ask(port, gss(1, b'x' * 16)))[:3] == (1, 1, 1))
    check('and INIT of another procedure', words(ask(port, gss(1, rpc_proc=1)))[:3] == (1, 1, 1))
    check('an unknown handle has a credential problem', words(ask(port, gss(0, b'x' * 16)))[:3] == (1, 1, 13))
    check('in CONTINUE_INIT and DESTROY too', all(
        words(ask(port, gss(p, b'x' * 16)))[:3] == (1, 1, 13) for p in (2, 3)))
    answer = words(ask(port, gss(1, body=opaque(b'\x6e\x03junk'))))
    check('a junk token is answered with a major status', answer[:4] == (0, 0, 0, 0) and answer[5] & 0xFFFF0000)
    with connect(port) as sock:
        for byte in record(call()):
            sock.sendall(bytes([byte]))
        check('a call byte by byte is answered', read_answer(sock) is not None)
    with connect(port) as sock:
        for byte in call():
            sock.sendall(struct.pack('>I', 1) + bytes([byte]))
        sock.sendall(struct.pack('>I', 0x80000000))
        check('and in fragments of one byte', read_answer(sock) is not None)
    for what, data in (('an oversized record', struct.pack('>I', 0xFFFFFFFF)),
                       ('a reply in place of a call', record(struct.pack('>2I', 1, 1) + bytes(40))),
                       ('a record that ends early', record(b'abc'))):
        check(f'{what} ends the connection', ask(port, data) is None)
    check('the idle one is still there and held nobody up', idle.send(b'\0') == 1)


def crowd(port, num):
    resource.setrlimit(resource.RLIMIT_NOFILE, (num + 100, num + 100))
    socks, alive = [], 0
    for n in range(num):
        sock = connect(port)
        if n % 2:
            sock.sendall(record(call(xid=n)))
        socks.append(sock)
    for n, sock in enumerate(socks):
        if n % 2 and read_answer(sock):
            alive += 1
    check(f'{alive} of {num // 2} that call are answered', alive > num // 2 * 0.9)
    check('and another one', words(ask(port, record(call())))[:3] == (1, 1, 5))


def send_all_it_takes(sock, data):
    """Until it takes no more for half a second."""
    sock.settimeout(0.5)
    try:
        while True:
            sock.sendall(data)
    except TimeoutError:
        pass


def deaf(port):
    """The server has 64 KiB for requests, and 5 s for handshakes."""
    start = time.monotonic()
    idle = connect(port)
    idle.sendall(record(call()))
    read_answer(idle)
    # Each answer that is not read keeps its place among the calls under way, but not its call's bytes.
    with socket.socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        sock.connect(('127.0.0.1', port))
        send_all_it_takes(sock, record(call()) * 20 + record(call(body=bytes(32768))))
        check('others are answered meanwhile', ask(port, record(call())) is not None)
        idle.settimeout(2)
        try:
            idle.sendall(record(call()))
            good = read_answer(idle) is not None
        except TimeoutError:
            good = False
        check('on old connections too', good)
        ended = False
        sock.settimeout(0.5)
        while not ended and time.monotonic() < start + 20:
            try:
                sock.send(bytes(1))
                time.sleep(0.1)
            except TimeoutError:
                pass
            except OSError:
                ended = True
        check('a stranger that does not read ends with its time', ended)


def pump(source, sink, file, lock):
    try:
        while True:
            data = source.recv(65536)
            if not data:
                break
            with lock:
                file.write(data)
                file.flush()
            sink.sendall(data)
    except OSError:
        pass
    sink.close()


def relay(port, path):
    listener = socket.create_server(('127.0.0.1', 0))
    print(listener.getsockname()[1], flush=True)
    with open(path, 'wb') as file:
        while True:
            one, two = listener.accept()[0], socket.create_connection(('127.0.0.1', port))
            locks = threading.Lock()
            for pair in ((one, two), (two, one)):
                threading.Thread(target=pump, args=(*pair, file, locks), daemon=True).start()


if sys.argv[1] == 'streams':
    streams(int(sys.argv[2]))
elif sys.argv[1] == 'crowd':
    crowd(int(sys.argv[2]), int(sys.argv[3]))
elif sys.argv[1] == 'deaf':
    deaf(int(sys.argv[2]))
else:
    relay(int(sys.argv[2]), sys.argv[3])
sys.exit(failed)
