"""Runs a command on a terminal of its own and answers its questions: Terminal.py SECONDS QUESTION ANSWER COMMAND...

An ANSWER is Python's notation for characters ('y\\r'). Exit code 124: it did not end. Exit code 125: it ended without the question.
"""
import codecs
import os
import pty
import re
import select
import sys
import time

seconds, question, answer, command = float(sys.argv[1]), sys.argv[2], codecs.decode(sys.argv[3], 'unicode_escape'), sys.argv[4:]
child, terminal = pty.fork()
if child == 0:
    os.execvp(command[0], command)

keys, seen, isAsked, isEnded = list(answer), '', False, False
end = time.monotonic() + seconds
while time.monotonic() < end:
    if not select.select([terminal], [], [], 0.3)[0]:
        # One key at a time, and the next when all is quiet, as somebody types: what follows Ctrl+C at once would be thrown away with it.
        if isAsked and keys:
            os.write(terminal, keys.pop(0).encode())
        continue
    try:
        read = os.read(terminal, 65536)
    except OSError:
        read = b''
    if not read:
        isEnded = True
        break
    if b'\x1b[6n' in read:
        os.write(terminal, b'\x1b[1;1R')  # Where is the cursor?
    seen += read.decode('utf-8', 'replace')
    isAsked = isAsked or re.search(question, seen) is not None
if not isEnded:
    os.kill(child, 9)
os.close(terminal)
os.waitpid(child, 0)
print(seen)
sys.exit(124 if not isEnded else 0 if isAsked else 125)
