# SPDX-License-Identifier: MIT
"""What the tests of this folder share: a throw-away realm, servers, pings, and peers that
misbehave. The tests run in the build folder; automake gives srcdir."""
import contextlib
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time

RPCSEC = os.environ.get("RPCSEC", "./librpcsec/tools/rpcsec")
SECONDS = 60  # nothing here takes longer, whatever the machine: a hang is a failure
SANITIZED = "ASAN_OPTIONS" in os.environ or "TSAN_OPTIONS" in os.environ

work = ""  # a directory of the test's own


def skip(reason):
    print(f"SKIP {os.path.basename(sys.argv[0])}: {reason}")
    sys.exit(77)


def in_realm(*principals):
    """Goes on inside a realm of this script's own."""
    global work
    if "RPCSEC_TEST_INSIDE" not in os.environ:
        path = os.environ["PATH"] + ":/usr/sbin"
        for program in ("krb5kdc", "kdb5_util", "kadmin.local"):
            if not shutil.which(program, path=path):
                skip(f"{program} is not installed (krb5-kdc, krb5-admin-server)")
        if not os.path.exists(RPCSEC):
            skip("the rpcsec command was not built")
        options = [word for name in principals for word in ("--principal", name)]
        os.environ["RPCSEC_TEST_INSIDE"] = "1"
        os.execvp(RPCSEC, [RPCSEC, "realm", *options, "--", sys.executable, *sys.argv])
    os.environ["PATH"] += ":/usr/sbin"
    work = tempfile.mkdtemp()


def leave():
    shutil.rmtree(work)


def run(*words, env=None, seconds=SECONDS):
    """Ends within its time, or the test fails."""
    return subprocess.run(words, env=dict(os.environ, **(env or {})), timeout=seconds, text=True,
                          stdin=subprocess.DEVNULL, capture_output=True, check=False)


def must(*words, env=None):
    done = run(*words, env=env)
    if done.returncode:
        sys.exit(f"{' '.join(words)}: exit {done.returncode}: {done.stderr}")
    return done.stdout


def kadmin(request):
    return must("kadmin.local", "-q", request)


class Server:
    """A server's process; ends with 0 when asked to, or the test fails."""

    def __init__(self, *words, env=None):
        self.log = tempfile.TemporaryFile(dir=work)
        self.process = subprocess.Popen(words, env=dict(os.environ, **(env or {})), text=True,
                                        stdout=subprocess.PIPE, stderr=self.log)
        line = self.process.stdout.readline()
        if not line.startswith("listening "):
            self.log.seek(0)
            sys.exit(f"{words}: does not start: {self.log.read()}")
        self.port = int(re.search(r"\[(\d+)\]", line).group(1))
        self.binding = f"ncacn_ip_tcp:localhost[{self.port}]"

    def pid(self):
        """Of the program, behind libtool's script if there is one."""
        children = f"/proc/{self.process.pid}/task/{self.process.pid}/children"
        with open(children, encoding="ascii") as file:
            return int((file.read().split() or [self.process.pid])[0])

    def rss_kib(self):
        with open(f"/proc/{self.pid()}/status", encoding="ascii") as file:
            return int(re.search(r"VmRSS:\s*(\d+)", file.read()).group(1))

    def threads_and_descriptors(self):
        return len(os.listdir(f"/proc/{self.pid()}/task")), len(os.listdir(f"/proc/{self.pid()}/fd"))

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(SECONDS)
        self.process.stdout.close()
        self.log.seek(0)
        errors = self.log.read().decode()
        self.log.close()
        return code, errors


def serve(*options, keytab=None):
    env = {"KRB5_KTNAME": "FILE:" + keytab} if keytab else None
    return Server(RPCSEC, "serve", "--listen", "ncacn_ip_tcp:localhost[0]", *options, env=env)


class Peer:
    """A listener on loopback whose connections are handed to `handler`, each in its thread."""

    def __init__(self, handler):
        self.handler = handler
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.binding = f"ncacn_ip_tcp:127.0.0.1[{self.port}]"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                connection = self.listener.accept()[0]
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with connection, contextlib.suppress(OSError):
            self.handler(connection)


def reset(connection):
    """Closes with RST."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


# ---- PDUs (C706 12.6) ----

REQUEST, RESPONSE, FAULT, BIND, BIND_ACK, BIND_NAK = 0, 2, 3, 11, 12, 13
ALTER, ALTER_RESP, AUTH3 = 14, 15, 16
NDR = bytes.fromhex("045d888aeb1cc9119fe808002b10486002000000")


def read_pdu(connection):
    """A PDU as bytes; empty when the peer closed."""
    data = b""
    while len(data) < 16 or len(data) < struct.unpack_from("<H", data, 8)[0]:
        want = struct.unpack_from("<H", data, 8)[0] if len(data) >= 16 else 16
        more = connection.recv(want - len(data))
        if not more:
            return b""
        data += more
    return data


def pdu(kind, call_id, body, auth=b"", flags=3):
    """auth: trailer and token."""
    token_len = len(auth) - 8 if auth else 0
    return struct.pack("<BBBBIHHI", 5, 0, kind, flags, 0x10, 16 + len(body) + len(auth), token_len,
                       call_id) + body + auth


def call_id_of(data):
    return struct.unpack_from("<I", data, 12)[0]


def offered(bind):
    """The first transfer syntax of each presentation context that a bind offers."""
    at, syntaxes = 28, []
    for _ in range(bind[24]):
        syntaxes.append(bind[at + 24:at + 44])
        at += 24 + 20 * bind[at + 2]
    return syntaxes


def bind_ack(bind, result=0, reason=0, flags=7, token=b"", transfer=NDR, kind=BIND_ACK):
    """Answers the contexts with NDR so, the others with: transfer syntax not supported."""
    syntaxes = offered(bind)
    body = struct.pack("<HHIH2sI", 5840, 5840, 0x77, 2, b"1\0", len(syntaxes))
    for syntax in syntaxes:
        if syntax != NDR:
            body += struct.pack("<HH", 2, 2) + bytes(20)
        else:
            body += struct.pack("<HH", result, reason) + (transfer if result == 0 else bytes(20))
    auth = struct.pack("<BBBBI", 16, 6, 0, 0, auth_context_of(bind)) + token if token else b""
    return pdu(kind, call_id_of(bind), body, auth, flags)


def auth_context_of(bind):
    token_len = struct.unpack_from("<H", bind, 10)[0]
    return struct.unpack_from("<I", bind, len(bind) - token_len - 4)[0] if token_len else 0


def bind_nak(bind, reason):
    return pdu(BIND_NAK, call_id_of(bind), struct.pack("<HBBB", reason, 1, 5, 0) + bytes(3))


def fault(request, status, flags=0x23):
    return pdu(FAULT, call_id_of(request), struct.pack("<IHBBII", 24, 0, 0, 0, status, 0), flags=flags)


def response(request, stub):
    return pdu(RESPONSE, call_id_of(request), struct.pack("<IHBB", len(stub), 0, 0, 0) + stub)


class Relay:
    """Between a client and a server, PDU by PDU: meddle(from_client, number, pdu) gives the bytes
    that go on, a list of pieces with pauses between them, or raises Stop. Numbers count from 0 in
    each direction."""

    class Stop(Exception):
        """Nothing goes on any more. how: vanish (FIN to both), reset, or stall."""

        def __init__(self, how, half=b""):
            super().__init__(how)
            self.how, self.half = how, half

    def __init__(self, port, meddle):
        self.port, self.meddle = port, meddle
        self.seen = {True: [], False: []}
        self.num_connections = 0
        self.server_closed = threading.Event()
        self.peer = Peer(self._handle)
        self.binding = self.peer.binding

    def close(self):
        self.peer.listener.close()

    def _handle(self, client):
        self.num_connections += 1
        with socket.create_connection(("127.0.0.1", self.port)) as server:
            back = threading.Thread(target=self._pump, args=(server, client, False), daemon=True)
            back.start()
            self._pump(client, server, True)
            back.join()

    def _pump(self, source, target, from_client):
        stalled = False
        try:
            while True:
                data = read_pdu(source)
                if not data:
                    break
                if stalled:
                    continue
                number = len(self.seen[from_client])
                self.seen[from_client].append(data)
                try:
                    send_pieces(target, self.meddle(from_client, number, data))
                except Relay.Stop as stop:
                    target.sendall(stop.half)
                    stalled = stop.how == "stall"
                    if stop.how == "reset":
                        linger = struct.pack("ii", 1, 0)
                        source.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                        target.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                    if not stalled:
                        break
        except OSError:
            pass
        if not from_client:
            self.server_closed.set()
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


def send_pieces(connection, data):
    pieces = data if isinstance(data, list) else [data]
    for piece in pieces:
        connection.sendall(piece)
        if len(pieces) > 1:
            time.sleep(0.001)
