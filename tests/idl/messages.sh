#!/bin/sh
# SPDX-License-Identifier: MIT
# Each text of an error, warning, note or reason in the compiler stands in a test that expects it.
command -v python3 >/dev/null || {
	echo "SKIP: no python3"
	exit 77
}
exec python3 - "$(cd "${srcdir:-..}" && pwd)" <<'PYTHON'
import glob
import re
import sys

top = sys.argv[1]
CALL = re.compile(r'\b(?:diag_error|diag_warning|diag_note|parse_error|fail|cannot_point'
                  r'|parse_expect|parse_name|usage)\s*\(|left_out\s*=|\bwhat = |\*ret_why = ')
STRING = re.compile(r'((?:"(?:[^"\\]|\\.)*"\s*(?:PRI[a-z0-9A-Z]+\s*)?)+)')
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'')
# What no input can bring about: a system that fails.
EXEMPT = {'cannot open \'%s\': %s', 'cannot read \'%s\': %s', 'out of memory',
          'rpcsec-idl: %s%s\\n', 'rpcsec-idl: error: out of memory\\n'}


def statement(text, at):
    """From `at` to the end of the call or assignment."""
    depth = 0
    i = at
    while i < len(text):
        ch = text[i]
        quoted = QUOTED.match(text, i)
        if quoted:
            i = quoted.end()
            continue
        depth += ch == '('
        depth -= ch == ')'
        if (ch == ')' and depth <= 0 and text[at:i].count('(')) or (ch == ';' and depth <= 0):
            return text[at:i]
        i += 1
    return text[at:]


def messages():
    for path in sorted(glob.glob(top + '/idl/compiler/*.c')):
        text = open(path, encoding='utf-8').read()
        text = re.sub(r'/\*.*?\*/', lambda m: re.sub(r'[^\n]', ' ', m.group()), text, flags=re.S)
        for call in CALL.finditer(text):
            for found in STRING.finditer(statement(text, call.start())):
                literal = ''.join(re.findall(r'"((?:[^"\\]|\\.)*)"', found.group(1)))
                line = text.count('\n', 0, call.start()) + 1
                yield path, line, literal


expected = ''
for pattern in ('/tests/idl/errors/*.expect', '/tests/idl/*.c', '/tests/idl/*.sh'):
    for path in glob.glob(top + pattern):
        if not path.endswith('messages.sh'):
            expected += open(path, encoding='latin-1').read().replace('\\"', '"')
num, bad = 0, 0
for path, line, literal in messages():
    plain = literal.replace('\\"', '"').replace('%%', '%')
    parts = re.split(r'%[-.*0-9]*(?:ll|l|z)?[a-z]', plain)
    if len(''.join(parts)) < 3 or literal in EXEMPT:
        continue
    num += 1
    if not re.search('[^\\n]*'.join(re.escape(p) for p in parts), expected):
        print(f'{path}:{line}: no test expects "{literal}"')
        bad += 1
print(f'{num} messages, {bad} without a test')
sys.exit(bad != 0 or num < 100)
PYTHON
