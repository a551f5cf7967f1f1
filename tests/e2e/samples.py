"""What tours send and hear: pictures, sounds, films, and a sound server with a null device."""

import os
import random
import re
import shutil
import struct
import subprocess
import wave
import zlib

import desktop


def png(path, width, height, grain=0):
    """A picture of coloured squares; with a grain, which no compression gets rid of, it is no small file."""
    noise = random.Random(1)
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            more = noise.randrange(grain) if grain else 0
            blue = 160 if (x // 40 + y // 40) % 2 else 90
            rows += bytes((x * (255 - grain) // width + more, y * (255 - grain) // height + more, blue))
    def chunk(name, data):
        body = name + data
        return struct.pack('>I', len(data)) + body + struct.pack('>I', zlib.crc32(body))
    head = struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0)
    with open(path, 'wb') as file:
        file.write(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', head)
                   + chunk(b'IDAT', zlib.compress(bytes(rows))) + chunk(b'IEND', b''))


def wav(path, seconds):
    """A tone, uncompressed."""
    rate = 8000
    with wave.open(path, 'wb') as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(b''.join(
            struct.pack('<h', 9000 if (i // 10) % 2 else -9000) for i in range(rate * seconds)))


def film(path):
    """Three seconds of a test card; False where nothing can make one."""
    if not shutil.which('ffmpeg'):
        return False
    made = subprocess.run(
        ['ffmpeg', '-v', 'error', '-y', '-f', 'lavfi', '-i', 'testsrc=size=640x400:rate=10:duration=3',
         '-c:v', 'mpeg4', '-pix_fmt', 'yuv420p', path])
    return made.returncode == 0


class Sound:
    """A sound server with a null device, whose other end hears a tone."""

    def __init__(self, folder):
        self.server = None
        if not shutil.which('pulseaudio'):
            return
        os.environ['XDG_RUNTIME_DIR'] = folder
        # The other end of the null device alone is no microphone to Qt; one that stands for it is.
        script = os.path.join(folder, 'sound.pa')
        with open(script, 'w') as file:
            file.write('load-module module-native-protocol-unix\n'
                       'load-module module-null-sink sink_name=quiet\n'
                       'load-module module-remap-source master=quiet.monitor source_name=mic\n'
                       'load-module module-sine sink=quiet frequency=440\n'
                       'set-default-sink quiet\nset-default-source mic\n')
        self.server = subprocess.Popen(
            ['pulseaudio', '--daemonize=no', '--exit-idle-time=-1', '-n', '--use-pid-file=no',
             '-F', script],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        socket = os.path.join(folder, 'pulse', 'native')
        desktop.wait_for('a sound server', lambda: os.path.exists(socket))

    @staticmethod
    def wait_until_recorded(program, seconds):
        def length():
            times = (re.fullmatch(r'(\d+):(\d\d)', item.name or '') for item in program.items()
                     if item.getRoleName() == 'label')
            return max((60 * int(time[1]) + int(time[2]) for time in times if time), default=0)
        desktop.wait_for('%d s of tone' % seconds, lambda: length() >= seconds)

    def end(self):
        if self.server:
            self.server.terminate()
            self.server.wait()
