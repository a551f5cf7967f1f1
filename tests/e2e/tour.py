"""The first-run tour, as a new person would take it: start on this computer, write to Echo, read the
answer. Saves a picture of each step. Exit code 0 only if the answer arrived.

    scripts/virtual-desktop /usr/bin/python3 tests/e2e/tour.py BIN_DIR PICTURES_DIR
"""

import desktop


def tour():
    with desktop.one_window() as (program, shoot, _):
        take(program, shoot)


def take(program, shoot):
    program.raise_window()
    program.see('Start on this computer')
    shoot('1-first-run')
    program.key('Return')  # the first choice has the focus

    program.see('Your name')
    program.key('ctrl+a')
    program.type('Robin Sample')
    shoot('2-name')
    program.key('Return')

    program.see('Echo', 'list item')
    program.see('Saved messages', 'list item')
    shoot('3-chats')
    program.click('Echo', 'list item')

    program.see('Message Echo')
    program.type('Is anybody there?')
    program.key('Return')
    # One is ours, the other the answer; both are rows of the conversation.
    program.see_count('Is anybody there?', 2, 'list item')
    shoot('4-answer')
    print('Echo has answered.')


desktop.main(tour)
