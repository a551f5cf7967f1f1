#!/usr/bin/python3
"""Start to a mapped window, and memory when idle: Confab with a local account (server included) beside
a bare Qt window, in turns, on a virtual display. The bare window is built by
`cmake --build --preset dev --target floor_window`.

    scripts/virtual-desktop tests/bench/startup.py build/release/bin build/dev/bin/floor_window [RUNS]
"""

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time

IDLE_AFTER = 4.0  # seconds from the window to the reading of memory


class MapWatcher:
    """Tells when the next window is mapped, from the X server's own events."""

    def __init__(self):
        self.xev = subprocess.Popen(['xev', '-root', '-event', 'substructure'],
                                    stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                                    bufsize=1)
        self.mapped = threading.Event()
        self.at = 0.0
        threading.Thread(target=self._read, daemon=True).start()
        time.sleep(0.5)

    def _read(self):
        for line in self.xev.stdout:
            if line.startswith('MapNotify') and not self.mapped.is_set():
                self.at = time.monotonic()
                self.mapped.set()

    def wait(self):
        if not self.mapped.wait(30):
            sys.exit('no window came up in 30 s')
        return self.at


def pss(pid):
    with open('/proc/%d/smaps_rollup' % pid) as rollup:
        return next(int(line.split()[1]) for line in rollup if line.startswith('Pss:')) / 1024


def run_once(watcher, command):
    watcher.mapped.clear()
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seconds = watcher.wait() - start
    time.sleep(IDLE_AFTER)
    memory = pss(process.pid)
    process.terminate()
    process.wait()
    time.sleep(0.3)
    return seconds * 1000, memory


def main():
    bin_dir, floor = sys.argv[1], sys.argv[2]
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 7
    with tempfile.TemporaryDirectory() as data:
        subprocess.run([os.path.join(bin_dir, 'confabctl'), '--data-dir', data, 'login', 'local',
                        '--name', 'Bench'], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        programs = {'bare Qt window': [floor],
                    'confab': [os.path.join(bin_dir, 'confab'), '--data-dir', data]}
        watcher = MapWatcher()
        figures = {name: [] for name in programs}
        for turn in range(runs + 1):
            for name, command in programs.items():
                figure = run_once(watcher, command)
                if turn:  # the first turn warms the page cache
                    figures[name].append(figure)
    print('%-16s %22s %22s' % ('program', 'window ms (min-max)', 'idle PSS MiB (min-max)'))
    middle = {}
    for name, rows in figures.items():
        times, memory = zip(*rows)
        middle[name] = statistics.median(times), statistics.median(memory)
        print('%-16s %8.0f (%4.0f-%4.0f) %12.1f (%.1f-%.1f)' % (
            name, middle[name][0], min(times), max(times), middle[name][1], min(memory), max(memory)))
    floor_time, floor_memory = middle['bare Qt window']
    time_, memory = middle['confab']
    print('ratio of start %.2f, memory above the floor %.1f MiB, %d runs each' % (
        time_ / floor_time, memory - floor_memory, runs))


if __name__ == '__main__':
    main()
