#!/usr/bin/python3
"""Confab beside chat programs of the distribution: start to a mapped window and memory when idle, each in a
fresh home, in turns; then a burst into the shown chat: HexChat and Konversation fed by a local IRC server,
Confab by a plain WebSocket endpoint, whose messages it keeps on disk. Run by ./bench --peers inside
scripts/virtual-desktop. Programs that are not there are installed if that needs no question, and left
out if it does not work.

    scripts/virtual-desktop /usr/bin/python3 tests/bench/peers.py BIN_DIR [RUNS [NAME...]]

Names are Confab, bare and those of the programs; without one all are measured.
"""

import base64
import hashlib
import json
import os
import shutil
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import threading
import time

IDLE_AFTER = 5.0  # seconds from the window to the reading of memory
BURST = 20_000  # lines
BATCH = 500  # of them in one write

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


class Server(threading.Thread):
    """Has a port and waits for one client that joins."""

    def __init__(self):
        super().__init__(daemon=True)
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.port = self.listener.getsockname()[1]
        self.joined = threading.Event()
        self.client = None


class IrcServer(Server):
    """As little of an IRC server as a client needs to join one channel; then a flood into it."""

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

    def flood(self):
        for numbers in batches():
            self.send(''.join(':other!u@h PRIVMSG #bench :%s\r\n' % line(number) for number in numbers))


class WebSocketServer(Server):
    """As little of a plain WebSocket endpoint as Confab needs to stay connected; then a flood to it."""

    def run(self):
        while True:  # the last that comes is the program
            client, _ = self.listener.accept()
            head = b''
            while not head.endswith(b'\r\n\r\n'):
                head += client.recv(4096)
            key = next(part.split(b':')[1].strip() for part in head.split(b'\r\n')
                       if part.lower().startswith(b'sec-websocket-key'))
            accept = base64.b64encode(
                hashlib.sha1(key + b'258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest()).decode()
            client.sendall(('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n'
                            'Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n' % accept).encode())
            self.client = client
            self.joined.set()

    def flood(self):
        for numbers in batches():
            self.client.sendall(b''.join(self.frame(number) for number in numbers))

    @staticmethod
    def frame(number):
        message = json.dumps({'id': str(number), 'from': 'other', 'text': line(number)}).encode()
        return struct.pack('!BBH', 0x81, 126, len(message)) + message


def batches():
    return (range(first, first + BATCH) for first in range(0, BURST, BATCH))


def line(number):
    """130 characters, each another."""
    return '%d %s' % (number, 'the quick brown fox jumps over the lazy dog and then some more ' * 2)


def burst(name, server, command):
    """Processor time of the program for the lines, until it rests again."""
    try:
        run = Run(command)
    except RuntimeError as reason:
        print('%-20s %s' % (name, reason))
        return
    if not server.joined.wait(30):
        print('%-20s did not join the channel' % name)
        run.end()
        return
    time.sleep(2)
    began, used = time.monotonic(), processor_time(run.process.pid)
    before = memory(run.process.pid)
    server.flood()
    last, quiet = processor_time(run.process.pid), 0
    while quiet < 10 and time.monotonic() - began < 300:
        time.sleep(0.1)
        now = processor_time(run.process.pid)
        quiet = quiet + 1 if now - last < 0.02 else 0
        last = now
    print('%-20s %d lines: %.2f s of processor time, at rest after %.2f s, %.1f MB before, %.1f MB then' % (
        name, BURST, last - used, time.monotonic() - began - 1.0, before, memory(run.process.pid)), flush=True)
    run.end()


def burst_irc(name, program):
    server = IrcServer()
    server.start()
    burst(name, server, [program, 'irc://127.0.0.1:%d/bench' % server.port])


def burst_confab(bin_dir):
    """Into the chat of a plain WebSocket account, which is open from the start."""
    server = WebSocketServer()
    server.start()
    with tempfile.TemporaryDirectory() as data:
        subprocess.run([os.path.join(bin_dir, 'confabctl'), '--data-dir', data, 'login',
                        'ws://127.0.0.1:%d/' % server.port, '--plain', '--name', 'Bench'],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        server.joined.clear()
        profile = os.path.join(data, 'profiles', 'default')
        with open(os.path.join(profile, 'profile.ini'), 'a') as settings:
            settings.write('\n[lastChat]\n%s=plain\n' % os.listdir(os.path.join(profile, 'accounts'))[0])
        burst('Confab', server, [os.path.join(bin_dir, 'confab'), '--data-dir', data])


def main():
    bin_dir = sys.argv[1]
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    wanted = sys.argv[3:] or ['bare', 'Confab', *(name for name, _, _ in PEERS)]
    if 'bare' in wanted:
        measure('bare Qt window', [os.path.join(bin_dir, 'floor_window')], runs)
    if 'Confab' in wanted:
        with tempfile.TemporaryDirectory() as data:
            measure('Confab', [os.path.join(bin_dir, 'confab'), '--data-dir', data], runs)
        burst_confab(bin_dir)
    for name, package, command in PEERS:
        if name not in wanted or not install(package, command[0]):
            continue
        measure(name, command, runs)
        if name in ('HexChat', 'Konversation'):
            burst_irc(name, command[0])


if __name__ == '__main__':
    main()
