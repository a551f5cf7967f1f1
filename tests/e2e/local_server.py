"""The server of this computer, as somebody who lets others join: open its page, share it, see the code
and that the own chats go on after the restart. Saves pictures in light and dark.

    scripts/virtual-desktop /usr/bin/python3 tests/e2e/local_server.py BIN_DIR PICTURES_DIR
"""

import desktop


def tour():
    with desktop.one_window() as (program, shoot, _):
        take(program, shoot)


def manage_accounts(program, shoot):
    program.click('Add account', 'push button')
    program.see('Name', 'text')
    program.type('Carol')
    program.key('Tab')
    program.type('carol')
    program.key('Tab')
    program.type('a secret of hers')
    shoot('4-add-account-dark')
    program.key('Return')
    program.see('Carol')
    program.click('Appearance', 'list item')
    program.click('Light')
    program.click('This computer', 'list item')
    program.click('Carol')
    shoot('5-accounts')
    program.click('Disable', 'push button')
    program.see('Enable', 'push button')
    program.click('Remove account', 'push button')
    program.see('Keep', 'push button')
    shoot('6-remove')
    program.click('Keep', 'push button')
    program.click('Invite code', 'push button')
    program.click('Make code', 'push button')
    program.see('Copy the code', 'push button')
    shoot('7-invite')
    program.key('Escape')


def take(program, shoot):
    program.raise_window()
    program.see('Start on this computer')
    program.key('Return')
    program.see('Your name')
    program.key('ctrl+a')
    program.type('Robin Sample')
    program.key('Return')
    program.see('Echo', 'list item')

    program.key('ctrl+comma')
    program.see('This computer', 'list item')
    program.click('This computer', 'list item')
    program.see('Allow others on my network to join')
    shoot('1-private')
    program.click('Allow others on my network to join')
    program.see('Data folder')
    program.see('It runs as long as Confab is open.')
    shoot('2-shared')
    program.click('Appearance', 'list item')
    program.click('Dark')
    program.click('This computer', 'list item')
    shoot('3-shared-dark')
    manage_accounts(program, shoot)
    program.key('Escape')

    program.click('Echo', 'list item')
    program.see('Message Echo')
    program.type('Still there?')
    program.key('Return')
    program.see_count('Still there?', 2, 'list item')
    print('Echo has answered after the restart.')


desktop.main(tour)
