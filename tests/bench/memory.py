#!/usr/bin/python3
"""What Confab keeps of what was looked at: 50 chats on its own server, one of them of 100,000 messages. All
are opened and scrolled through, the long one to its beginning; then nothing happens for a while.

    scripts/virtual-desktop /usr/bin/python3 tests/bench/memory.py BIN_DIR [MESSAGES]
"""

import glob
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

CHATS = 50
MESSAGES_IN_OTHERS = 500
SETTLE = 10.0  # seconds until the program is idle
REST = float(os.environ.get("REST", 75))
PAGES_AT_ONCE = 100
WORDS = ('the orchard opens at nine and we need two more people there', 'Danke, das passt', 'ok',
         'мы встречаемся у входа', 'could somebody look at the second kiosk before noon, please?',
         'صباح الخير', 'see you there 🎉', 'it is all in the document that I sent on Tuesday')


def fill(data, messages):
    """Straight into the server's database, which is not running."""
    path, = (found for found in glob.glob(data + '/**/*.db', recursive=True) if is_server(found))
    base = sqlite3.connect(path)
    now = int(time.time() * 1000)
    me, = base.execute('SELECT user FROM logins').fetchone()
    other, = base.execute('SELECT id FROM users WHERE id <> ?', (me,)).fetchone()
    first, = base.execute('SELECT COALESCE(MAX(id), 0) + 1 FROM topics').fetchone()
    for chat in range(CHATS):
        count = messages if chat == 0 else MESSAGES_IN_OTHERS
        touched = now - chat * 1000
        base.execute('INSERT INTO topics(id, name, created, updated, touched, owner, seq, delid, harddelid, auth,'
                     ' anon, public, trusted, aux) VALUES(?, ?, ?, ?, ?, ?, ?, 0, 0, 47, 0, ?, \'\', \'\')',
                     (first + chat, 'grpAAAAAAAAA%02d' % chat, now, now, touched, me, count,
                      '{"fn":"Chat %02d"}' % chat))
        for user, mode in ((me, 255), (other, 47)):
            base.execute('INSERT INTO subs(topic, user, want, given, read, recv, delid, private, created, updated,'
                         ' deleted) VALUES(?, ?, ?, ?, ?, ?, 0, \'\', ?, ?, 0)',
                         (first + chat, user, mode, mode, count, count, now, now))
        base.executemany(
            'INSERT INTO messages(topic, seq, sender, ts, head, content, cid) VALUES(?, ?, ?, ?, \'\', ?, \'\')',
            ((first + chat, seq, me if seq % 3 == 0 else other, touched - (count - seq) * 60_000,
              '"%d %s"' % (seq, WORDS[seq % len(WORDS)])) for seq in range(1, count + 1)))
    base.commit()
    base.close()


def is_server(path):
    try:
        names = {row[0] for row in sqlite3.connect(path).execute('SELECT name FROM sqlite_master')}
    except sqlite3.DatabaseError:
        return False
    return {'users', 'topics', 'subs', 'messages'} <= names


def pss(pid):
    with open('/proc/%d/smaps_rollup' % pid) as rollup:
        return next(int(line.split()[1]) for line in rollup if line.startswith('Pss:')) / 1024


class Peak(threading.Thread):
    """The highest of readings twice a second."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid = pid
        self.highest = 0.0
        self.ended = threading.Event()

    def run(self):
        while not self.ended.wait(0.5):
            self.highest = max(self.highest, pss(self.pid))


def keys(*names):
    subprocess.run(['xdotool', 'key', '--delay', '8', *names], check=True)


def layouts(log):
    """How many rows were laid out so far, as the program tells every ten seconds."""
    with open(log, errors='replace') as lines:
        counts = re.findall(r'layouts (\d+)', lines.read())
    return int(counts[-1]) if counts else 0


def main():
    bin_dir = sys.argv[1]
    messages = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    with tempfile.TemporaryDirectory() as data, tempfile.NamedTemporaryFile() as log:
        subprocess.run([os.path.join(bin_dir, 'confabctl'), '--data-dir', data, 'login', 'local', '--name', 'Bench'],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        fill(data, messages)
        program = subprocess.Popen([os.path.join(bin_dir, 'confab'), '--data-dir', data, '--diagnostics'],
                                   stdout=subprocess.DEVNULL, stderr=log)
        subprocess.run(['xdotool', 'search', '--sync', '--onlyvisible', '--pid', str(program.pid)], check=True,
                       stdout=subprocess.DEVNULL)
        time.sleep(SETTLE)
        keys('ctrl+2')  # the long one, below the saved messages: the same is looked at in the end
        time.sleep(SETTLE)
        idle = pss(program.pid)
        peak = Peak(program.pid)
        peak.start()
        for _ in range(CHATS):
            keys(*['Prior'] * 10, 'alt+Down')
        keys('ctrl+2')
        until = time.monotonic() + 1200
        while layouts(log.name) < messages and time.monotonic() < until and program.poll() is None:
            keys(*['Prior'] * PAGES_AT_ONCE)
        rows = layouts(log.name)
        peak.ended.set()
        peak.join()
        time.sleep(REST)
        after = pss(program.pid)
        program.terminate()
        program.wait()
    print('idle, a chat open                          %6.1f MiB' % idle)
    print('highest, %6d rows laid out in %d chats %6.1f MiB, %+.1f' % (rows, CHATS, peak.highest, peak.highest - idle))
    print('after %.0f s of rest                         %6.1f MiB, %+.1f' % (REST, after, after - idle))


main()
