"""Three accounts of the three kinds in one window: on this computer, on a server by its address, and a
plain WebSocket. Each keeps its own chats, and a switch shows them at once.

    scripts/virtual-desktop /usr/bin/python3 tests/e2e/accounts.py BIN_DIR PICTURES_DIR
"""

import os
from urllib.parse import urlsplit

import desktop


def tour():
    with desktop.one_window('Alex Brandt') as (program, shoot, data):
        with open(os.path.join(data, 'server', 'address')) as address:
            server = urlsplit(address.read()).netloc
        take(program, server, shoot)
    print('Three accounts have lived side by side.')


def take(program, server, shoot):
    write(program, 'Echo', 'From this computer')
    program.see_count('From this computer', 2, 'list item')

    add_account(program)
    shoot('1-adding')
    program.key('Escape')  # changed one's mind: back to the chats
    program.see('Echo', 'list item')

    add_account(program)
    program.click('Connect to a server')
    program.click('Create account', 'radio button')
    fill(program, 'Server address', server)
    fill(program, 'Your name', 'Alex at work')
    fill(program, 'Login name', 'alexwork')
    fill(program, 'Password', 'four-wise-owls', 'password text')
    shoot('2-create')
    program.key('Return')
    program.see('Accounts: Alex at work')
    write(program, 'Echo', 'From work')
    program.see_count('From work', 2, 'list item')

    add_account(program)
    program.click('plain WebSocket')
    fill(program, 'WebSocket address', 'ws://%s/echo' % server)
    fill(program, 'Your name', 'Alex plain')
    shoot('3-plain')
    program.key('Return')
    program.see('Accounts: Alex plain')
    program.click('/echo', 'list item')
    program.see('Message')
    program.type('Over a bare socket')
    program.key('Return')
    program.see('Over a bare socket', 'list item')

    program.click('Accounts')
    program.key('Down')  # the account made first
    shoot('4-menu')
    program.key('Return')
    program.see('Accounts: Alex Brandt')
    program.click('Echo', 'list item')
    program.see_count('From this computer', 2, 'list item')
    shoot('5-back')


def add_account(program):
    program.click('Accounts')
    program.key('a')  # popups are not in the tree of accessible items
    program.see('Add an account')


def fill(program, field, text, role='text'):
    program.click(field, role)
    program.key('ctrl+a')
    program.type(text)


def write(program, chat, text):
    program.click(chat, 'list item')
    program.see('Message ' + chat)
    program.type(text)
    program.key('Return')


desktop.main(tour)
