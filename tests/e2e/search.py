"""Search by keyboard and mouse, as somebody who looks for an old message: over all chats and in the open one.
Saves pictures in light and dark, of a wide and of a narrow window.

    scripts/virtual-desktop /usr/bin/python3 tests/e2e/search.py BIN_DIR PICTURES_DIR
"""

import desktop


def tour():
    with desktop.one_window('Robin Sample') as (program, shoot, _):
        write(program)
        everywhere(program, shoot)
        in_chat(program, shoot)
        by_mouse(program, shoot)
        dark(program, shoot)
        narrow(program, shoot)


def write(program):
    """Two chats with something to find in both."""
    program.click('Saved messages', 'list item')
    program.see('Message', 'text')
    for text in ('The ferry leaves at nine', 'Tickets are in the blue folder', 'Call the ferry office'):
        program.type(text)
        program.key('Return')
        program.see(text, 'list item')
    program.click('Echo', 'list item')
    program.see('Message Echo')
    program.type('Is the ferry late?')
    program.key('Return')
    program.see_count('Is the ferry late?', 2, 'list item')


def everywhere(program, shoot):
    program.key('ctrl+shift+f')
    program.see('Search all messages')
    shoot('1-empty')
    program.type('blue folder')
    program.see('1 message', 'label')
    shoot('2-found')
    program.key('Return')  # opens the first hit in its chat
    program.see('Tickets are in the blue folder', 'list item')
    program.see('Call the ferry office', 'list item')
    shoot('3-in-its-place')
    program.key('Escape')  # back to the chat that was open before
    program.see('Message Echo')
    print('A message of another chat was found, shown and left again.')


def in_chat(program, shoot):
    program.key('ctrl+f')
    program.see('Search in this chat')
    program.type('ferry')
    program.see('Match 1 of 2', 'label')
    shoot('4-in-chat')
    program.key('Return')
    program.see('Match 2 of 2', 'label')
    program.key('shift+Return')
    program.see('Match 1 of 2', 'label')
    program.key('Escape')
    program.gone('Match 1 of 2', 'label')
    print('The matches of one chat were counted and gone through.')


def by_mouse(program, shoot):
    program.click('Filter chats', 'text')
    program.type('blue folder')
    program.see('Search messages for')
    shoot('10-offered')
    program.click('Search messages for')
    program.see('1 message', 'label')
    program.click('Back to the chats')
    program.click('Find in this chat')
    program.see('Search in this chat')
    program.type('late')
    program.see('Match 1 of 2', 'label')
    program.click('Find in this chat')
    program.gone('Match 1 of 2', 'label')
    program.click('Filter chats', 'text')
    program.key('Escape')
    print('The same was reached without a key.')


def dark(program, shoot):
    program.key('ctrl+comma')
    program.see('Appearance', 'list item')
    program.click('Appearance', 'list item')
    program.click('Dark')
    program.key('Escape')
    program.key('ctrl+shift+f')
    program.see('Search all messages')
    program.type('ferry')
    program.see('4 messages', 'label')
    program.key('Down', 'Down')
    shoot('5-dark')
    program.key('Escape')
    program.key('ctrl+f')
    program.see('Search in this chat')
    program.type('ferry')
    program.see('Match 1 of 2', 'label')
    shoot('6-in-chat-dark')
    program.key('Escape')


def narrow(program, shoot):
    program.resize(480, 720)
    program.key('ctrl+shift+f')
    program.see('Search all messages')
    program.type('ferry')
    program.see('4 messages', 'label')
    shoot('7-narrow')
    program.key('Return')
    program.see('Is the ferry late?', 'list item')
    shoot('8-narrow-in-its-place')
    program.key('ctrl+f')
    program.see('Search in this chat')
    program.type('late')
    program.see('Match 1 of 2', 'label')
    shoot('9-narrow-in-chat')


desktop.main(tour)
