#!/usr/bin/python3
"""Start with a large archive: until the last chat's messages are on the screen, beside a bare Qt window
until it is mapped, a bare window with the same texts (floor_page), and the same with a small archive; and
memory when idle beside the same program with an empty archive. Offline, so that nothing but the archive
counts. Profiles are made by make_profile.

    scripts/virtual-desktop tests/bench/start_archive.py build/bench/bin [RUNS] [MESSAGES]
"""

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from startup import IDLE_AFTER, MapWatcher, pss

READABLE = b'the first messages are on the screen'


def run_once(watcher, command, line):
    """Milliseconds to the window, to that line of the log (if any is waited for), and idle memory."""
    watcher.mapped.clear()
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    readable = 0.0
    seen = threading.Event()

    def read():
        nonlocal readable
        for text in process.stderr:
            if line and line in text and not seen.is_set():
                readable = (time.monotonic() - start) * 1000
                seen.set()

    threading.Thread(target=read, daemon=True).start()
    mapped = (watcher.wait() - start) * 1000
    if line and not seen.wait(30):
        sys.exit('no messages came up in 30 s')
    time.sleep(IDLE_AFTER)
    memory = pss(process.pid)
    process.terminate()
    process.wait()
    time.sleep(0.3)
    return mapped, readable, memory


def main():
    bin_dir = sys.argv[1]
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    messages = sys.argv[3] if len(sys.argv) > 3 else '1000000'
    with tempfile.TemporaryDirectory() as data:
        folders = {}
        for name, count in (('empty archive', '0'), ('2000 messages', '2000'),
                            (messages + ' messages', messages)):
            folders[name] = os.path.join(data, count)
            os.mkdir(folders[name])
            subprocess.run([os.path.join(bin_dir, 'make_profile'), folders[name], count], check=True)
        commands = {'bare Qt window': ([os.path.join(bin_dir, 'floor_window')], None),
                    'bare Qt page': ([os.path.join(bin_dir, 'floor_page'),
                                      os.path.join(folders[messages + ' messages'], 'page.txt')],
                                     b'the page is on the screen')}
        for name, folder in folders.items():
            commands[name] = ([os.path.join(bin_dir, 'confab'), '--diagnostics', '--data-dir', folder],
                              READABLE if name != 'empty archive' else None)
        watcher = MapWatcher()
        figures = {name: [] for name in commands}
        for turn in range(runs + 1):
            for name, (command, line) in commands.items():
                figure = run_once(watcher, command, line)
                if turn:  # the first turn warms the page cache
                    figures[name].append(figure)
    print('%-18s %20s %20s %20s' % ('program', 'window ms', 'readable ms', 'idle PSS MiB'))
    middle = {}
    for name, rows in figures.items():
        columns = list(zip(*rows))
        middle[name] = [statistics.median(column) for column in columns]
        print('%-18s' % name + ''.join(' %8.1f (%.0f-%.0f)' % (statistics.median(column), min(column), max(column))
                                       for column in columns))
    bare, page, empty, small, full = (middle[name] for name in commands)
    print('readable / bare window %.2f (at most 1.4), / bare page readable %.2f, / readable with 2000 messages '
          '%.2f; memory above the empty archive %.1f MiB (at most 12); %d runs each'
          % (full[1] / bare[0], full[1] / page[1], full[1] / small[1], full[2] - empty[2], runs))


main()
