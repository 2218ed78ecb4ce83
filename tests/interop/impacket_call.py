#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""impacket_call.py ADDRESS PORT LEVEL [--repaired]: AddOne three times through impacket (0.10).

LEVEL none calls without authentication; connect, integrity and privacy use Kerberos inside of SPNEGO
with the ticket for host/server.lab.example in KRB5CCNAME. --repaired mends what keeps impacket from
signing: its GSS_GetMIC adds text to bytes, and it asks for confidentiality at every level."""
import os
import struct
import sys

from impacket import uuid
from impacket.dcerpc.v5 import rpcrt, transport
from impacket.krb5 import gssapi, kerberosv5

LEVELS = {"none": None, "connect": 2, "packet": 4, "integrity": 5, "privacy": 6}
address, port, level = sys.argv[1:4]
os.environ["KRB5CCNAME"] = os.environ.get("KRB5CCNAME", "").replace("FILE:", "")


def get_mic(self, session_key, data, sequence, direction="init"):
    """RFC 4121 4.2.6.1: the checksum covers the data and then the token's header."""
    token = self.MIC()
    token["Flags"] = 4  # AcceptorSubkey
    token["SND_SEQ"] = struct.pack(">Q", sequence)
    header = token.getData()[:16]
    token["SGN_CKSUM"] = self.checkSumProfile().checksum(
        session_key, gssapi.KG_USAGE_INITIATOR_SIGN, data + header)
    return token.getData()


if "--repaired" in sys.argv[4:]:
    gssapi.GSSAPI_AES.GSS_GetMIC = get_mic
    if level != "privacy":
        kerberosv5.GSS_C_CONF_FLAG = 0
    if level == "connect":
        kerberosv5.GSS_C_INTEG_FLAG = 0
t = transport.DCERPCTransportFactory("ncacn_ip_tcp:%s[%s]" % (address, port))
t.setRemoteName("server.lab.example")
t.setRemoteHost(address)
if LEVELS[level]:
    t.set_credentials(os.environ["LAB_USER"], "", os.environ["LAB_REALM"], "", "", "")
    t.set_kerberos(True, "127.10.0.1")
d = t.get_dce_rpc()
if LEVELS[level]:
    d.set_auth_type(rpcrt.RPC_C_AUTHN_GSS_NEGOTIATE)
    d.set_auth_level(LEVELS[level])
d.connect()
d.bind(uuid.uuidtup_to_bin(("60a15ec5-4de8-11d7-a637-005056a20182", "1.0")))
for _ in range(3):
    d.call(0, bytes.fromhex("29000000"))
    answer = d.recv().hex()
    assert answer == "2a000000", answer
