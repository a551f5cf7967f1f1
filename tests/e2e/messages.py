"""What is done with messages, on the real program: answer, edit, react, pin, forward, delete and take it
back. Saves a picture of each step.

    scripts/virtual-desktop /usr/bin/python3 tests/e2e/messages.py BIN_DIR PICTURES_DIR
"""

import desktop


def tour():
    with desktop.one_window('Robin Sample') as (program, shoot, _):
        take(program, shoot)
    print('Messages were answered, edited, reacted to, pinned, forwarded and deleted.')


# Places in the menu of an own message of words alone.
REPLY, REACT, EDIT, FORWARD, PIN = 1, 2, 3, 6, 7
DELETE_ANSWER = 9  # it cannot be edited, and no version of it is older


def act(program, message, place):
    """Through the menu of the first message that says this."""
    program.click(message, 'list item', button=3)
    program.key(*['Down'] * place, 'Return')


def write(program, text):
    program.type(text)
    program.key('Return')


def take(program, shoot):
    program.click('Echo', 'list item')
    program.see('Message Echo')
    write(program, 'First *words*')
    program.see_count('First words', 2, 'list item')

    act(program, 'First words', REPLY)
    program.see('Reply to Robin Sample')
    program.type('An answer')
    shoot('1-reply')
    program.key('Return')
    program.see('An answer', 'list item')
    program.gone('Reply to Robin Sample')

    act(program, 'First words', EDIT)
    program.see('Edit message')
    program.key('ctrl+a')
    program.type('Second words')
    shoot('2-edit')
    program.key('Return')
    program.see('Second words, edited', 'list item')
    program.gone('Edit message')

    act(program, 'Second words', REACT)
    shoot('3-react')
    program.key('Return')  # the first emoji has the focus; popups are not in the tree of items
    program.see('\U0001F44D: You', 'list item')

    act(program, 'Second words', PIN)
    program.see('Pinned message: Second words')
    shoot('4-pinned')

    act(program, 'Second words', FORWARD)
    program.see('Forward message')
    program.type('saved')
    shoot('5-forward')
    program.key('Return')
    program.gone('Forward message')

    act(program, 'An answer', DELETE_ANSWER)
    program.click('Delete for everyone')
    program.see('Message deleted')
    shoot('6-undo')
    program.click('Undo the deletion')
    program.see('An answer', 'list item')
    program.gone('Message deleted')

    program.click('Saved messages', 'list item')
    program.see('Second words', 'list item')
    shoot('7-forwarded')


desktop.main(tour)
