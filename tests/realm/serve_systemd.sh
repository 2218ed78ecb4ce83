#!/bin/bash
# SPDX-License-Identifier: MIT
# `rpcsec serve` under a service manager, which is played here: a socket passed by name, the
# states that it is told, the watchdog, an audit file that is rotated.
. "$srcdir/tests/realm/lib.sh"
command -v python3 >/dev/null || skip 'python3 is not installed'
in_realm --principal greeter/localhost
python3 - "$RPCSEC" "$work" <<'END'
import os, signal, socket, subprocess, sys, time

rpcsec, work = sys.argv[1:]
failed = 0


def check(name, good):
    global failed
    print(("ok" if good else "not ok"), "-", name, flush=True)
    failed |= not good


manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
manager.bind(work + "/notify")
manager.settimeout(30)
listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
port = listener.getsockname()[1]
audit = work + "/audit"


def child():
    os.dup2(listener.fileno(), 3)
    os.set_inheritable(3, True)
    os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="1", LISTEN_FDNAMES="front",
                      NOTIFY_SOCKET=work + "/notify", WATCHDOG_USEC="200000")


def told(state):
    while True:
        got = manager.recv(4096).decode()
        if got == state:
            return True
        if got != "WATCHDOG=1":
            return False


server = subprocess.Popen([rpcsec, "serve", "--listen", "fd:front", "--node", "5",
                           "--audit", audit], preexec_fn=child, close_fds=False,
                          stdout=subprocess.PIPE, text=True)
check("the socket that was passed is served",
      server.stdout.readline().strip() == "listening ncacn_ip_tcp:127.0.0.1[%d]" % port)
check("the manager hears READY", told("READY=1"))
binding = "ncacn_ip_tcp:127.0.0.1[%d]" % port
ping = [rpcsec, "ping", binding, "--spn", "host/localhost"]
check("a call is answered", subprocess.run(ping, stdout=subprocess.DEVNULL).returncode == 0)
check("the audit has its line", '"verdict":"accepted"' in open(audit).read())
os.rename(audit, audit + ".1")
server.send_signal(signal.SIGHUP)
check("the manager hears RELOADING", told("RELOADING=1") and told("READY=1"))
subprocess.run(ping, stdout=subprocess.DEVNULL)
check("and the audit goes on in a new file", '"verdict":"accepted"' in open(audit).read())
check("the watchdog is pinged", manager.recv(4096) == b"WATCHDOG=1")
server.send_signal(signal.SIGTERM)
check("the manager hears STOPPING", told("STOPPING=1"))
check("and it ends with 0", server.wait() == 0)
sys.exit(failed)
END
