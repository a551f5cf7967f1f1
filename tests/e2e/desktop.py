"""A person at the desktop: finds what is on screen as a screen reader does, clicks and types with the
mouse and keyboard of the display. Used inside scripts/virtual-desktop, with the system's Python."""

import contextlib
import os
import subprocess
import sys
import tempfile
import time

import pyatspi

PATIENCE = 20.0  # seconds until something that must come counts as missing
_logs = []  # of all Confabs of this tour


# What the window may take long for, once, and how a stack tells of it.
EXPECTED_STALLS = ('FcFont', 'FT_')  # a font is read for the first time


class Missing(Exception):
    """Something that a person would see by now is not there."""


class Stalled(Exception):
    """The window took more of its thread's time for one thing than people don't notice."""


def _walk(node):
    try:
        yield node
        for index in range(min(node.childCount, 500)):
            child = node.getChildAtIndex(index)
            if child is not None:
                yield from _walk(child)
    except Exception:  # the item went away while it was looked at
        return


def _showing(node):
    try:
        return node.getState().contains(pyatspi.STATE_SHOWING)
    except Exception:
        return False


def text_of(node):
    try:
        text = node.queryText()
        return text.getText(0, text.characterCount)
    except Exception:
        return ''


def _place(item):
    """Where it stands on the screen; None if it has gone meanwhile, as rows of a list do that move."""
    try:
        return item.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
    except Exception:
        return None


class Program:
    """One running program and the items of its windows."""

    def __init__(self, command, log):
        self.log = open(log, 'a' if log in _logs else 'w')
        if os.path.basename(command[0]) == 'confab':
            command = command + ['--diagnostics']
            _logs.append(log)
        # Ends the program at the first frame of its server that is no packet (tests/framewatch).
        watched = dict(os.environ, LD_PRELOAD=os.environ.get('CONFAB_FRAME_WATCH', ''))
        self.process = subprocess.Popen(command, stdout=self.log, stderr=subprocess.STDOUT, env=watched)
        self.window = wait_for('a window', self._find_window)

    def _find_window(self):
        if self.process.poll() is not None:
            raise Missing('the program ended with %d' % self.process.returncode)
        found = subprocess.run(
            ['xdotool', 'search', '--onlyvisible', '--pid', str(self.process.pid)],
            capture_output=True, text=True).stdout.split()
        return found[-1] if found else None

    def items(self):
        for application in pyatspi.Registry.getDesktop(0):
            try:
                mine = application is not None and application.get_process_id() == self.process.pid
            except Exception:
                mine = False
            if mine:
                yield from (item for item in _walk(application) if _showing(item))

    def find(self, name, role=None):
        """The item with this accessible name (or containing it), or None."""
        part = None
        for item in self.items():
            try:
                if role and item.getRoleName() != role:
                    continue
                own = item.name or ''
            except Exception:  # the item went away, or the program is busy
                continue
            if own == name:
                return item
            if part is None and name.lower() in own.lower():
                part = item
        return part

    def see(self, name, role=None, patience=PATIENCE):
        return wait_for('"%s"' % name, lambda: self.find(name, role), patience)

    def focused(self, name):
        item = self.find(name, 'text')
        return item if item and item.getState().contains(pyatspi.STATE_FOCUSED) else None

    def gone(self, name, role=None):
        """Waits until it is not there any more."""
        wait_for('the end of "%s"' % name, lambda: self.find(name, role) is None)

    def see_count(self, name, count, role=None):
        def enough():
            found = [i for i in self.items()
                     if name in (i.name or '') and (role is None or i.getRoleName() == role)]
            return found if len(found) >= count else None
        return wait_for('"%s" %d times' % (name, count), enough)

    def raise_window(self):
        subprocess.run(['xdotool', 'windowactivate', '--sync', self.window], check=False)

    def click(self, name, role=None, button=1):
        box = wait_for('the place of "%s"' % name, lambda: _place(self.see(name, role)))
        subprocess.run(['xdotool', 'mousemove', str(box.x + box.width // 2),
                        str(box.y + box.height // 2), 'click', str(button)], check=True)

    def type(self, text):
        subprocess.run(['xdotool', 'type', '--delay', '12', '--', text], check=True)

    def key(self, *keys):
        subprocess.run(['xdotool', 'key', '--clearmodifiers', *keys], check=True)

    def resize(self, width, height):
        subprocess.run(['xdotool', 'windowsize', '--sync', self.window, str(width), str(height)],
                       check=True)

    def shoot(self, path):
        """The part of the screen where the window is, with its dialogs and menus."""
        # xdotool counts the frame in; xwininfo tells the window itself.
        found = subprocess.run(['xwininfo', '-id', self.window], capture_output=True, text=True,
                               check=True).stdout
        told = dict(line.split(':', 1) for line in found.splitlines() if ': ' in line)
        told = {key.strip(): value.strip() for key, value in told.items()}
        area = '%sx%s+%s+%s' % (told['Width'], told['Height'], told['Absolute upper-left X'],
                                told['Absolute upper-left Y'])
        subprocess.run(['import', '-window', 'root', '-crop', area, '+repage', path], check=True)
        print(path, flush=True)

    def close(self):
        self.key('ctrl+q')
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise Missing('the end of the program after Ctrl+Q')

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def start_here(program, name):
    """Through the first run with "Start on this computer", up to the list of chats."""
    program.raise_window()
    program.see('Start on this computer')
    program.key('Return')  # the first choice has the focus
    program.see('Your name')
    program.key('ctrl+a')
    program.type(name)
    program.key('Return')
    program.see('Echo', 'list item')


def choose_file(program, path):
    """In the dialog that asks for files, up to the one that sends them."""
    program.see('Choose ')
    # The keys go to the window behind until the dialog has its focus.
    wait_for('the focus on the name of the file', lambda: program.focused('File name'))
    program.type(path)
    program.key('Return')
    program.see('Caption')


@contextlib.contextmanager
def one_window(person=None):
    """A tour's one program, by the tour's own arguments BIN_DIR PICTURES_DIR: with data of its own, and
    past the first run when a person's name is given. Yields the program, what saves a picture by its
    name, and the data folder; at the end the program has to close by itself."""
    bin_dir, pictures = sys.argv[1], sys.argv[2]
    os.makedirs(pictures, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        program = Program([os.path.join(bin_dir, 'confab'), '--data-dir', data],
                          os.path.join(pictures, 'confab.log'))
        try:
            if person:
                start_here(program, person)
            yield program, lambda name: program.shoot(os.path.join(pictures, name + '.png')), data
            program.close()
        finally:
            program.kill()


def wait_for(what, look, patience=PATIENCE):
    end = time.monotonic() + patience
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.1)
    raise Missing('%s did not appear within %d s' % (what, patience))


def _stalls(log):
    """Reports of stalls as Confab writes them, each with its stack, which is indented."""
    report = None
    with open(log, errors='replace') as lines:
        for line in lines:
            if report and line.startswith('    '):
                report += line
                continue
            if report:
                yield report
            report = line if 'the window did not answer for' in line else None
    if report:
        yield report


def _check_stalls():
    for log in _logs:
        for report in _stalls(log):
            if not any(reason in report for reason in EXPECTED_STALLS):
                raise Stalled(report)


def main(tour):
    """Runs a tour; a missing item, or a window that stalled, is one sentence, and exit code 1."""
    try:
        tour()
        _check_stalls()
    except (Missing, Stalled) as problem:
        print('FAILED: %s' % problem, file=sys.stderr)
        sys.exit(1)
