"""What this computer keeps, as somebody who tidies up: the sizes of the chats, an account written to a
web page, a chat written to JSON, and the archive fetched again. Saves pictures in light and dark.

    scripts/virtual-desktop /usr/bin/python3 tests/e2e/storage.py BIN_DIR PICTURES_DIR
"""

import json
import os
import tempfile

import desktop


def tour():
    with (tempfile.TemporaryDirectory() as files,
          desktop.one_window('Robin Sample') as (program, shoot, _)):
        program.click('Echo', 'list item')
        program.see('Message Echo')
        program.type('Keep this well')
        program.key('Return')
        program.see_count('Keep this well', 2, 'list item')
        export_chat(program, shoot, os.path.join(files, 'echo.json'))
        storage(program, shoot, os.path.join(files, 'all.html'))


def export_chat(program, shoot, file):
    program.click('More actions')
    program.key('e')  # "Export chat…" by its mnemonic: popups are not in the tree of accessible items
    program.see('Export Echo')
    shoot('1-export')
    program.click('JSON with everything')
    save(program, file)
    shoot('2-written')
    program.key('Escape')
    with open(file) as written:
        chats = json.load(written)['chats']
    texts = [message['text'] for message in chats[0]['messages']]
    if [chat['title'] for chat in chats] != ['Echo'] or texts != ['Keep this well'] * 2:
        raise desktop.Missing('the chat in the JSON file')
    print('A chat was exported.')


def storage(program, shoot, file):
    program.key('ctrl+comma')
    program.click('Storage', 'list item')
    program.see('2 messages in all')
    shoot('3-storage')
    program.click('Export account')
    program.see('Export all chats of Robin Sample')
    save(program, file)
    program.key('Escape')
    with open(file) as written:
        if written.read().count('Keep this well') < 2:
            raise desktop.Missing('the messages in the web page')
    print('The account was exported.')

    program.click('Rebuild archive')
    program.see('Rebuild the archive?')
    shoot('4-rebuild')
    program.key('Tab', 'Return')
    program.gone('Rebuild the archive?')
    program.see('2 messages in all')
    program.click('Appearance', 'list item')
    program.click('Dark')
    program.click('Storage', 'list item')
    program.see('2 messages in all')
    shoot('5-storage-dark')
    program.key('Escape')
    program.see_count('Keep this well', 2, 'list item')
    print('The archive was fetched again.')


def save(program, file):
    program.click('Choose file…')
    program.see('File name:', 'text')
    program.key('ctrl+a')
    program.type(file)
    program.key('Return')
    program.see('All of it is in')


desktop.main(tour)
