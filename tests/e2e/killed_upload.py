"""The program is killed twice while it brings a file to the server, over a line too slow for it: the next
starts go on, and another client gets the message and the whole file, once.

    scripts/virtual-desktop /usr/bin/python3 tests/e2e/killed_upload.py BIN_DIR PICTURES_DIR NODE_DIR
"""

import hashlib
import os
import random
import socket
import subprocess
import tempfile
import threading
import time
from urllib.parse import urlsplit

import desktop
from stranger import Stranger, arguments, entity

FILE_BYTES = 3_000_000
ENOUGH = 600_000  # bytes of it under way when the program dies
CHUNK = 16384


class Line:
    """A line to the server, which can be made slow; counts what goes up."""

    def __init__(self, port):
        self.port = port
        self.pause = 0.0  # seconds for each chunk on its way up
        self.sent = 0
        self.ends = []
        self.door = socket.create_server(('127.0.0.1', 0))
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self):
        while True:
            try:
                near, _ = self.door.accept()
            except OSError:
                return
            far = socket.create_connection(('127.0.0.1', self.port))
            self.ends += (near, far)
            for source, target, up in ((near, far, True), (far, near, False)):
                threading.Thread(target=self._pass, args=(source, target, up), daemon=True).start()

    def _pass(self, source, target, up):
        try:
            while data := source.recv(CHUNK):
                target.sendall(data)
                if up:
                    self.sent += len(data)
                    time.sleep(self.pause)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            for end in (source, target):
                end.close()

    def cut(self):
        """What is under way is lost, as when the computer dies: else the system would still send it."""
        for end in self.ends:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # closed by now
        self.ends = []

    def address(self):
        return '127.0.0.1:%d' % self.door.getsockname()[1]


def tour():
    bin_dir, pictures, node = arguments()
    with tempfile.TemporaryDirectory() as data:
        server = subprocess.Popen(
            [os.path.join(bin_dir, 'confabd'), '--listen', '127.0.0.1:0', '--data', os.path.join(data, 'server')],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        sam = None
        try:
            url = server.stdout.readline().split()[-1]
            sam = Stranger(node, url, 'Sam')
            survive(bin_dir, pictures, data, Line(urlsplit(url).port), sam)
        finally:
            if sam:
                sam.end()
            server.terminate()
            server.wait()
    print('The file and its message have come once.')


def start(bin_dir, pictures, data):
    return desktop.Program(
        [os.path.join(bin_dir, 'confab'), '--data-dir', os.path.join(data, 'client')],
        os.path.join(pictures, 'confab.log'))


def fill(program, field, text, role='text'):
    program.click(field, role)
    program.key('ctrl+a')
    program.type(text)


def survive(bin_dir, pictures, data, line, sam):
    path = os.path.join(data, 'noise.bin')
    with open(path, 'wb') as file:
        file.write(random.Random(1).randbytes(FILE_BYTES))
    program = start(bin_dir, pictures, data)
    try:
        program.raise_window()
        program.click('Connect to a server')
        program.click('Create account', 'radio button')
        fill(program, 'Server address', line.address())
        fill(program, 'Your name', 'Robin')
        fill(program, 'Login name', 'robin')
        fill(program, 'Password', 'four-wise-owls', 'password text')
        program.key('Return')
        program.see('Filter chats')
        robin = sam.do('find', words='robin')[0]
        sam.do('found', title='Orchard', members=[robin['uid']])
        program.click('Orchard', 'list item')
        program.see('Message Orchard')
        line.pause = 0.05
        before = line.sent
        program.key('ctrl+o')
        desktop.choose_file(program, path)
        program.key('Return')
        for start_number in range(2):
            desktop.wait_for('a part of the file on its way', lambda: line.sent - before > ENOUGH)
            program.shoot(os.path.join(pictures, '%d-uploading.png' % (start_number + 1)))
            program.kill()
            line.cut()
            assert not sam.heard, sam.heard
            before = line.sent
            program = start(bin_dir, pictures, data)
        line.pause = 0
        said = sam.hears('the file', lambda message: entity(message, 'EX'))
        file = entity(said, 'EX')
        with open(path, 'rb') as whole:
            fetched = sam.do('fetch', ref=file['ref'])
            assert fetched['sha256'] == hashlib.sha256(whole.read()).hexdigest(), fetched
        program.raise_window()
        program.click('Orchard', 'list item')
        program.see('noise.bin', 'list item')
        program.type('And that was it')
        program.key('Return')
        sam.hears('what came after it', lambda message: message['content'] == 'And that was it')
        assert len(sam.heard) == 2, sam.heard
        program.shoot(os.path.join(pictures, '3-arrived.png'))
        # What was cut on its way is not kept by anybody.
        for folder, count in (('server', 1), ('client', 1)):
            large = large_files(os.path.join(data, folder))
            assert len(large) == count, large
        program.close()
    finally:
        program.kill()


def large_files(folder):
    """All that may be the file, or a part of it."""
    paths = [os.path.join(path, name) for path, _, names in os.walk(folder) for name in names]
    return [path for path in paths if os.path.getsize(path) > ENOUGH and 'sqlite' not in path]


desktop.main(tour)
