"""Messages as somebody without a pointer, or without eyes, uses them: a list of sentences with states and
actions; keys on the focused one; several chosen at once; compact rows. Also with the pointer, and after
another start. Saves pictures in both densities and themes.

    scripts/virtual-desktop /usr/bin/python3 tests/e2e/message_list.py BIN_DIR PICTURES_DIR
"""

import os
import sys
import tempfile

import pyatspi

import desktop

WORDS = ('First of all', 'Second thought', 'Third time lucky')


def tour():
    bin_dir, pictures = sys.argv[1], sys.argv[2]
    os.makedirs(pictures, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        program = desktop.Program(
            [os.path.join(bin_dir, 'confab'), '--data-dir', data],
            os.path.join(pictures, 'confab.log'))
        try:
            shoot = lambda name: program.shoot(os.path.join(pictures, name + '.png'))
            desktop.start_here(program, 'Robin Sample')
            write(program)
            read_aloud(program)
            act(program, shoot)
            choose(program, shoot)
            point(program, shoot)
            go_to_date(program, shoot)
            compact(program, shoot)
            program.close()
        finally:
            program.kill()
        open_again(bin_dir, data, os.path.join(pictures, 'again.log'))
    tell_counts(os.path.join(pictures, 'confab.log'))


def write(program):
    program.click('Saved messages', 'list item')
    program.see('Message', 'text')
    for text in WORDS:
        program.type(text)
        program.key('Return')
        program.see(text, 'list item')


def messages(program):
    return next(item for item in program.items() if item.name == 'Messages')


def row(program, words):
    return next((item for item in messages(program) if item is not None and words in (item.name or '')), None)


def actions_of(item):
    action = item.queryAction()
    return [action.getName(index) for index in range(action.nActions)]


def read_aloud(program):
    """The conversation is a list; each item is one sentence with who, when, what and how far it came."""
    view = messages(program)
    assert view.getRoleName() == 'list', view.getRoleName()
    for words in WORDS:
        item = row(program, words)
        assert item.getRoleName() == 'list item', item.getRoleName()
        assert item.name.startswith('You, ') and words in item.name, item.name
        names = actions_of(item)
        assert 'Copy text' in names and 'Select' in names, names
    print('Each message is one sentence with its actions: %s' % ', '.join(actions_of(row(program, WORDS[0]))))


def act(program, shoot):
    """Focus by keyboard, and the menu of the message that has it."""
    program.key('shift+Tab', 'shift+Tab')
    item = row(program, WORDS[0])
    action = item.queryAction()
    names = actions_of(item)
    action.doAction(names.index('SetFocus') if 'SetFocus' in names else 0)
    desktop.wait_for('the focus on a message',
                     lambda: row(program, WORDS[0]).getState().contains(pyatspi.STATE_FOCUSED))
    shoot('1-focused')
    program.key('Menu')
    shoot('2-menu')
    program.key('Down', 'Return')  # "Reply"; popups are not in the tree of items
    program.see('Reply to Robin Sample')
    program.key('Escape')
    program.gone('Reply to Robin Sample')
    print('A focused message has its menu on the Menu key.')


def choose(program, shoot):
    item = row(program, WORDS[0])
    item.queryAction().doAction(actions_of(item).index('Select'))
    program.see('1 chosen', 'label')
    program.key('Down', 'space', 'shift+Down')
    program.see('3 chosen', 'label')
    shoot('3-choosing')
    program.key('Escape')
    program.gone('3 chosen', 'label')
    print('Several messages were chosen by keyboard.')


def point(program, shoot):
    program.click(WORDS[1], 'list item')
    shoot('4-hover')


def go_to_date(program, shoot):
    program.click('More actions', 'push button')
    program.key('g')  # "Go to date…"
    shoot('5-date')
    program.key('Escape')


def compact(program, shoot):
    program.key('ctrl+comma')
    program.click('Appearance', 'list item')
    program.click('Compact rows')
    shoot('6-appearance')
    program.key('Escape')
    program.see(WORDS[2], 'list item')
    shoot('7-compact')
    program.key('ctrl+comma')
    program.click('Appearance', 'list item')
    program.click('Dark')
    program.key('Escape')
    program.see(WORDS[2], 'list item')
    shoot('8-compact-dark')


def open_again(bin_dir, data, log):
    """What was written last can be read before anybody is connected to."""
    program = desktop.Program([os.path.join(bin_dir, 'confab'), '--data-dir', data], log)
    try:
        program.see(WORDS[2], 'list item')
        told = lambda: open(log, errors='replace').read()
        desktop.wait_for('the connection', lambda: 'socket: opening' in told())
        program.close()
    finally:
        program.kill()
    readable, connecting = (told().index(line) for line in ('first messages are on', 'socket: opening'))
    assert readable < connecting, 'connected before the messages were shown'
    print('After another start the messages stood there before the connection.')


def tell_counts(log):
    """The program counts what it does; the last line says how much of it there was."""
    with open(log, errors='replace') as lines:
        counted = [line for line in lines if 'layouts' in line and 'stalls' in line]
    assert counted, 'nothing was counted'
    print(counted[-1].strip())


desktop.main(tour)
