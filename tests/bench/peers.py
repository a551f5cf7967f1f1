#!/usr/bin/python3
"""Confab beside chat programs of the distribution: start to a mapped window and memory when idle, each in a
fresh home, in turns; then HexChat and Konversation fed a burst by a local IRC server. Run by ./bench --peers
inside scripts/virtual-desktop. Programs that are not there are installed if that needs no question, and left
out if it does not work.

    scripts/virtual-desktop /usr/bin/python3 tests/bench/peers.py BIN_DIR [RUNS]
"""

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

IDLE_AFTER = 5.0  # seconds from the window to the reading of memory
BURST = 20_000  # lines

NOBODY = 65534

# Name, package, command. None of them has an account: a window and what the program always loads.
PEERS = [
    ('HexChat', 'hexchat', ['hexchat', '--existing']),
    ('Konversation', 'konversation', ['konversation', '--noautoconnect']),
    ('Psi', 'psi', ['psi']),
    ('Quassel client', 'quassel-client', ['quasselclient']),
    ('NeoChat', 'neochat', ['neochat']),
    ('Telegram Desktop', 'telegram-desktop', ['telegram-desktop']),
]


def install(package, program):
    if shutil.which(program):
        return True
    subprocess.run(['apt-get', 'install', '-y', '--no-install-recommends', '-qq', package],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                   env=dict(os.environ, DEBIAN_FRONTEND='noninteractive'))
    return shutil.which(program) is not None


def tree(pid):
    """The process and all that it has started."""
    found = [pid]
    for each in found:
        try:
            with open('/proc/%d/task/%d/children' % (each, each)) as children:
                found += [int(child) for child in children.read().split()]
        except OSError:
            pass
    return found


def memory(pid):
    """Proportional share of all processes of the program, in MB."""
    total = 0
    for each in tree(pid):
        try:
            with open('/proc/%d/smaps_rollup' % each) as rollup:
                total += next(int(line.split()[1]) for line in rollup if line.startswith('Pss:'))
        except OSError:
            pass
    return total / 1024


def processor_time(pid):
    ticks = 0
    for each in tree(pid):
        try:
            with open('/proc/%d/stat' % each) as stat:
                fields = stat.read().rsplit(') ', 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        except OSError:
            pass
    return ticks / os.sysconf('SC_CLK_TCK')


def windows():
    return set(subprocess.run(['xdotool', 'search', '--onlyvisible', '--class', '.'],
                              capture_output=True, text=True).stdout.split())


class Run:
    """One program in a home of its own, from its start to the end."""

    def __init__(self, command):
        self.home = tempfile.TemporaryDirectory()
        before = windows()
        if command[0] == 'hexchat' and os.geteuid() == 0:  # asks root first whether that is meant
            os.chown(self.home.name, NOBODY, NOBODY)
            command = ['setpriv', '--reuid=%d' % NOBODY, '--regid=%d' % NOBODY, '--clear-groups', *command]
        began = time.monotonic()
        self.process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
            env=dict(os.environ, HOME=self.home.name, XDG_CONFIG_HOME=self.home.name + '/config',
                     XDG_DATA_HOME=self.home.name + '/data', XDG_CACHE_HOME=self.home.name + '/cache'))
        while not windows() - before:
            if time.monotonic() - began > 30 or self.process.poll() is not None:
                self.end()
                raise RuntimeError('no window came up')
            time.sleep(0.01)
        self.seconds = time.monotonic() - began

    def end(self):
        for pid in reversed(tree(self.process.pid)):
            try:
                os.kill(pid, 15)
            except OSError:
                pass
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.home.cleanup()


def measure(name, command, runs):
    starts, sizes = [], []
    for _ in range(runs):
        try:
            run = Run(command)
        except RuntimeError as reason:
            print('%-20s %s' % (name, reason))
            return
        time.sleep(IDLE_AFTER)
        starts.append(run.seconds)
        sizes.append(memory(run.process.pid))
        run.end()
    print('%-20s window after %6.0f ms   idle %6.1f MB' % (
        name, statistics.median(starts) * 1000, statistics.median(sizes)), flush=True)


class IrcServer(threading.Thread):
    """As little of an IRC server as a client needs to join one channel; then a flood into it."""

    def __init__(self):
        super().__init__(daemon=True)
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.port = self.listener.getsockname()[1]
        self.joined = threading.Event()
        self.client = None

    def run(self):
        self.client, _ = self.listener.accept()
        nick = 'bench'
        for line in self.client.makefile(encoding='utf-8', errors='replace'):
            words = line.split()
            if not words:
                continue
            if words[0] == 'NICK':
                nick = words[1].lstrip(':')
            elif words[0] == 'USER':
                self.send(':irc.local 001 %s :Welcome\r\n:irc.local 376 %s :End\r\n' % (nick, nick))
            elif words[0] == 'JOIN':
                self.send(':%s!u@h JOIN #bench\r\n:irc.local 353 %s = #bench :%s other\r\n'
                          ':irc.local 366 %s #bench :End\r\n' % (nick, nick, nick, nick))
                self.joined.set()
            elif words[0] == 'PING':
                self.send(':irc.local PONG irc.local %s\r\n' % words[1])

    def send(self, text):
        self.client.sendall(text.encode())

    def flood(self, lines):
        words = 'the quick brown fox jumps over the lazy dog and then some more '
        for number in range(0, lines, 500):
            self.send(''.join(':other!u@h PRIVMSG #bench :%d %s\r\n' % (number + i, words * 2)
                              for i in range(500)))


def burst(name, command):
    """Processor time of the program for the lines, until it rests again."""
    server = IrcServer()
    server.start()
    try:
        run = Run([part.replace('PORT', str(server.port)) for part in command])
    except RuntimeError as reason:
        print('%-20s %s' % (name, reason))
        return
    if not server.joined.wait(30):
        print('%-20s did not join the channel' % name)
        run.end()
        return
    time.sleep(2)
    began, used = time.monotonic(), processor_time(run.process.pid)
    server.flood(BURST)
    last, quiet = processor_time(run.process.pid), 0
    while quiet < 10 and time.monotonic() - began < 300:
        time.sleep(0.1)
        now = processor_time(run.process.pid)
        quiet = quiet + 1 if now - last < 0.02 else 0
        last = now
    print('%-20s %d lines: %.2f s of processor time, at rest after %.2f s, then %.1f MB' % (
        name, BURST, last - used, time.monotonic() - began - 1.0, memory(run.process.pid)), flush=True)
    run.end()


def main():
    bin_dir = sys.argv[1]
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    measure('bare Qt window', [os.path.join(bin_dir, 'floor_window')], runs)
    with tempfile.TemporaryDirectory() as data:
        measure('Confab', [os.path.join(bin_dir, 'confab'), '--data-dir', data], runs)
    there = [peer for peer in PEERS if install(peer[1], peer[2][0])]
    for name, _, command in there:
        measure(name, command, runs)
    names = {name for name, _, _ in there}
    if 'HexChat' in names:
        burst('HexChat', ['hexchat', 'irc://127.0.0.1:PORT/bench'])
    if 'Konversation' in names:
        burst('Konversation', ['konversation', 'irc://127.0.0.1:PORT/bench'])


if __name__ == '__main__':
    main()
