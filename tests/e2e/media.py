"""Sending what is not words: a picture by the file dialog with a caption, looked at in the lightbox; a file; a
voice message of a generated tone, played. Saves a picture of each step.

    scripts/virtual-desktop /usr/bin/python3 tests/e2e/media.py BIN_DIR PICTURES_DIR
"""

import os
import subprocess
import sys
import tempfile
import time

import desktop
from samples import Sound, png


def tour():
    bin_dir, pictures = sys.argv[1], sys.argv[2]
    os.makedirs(pictures, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        runtime = os.path.join(data, 'run')
        os.mkdir(runtime, 0o700)
        sound = Sound(runtime)
        program = desktop.Program(
            [os.path.join(bin_dir, 'confab'), '--data-dir', data],
            os.path.join(pictures, 'confab.log'))
        try:
            shoot = lambda name: program.shoot(os.path.join(pictures, name + '.png'))
            desktop.start_here(program, 'Robin Sample')
            program.click('Saved messages', 'list item')
            program.see('Message')
            picture(program, data, shoot)
            file(program, data, shoot)
            if sound.server:
                voice(program, sound, shoot)
            program.close()
        finally:
            program.kill()
            sound.end()


def message(program, text):
    """Where the row of the conversation with this text is; the list of chats has the same words."""
    def look():
        boxes = []
        for item in program.items():
            if item.getRoleName() == 'list item':
                box = item.queryComponent().getExtents(desktop.pyatspi.DESKTOP_COORDS)
                boxes.append((box, item.name or ''))
        edge = min((box.x for box, _ in boxes), default=0)
        return next((box for box, name in boxes if text in name and box.x > edge + 100), None)
    return desktop.wait_for('the message "%s"' % text, look)


def click_at(x, y):
    subprocess.run(['xdotool', 'mousemove', str(x), str(y), 'click', '1'], check=True)


def attach(program, path):
    program.click('Attach')
    program.key('Down', 'Down', 'Return')  # "Files…"; menus are not in the tree of items
    desktop.choose_file(program, path)


def picture(program, data, shoot):
    path = os.path.join(data, 'stripes.png')
    png(path, 1600, 1000)
    attach(program, path)
    program.type('Stripes')
    shoot('1-dialog')
    program.key('Return')
    box = message(program, 'Stripes')
    shoot('2-picture')
    click_at(box.x + box.width - 150, box.y + box.height // 2)
    program.see('Zoom in')
    shoot('3-lightbox')
    program.key('plus')
    program.key('Escape')
    program.gone('Zoom in')


def file(program, data, shoot):
    path = os.path.join(data, 'notes.txt')
    with open(path, 'w') as notes:
        notes.write('Not much. ' * 30000)
    attach(program, path)
    program.key('Return')
    message(program, 'notes.txt')
    shoot('4-file')


def voice(program, sound, shoot):
    program.click('Record a voice message')
    program.see('Throw away')
    sound.wait_until_recorded(program, 3)
    shoot('5-recording')
    program.key('Return')
    message(program, 'Voice message')
    shoot('6-voice')
    box = message(program, 'Voice message')
    click_at(box.x + box.width - 240, box.y + 25)  # its play button
    time.sleep(1)  # of tone
    shoot('7-playing')


desktop.main(tour)
