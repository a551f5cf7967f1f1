"""Two people at one computer, each with a profile, on the same local server: they find each other,
write, and go on when the program that ran the server is killed.

    scripts/virtual-desktop /usr/bin/python3 tests/e2e/two_profiles.py BIN_DIR PICTURES_DIR
"""

import os
import sys
import tempfile

import desktop


def start(bin_dir, pictures, data, profile):
    return desktop.Program(
        [os.path.join(bin_dir, 'confab'), '--data-dir', data, '--profile', profile],
        os.path.join(pictures, 'confab-%s.log' % profile))


def tour():
    bin_dir, pictures = sys.argv[1], sys.argv[2]
    os.makedirs(pictures, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        host = start(bin_dir, pictures, data, 'a')
        desktop.start_here(host, 'Alex Brandt')
        guest = start(bin_dir, pictures, data, 'b')
        try:
            desktop.start_here(guest, 'Salma Haddad')
            talk(host, guest)
            lose_host(host, guest)
            guest.shoot(os.path.join(pictures, 'guest.png'))
            guest.close()
            come_back(bin_dir, pictures, data)
        finally:
            host.kill()
            guest.kill()
    print('Two profiles have talked, and one has outlived the other.')


def talk(host, guest):
    host.raise_window()
    host.key('ctrl+n')
    host.see('Find people')
    host.type('salma')
    host.see('Salma Haddad', 'list item')
    host.key('Return')
    host.see('Message Salma Haddad')
    host.type('Are you here?')
    host.key('Return')

    guest.raise_window()
    guest.click('Alex Brandt', 'list item')
    guest.see('Message Alex Brandt')
    guest.see('Are you here?', 'list item')
    guest.type('I am.')
    guest.key('Return')
    host.raise_window()
    host.see('I am.', 'list item')


def lose_host(host, guest):
    """The server goes down with its program; the other one takes over and nothing is lost."""
    host.kill()
    guest.raise_window()
    guest.click('Echo', 'list item')
    guest.see('Message Echo')
    guest.type('Still there?')
    guest.key('Return')
    guest.see_count('Still there?', 2, 'list item')


def come_back(bin_dir, pictures, data):
    """The next start goes straight to the chats, with what was written."""
    again = start(bin_dir, pictures, data, 'a')
    try:
        again.raise_window()
        again.click('Salma Haddad', 'list item')
        again.see('I am.', 'list item')
        again.close()
    finally:
        again.kill()


desktop.main(tour)
