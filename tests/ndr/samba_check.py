#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""usage: samba_check.py PROGRAM [NUM [SEED]]

PROGRAM is tests/ndr/samba_values built with an interface's tables (tests/ndr/samba.sh does
that). Random arguments of each operation, as we write them, are read by Samba's bindings, which
must take them all and write them again as the same bytes, referent ids aside; what Samba writes
we must read as the same values. A line for each operation that fails in an encoding, then a line
of figures. Exceptions stand in tests/ndr/samba.exceptions with their reasons.
"""
import importlib
import os
import subprocess
import sys

# Our name of an interface: Samba's module.
MODULES = {
    "samr": "samr", "lsarpc": "lsa", "logon": "netlogon", "winreg": "winreg", "svcctl": "svcctl",
    "srvsvc": "srvsvc", "wkssvc": "wkssvc", "epm": "epmapper", "mgmt": "mgmt", "netdfs": "dfs",
    "drsuapi": "drsuapi", "IEventService": "eventlog6", "efsrpc": "efs", "atsvc": "atsvc",
    "rpcecho": "echo", "ITaskSchedulerService": None,
}


def classes(module):
    """opnum: class of the operation"""
    found = {}
    for name in dir(module):
        thing = getattr(module, name)
        if isinstance(thing, type) and hasattr(thing, "__ndr_pack_in__"):
            found[thing.opnum()] = thing
    return found


def is_referent(word, big):
    value = int.from_bytes(word, "big" if big else "little")
    return 0 < value < 0x40000


def same(ours, theirs, encoding):
    """Equal but for referent ids: aligned words that are small numbers, not 0, in both."""
    if len(ours) != len(theirs):
        return False
    size = 8 if encoding == "ndr64" else 4
    for at in range(0, len(ours), 4):
        if ours[at:at + 4] == theirs[at:at + 4]:
            continue
        word = ours[at - at % size:at - at % size + size]
        other = theirs[at - at % size:at - at % size + size]
        if not (is_referent(word, encoding == "be") and is_referent(other, encoding == "be")):
            return False
    return True


def run_one(cls, line):
    """Samba's reading and writing of one line: (what is wrong or None, request, response)"""
    encoding = line[3]
    flags = {"bigendian": encoding == "be", "ndr64": encoding == "ndr64"}
    request, response = (bytes.fromhex(c if c != "-" else "") for c in line[4:6])
    ndr = importlib.import_module("samba.ndr")
    call = cls()
    try:
        ndr.ndr_unpack_in(call, request, **flags)
    except Exception as error:
        return "request refused: %s" % (error,), None, None
    again_in = ndr.ndr_pack_in(call, **flags)
    try:
        ndr.ndr_unpack_out(call, response, **flags)
    except Exception as error:
        return "response refused: %s" % (error,), None, None
    again_out = ndr.ndr_pack_out(call, **flags)
    wrong = None
    if not same(request, again_in, encoding):
        wrong = "other request"
    elif not same(response, again_out, encoding):
        wrong = "other response"
    return wrong, again_in, again_out


def run_batch(cls, lines, out):
    """In a child, as some of the bindings crash."""
    for line in lines:
        wrong, request, response = run_one(cls, line)
        row = line + ["-" if not r else r.hex() for r in (request, response)] + [wrong or "good"]
        out.write("\t".join(row) + "\n")
        out.flush()


def in_child(cls, lines):
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        with os.fdopen(write, "w") as out:
            run_batch(cls, lines, out)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as rows:
        done = [row.rstrip("\n").split("\t") for row in rows]
    os.waitpid(child, 0)
    for line in lines[len(done):len(done) + 1]:
        done.append(line + ["-", "-", "Samba's binding crashed"])
    return done


def check(program, rows):
    """Our reading of what Samba wrote: the rows that are wrong."""
    lines = "\n".join("\t".join(row[:8]) for row in rows) + "\n"
    answer = subprocess.run([program, "check"], input=lines, text=True, capture_output=True,
                            check=True).stdout
    return [a.split("\t") for a in answer.splitlines() if a.split("\t")[4] != "good"]


def load_exceptions():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "samba.exceptions")
    known = set()
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                known.add(tuple(line.split()[:2]))
    return known


def main():
    program = sys.argv[1]
    try:
        importlib.import_module("samba.ndr")
    except ImportError:
        print("skipped: python3-samba is not installed")
        return 77
    made = subprocess.run([program, "make"] + sys.argv[2:], text=True, capture_output=True,
                          check=True).stdout
    lines = [line.split("\t") for line in made.splitlines()]
    known = load_exceptions()
    failed = 0
    for interface in sorted({line[0] for line in lines}):
        name = MODULES.get(interface)
        try:
            calls = classes(importlib.import_module("samba.dcerpc." + name)) if name else None
        except ImportError:
            calls = None
        if calls is None:
            print("%s: Samba has no such interface" % interface)
            continue
        ops = sorted({(int(line[1]), line[2]) for line in lines if line[0] == interface})
        good, excepted, absent, bad = [], [], [], []
        for opnum, operation in ops:
            if opnum not in calls:
                absent.append(operation)
                continue
            mine = [line for line in lines if line[0] == interface and int(line[1]) == opnum]
            rows = in_child(calls[opnum], mine)
            wrong = [(row[3], row[8]) for row in rows if row[8] != "good"]
            wrong += [(row[3], row[4]) for row in check(
                program, [row for row in rows if row[8] == "good"])]
            if not wrong:
                good.append(operation)
            elif (interface, operation) in known:
                excepted.append(operation)
            else:
                bad.append(operation)
                print("%s %s (%d): %s" % (interface, operation, opnum, "; ".join(
                    sorted({"%s: %s" % w for w in wrong}))[:300]))
        print("%s: %d operations agree with Samba, %d are excepted, %d it does not know, "
              "%d went wrong" % (interface, len(good), len(excepted), len(absent), len(bad)))
        failed += len(bad)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
