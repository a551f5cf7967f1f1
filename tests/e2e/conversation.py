"""One conversation of three: two windows of Confab, one light and one dark, and somebody at another client. Every
kind of message goes from each to the others and is compared there as a structure. Saves pictures of each kind
in both themes.

    scripts/virtual-desktop /usr/bin/python3 tests/e2e/conversation.py BIN_DIR PICTURES_DIR NODE_DIR
"""

import hashlib
import os
import subprocess
import tempfile
import time

import pyatspi

import desktop
from samples import Sound, film, png, wav
from stranger import Stranger, arguments, entity, meaning

GROUP = 'Orchard'

# What another client sends, and what is to be read of it.
SENT_BY_STRANGER = (
    ('styles', 'bold italic struck code'),
    ('lines, a link, a mention and a hashtag', 'see https://example.org'),
    ('emoji', '\U0001F469\u200D\U0001F680 up'),
    ('words to be marked', 'read the marked part'),
    ('hidden words', 'seen'),
    ('a mention of somebody', 'look here'),
    ('a quote', 'yes'),
    ('what somebody else wrote', 'worth passing on'),
    ('a form', 'Shall we go on?'),
    ('a picture on the server', 'with a caption'),
    ('a file on the server', 'plan.pdf'),
    ('a voice message on the server', 'Voice message'),
    ('a film', 'Video'),
    ('a contact', 'Alex Brandt'),
    ('a link with a preview', 'see https://example.org/garden'),
    ('a call', 'Call'),
)


class Cast:
    """Who takes part."""

    def __init__(self, bin_dir, pictures, node, data):
        self.pictures = pictures
        self.bin_dir = bin_dir
        self.data = data
        self.taken = 0
        self.alex = self._window(bin_dir, 'alex')
        desktop.start_here(self.alex, 'Alex Brandt')
        self.robin = self._window(bin_dir, 'robin')
        desktop.start_here(self.robin, 'Robin Sample')
        with open(os.path.join(data, 'server', 'address')) as address:
            self.sam = Stranger(node, address.read().strip(), 'Sam')

    def _window(self, bin_dir, profile):
        return desktop.Program(
            [os.path.join(bin_dir, 'confab'), '--data-dir', self.data, '--profile', profile],
            os.path.join(self.pictures, 'confab-%s.log' % profile))

    def end(self):
        if hasattr(self, 'sam'):
            self.sam.end()
        for window in (self.alex, self.robin):
            window.kill()

    def shoot(self, name):
        """Both windows, one light and one dark."""
        self.taken += 1
        for window, theme in ((self.robin, 'dark'), (self.alex, 'light')):
            window.raise_window()
            time.sleep(0.4)  # fades end
            window.shoot(os.path.join(self.pictures, '%02d-%s-%s.png' % (self.taken, name, theme)))


    def shoot_one(self, window, name):
        self.taken += 1
        theme = 'light' if window is self.alex else 'dark'
        time.sleep(0.3)  # fades end
        window.shoot(os.path.join(self.pictures, '%02d-%s-%s.png' % (self.taken, name, theme)))


def tour():
    bin_dir, pictures, node = arguments()
    with tempfile.TemporaryDirectory() as data:
        runtime = os.path.join(data, 'run')
        os.mkdir(runtime, 0o700)
        sound = Sound(runtime)
        cast = None
        try:
            cast = Cast(bin_dir, pictures, node, data)
            gather(cast)
            hear_everything(cast)
            say_everything(cast)
            send_files(cast, sound)
            answer_each_other(cast)
            look_closer(cast)
            follow_link(cast)
            for window in (cast.robin, cast.alex):
                window.raise_window()
                window.close()
        finally:
            if cast:
                cast.end()
            sound.end()
    print('Three have talked in every kind of message.')


def gather(cast):
    cast.robin.raise_window()
    cast.robin.key('ctrl+comma')
    cast.robin.click('Appearance', 'list item')
    cast.robin.click('Dark')
    cast.robin.key('Escape')
    found = [cast.sam.do('find', words=words)[0] for words in ('alex', 'robin')]
    cast.about = {one['name']: one for one in found}
    cast.group = cast.sam.do('found', title=GROUP, members=[one['uid'] for one in found])
    for window in (cast.alex, cast.robin):
        window.raise_window()
        window.click(GROUP, 'list item')
        window.see('Message ' + GROUP)


def hear_everything(cast):
    for part, name, make, mime, fields in (
            ('picture', 'stripes.png', lambda path: png(path, 640, 400), 'image/png', {}),
            ('file', 'plan.pdf', lambda path: open(path, 'w').write('%PDF-1.4 ' + 'x' * 150000), 'application/pdf', {}),
            ('voice', 'note.wav', lambda path: wav(path, 3), 'audio/wav', {}),
            ('film', 'card.mp4', film, 'video/mp4', {})):
        path = os.path.join(cast.data, name)
        make(path)
        if os.path.exists(path):
            cast.sam.do('upload', part=part, path=path, mime=mime, fields=fields)
    about = cast.about['Alex Brandt']
    cast.numbers = {}  # of these messages, by kind
    shown = 0
    for kind, words in SENT_BY_STRANGER:
        cast.numbers[kind] = cast.sam.do('kind', kind=kind, about=about)
        for window in (cast.alex, cast.robin):
            window.see(words, 'list item')
        shown += 1
        if shown % 5 == 0:
            cast.shoot('heard')


def rows(window, words):
    """The messages of the conversation that say this, oldest first; the list of chats has such words, too."""
    messages = next((item for item in window.items() if item.name == 'Messages'), None)
    return [] if messages is None else [
        item for item in messages if item is not None and words in (item.name or '')]


def shown(window, words):
    """The newest message of these words, wherever it stands."""
    return desktop.wait_for('the message "%s"' % words, lambda: (rows(window, words) or [None])[-1])


def act(window, words, action):
    """As a screen reader does it: by the actions that the newest message of these words offers."""
    window.raise_window()
    interface = shown(window, words).queryAction()
    names = [interface.getName(index) for index in range(interface.nActions)]
    assert action in names, '%s: %s' % (words, names)
    interface.doAction(names.index(action))


def write(window, text):
    window.raise_window()
    window.see('Message ' + GROUP)
    window.type(text)
    window.key('Return')


def seq_of(cast, words):
    return cast.sam.hears(words, lambda m: words in meaning(m.get('content', ''))[0])['seq']


def say_everything(cast):
    """Alex writes, and the other client has exactly what its own library would have made of it."""
    alex, sam = cast.alex, cast.sam
    typed = 'Some *bold* and _slanted_ and ~gone~ and `code` at https://example.org'
    write(alex, typed)
    said = sam.hears('rich text', lambda m: 'slanted' in meaning(m['content'])[0])
    assert meaning(said['content']) == meaning(sam.do('parse', text=typed)), said

    alex.type('@sam')
    alex.see('Suggestions')
    cast.shoot_one(alex, 'mention')
    alex.key('Tab')
    write(alex, 'are you with us?')
    said = sam.hears('a mention', lambda m: 'with us' in meaning(m['content'])[0])
    assert entity(said, 'MN') == {'val': sam.about['uid']}, said

    marked = cast.numbers['words to be marked']
    act(alex, 'read the marked part', 'Reply')
    alex.see('Reply to Sam')
    alex.type('It is marked indeed')
    cast.shoot_one(alex, 'reply')
    alex.key('Return')
    said = sam.hears('a reply', lambda m: 'marked indeed' in meaning(m['content'])[0])
    assert said['head']['reply'] == str(marked), said
    assert any(one[2] == 'QQ' for one in meaning(said['content'])[1]), said

    act(alex, 'slanted', 'Edit')
    alex.see('Edit message')
    alex.key('ctrl+a')
    alex.type('Some *other* words')
    alex.key('Return')
    said = sam.hears('an edit', lambda m: 'other words' in meaning(m['content'])[0])
    assert said['head']['replace'].startswith(':'), said
    alex.see('Some other words', 'list item')
    act(alex, 'Some other words', 'Earlier versions')
    alex.see('Close')
    cast.shoot_one(alex, 'versions')
    alex.key('Escape')

    act(alex, 'look here', 'Forward…')
    alex.see('Forward message')
    alex.type(GROUP)
    cast.shoot_one(alex, 'forward')
    alex.key('Return')
    said = sam.hears('what was forwarded', lambda m: meaning(m['content'])[0].startswith('\u27A6'))
    assert 'forwarded' in said['head'], said

    act(alex, 'read the marked part', 'React')
    time.sleep(0.3)
    cast.shoot_one(alex, 'react')
    alex.key('Return')
    said = sam.hears('a reaction', lambda m: 'x-confab-reaction' in m.get('head', {}))
    assert said['head']['reply'] == str(marked), said

    act(alex, 'read the marked part', 'Pin')
    alex.see('Pinned message')
    assert sam.do('pins') == [marked], sam.do('pins')

    write(alex, 'Soon gone')
    gone = seq_of(cast, 'Soon gone')
    act(alex, 'Soon gone', 'Delete')
    alex.click('Delete for everyone')
    alex.see('Message deleted')
    cast.shoot_one(alex, 'undo')
    desktop.wait_for('the deletion at the other client',
                     lambda: sam.do('deleted', seq=gone))


def attach(window, entry):
    window.raise_window()
    window.click('Attach', 'push button')
    time.sleep(0.3)
    window.key(*['Down'] * entry)


def send_files(cast, sound):
    alex, robin, sam = cast.alex, cast.robin, cast.sam
    attach(robin, 4)
    cast.shoot_one(robin, 'attach')
    robin.key('Return')
    robin.see('New poll')
    robin.type('Lunch together?')
    for answer in ('At noon', 'At one'):
        robin.key('Tab')
        robin.type(answer)
    cast.shoot_one(robin, 'poll-dialog')
    robin.key('Return')
    poll = sam.hears('a poll', lambda m: 'x-confab-poll' in m.get('head', {}))
    buttons = [one[3] for one in meaning(poll['content'])[1] if one[2] == 'BN']
    assert [one['name'] for one in buttons] == ['1', '2'], poll
    cast.poll = poll

    attach(alex, 3)
    alex.key('Return')
    alex.see('Send contact')
    alex.key('Return')
    card = sam.hears('a contact', lambda m: entity(m, 'TC') and m['from'] != sam.about['uid'])
    assert entity(card, 'TC')['fn'] == 'Echo', card

    own = lambda kind: lambda m: entity(m, kind) and m['from'] == cast.about['Alex Brandt']['uid']
    path = os.path.join(cast.data, 'garden.png')
    png(path, 1600, 1000, grain=90)
    choose(alex, 1, path)
    alex.type('The garden')
    cast.shoot_one(alex, 'send-dialog')
    alex.key('Return')
    picture = entity(sam.hears('a picture', own('IM')), 'IM')
    assert (picture['width'], picture['height']) == (1280, 800), picture
    assert sam.do('fetch', ref=picture['ref'])['size'] == picture['size'], picture

    path = os.path.join(cast.data, 'notes.txt')
    with open(path, 'w') as notes:
        notes.write('Not much. ' * 30000)
    choose(alex, 2, path)
    alex.key('Return')
    file = entity(sam.hears('a file', own('EX')), 'EX')
    assert (file['name'], file['size']) == ('notes.txt', 300000), file
    with open(path, 'rb') as notes:
        assert sam.do('fetch', ref=file['ref'])['sha256'] == hashlib.sha256(notes.read()).hexdigest()

    path = os.path.join(cast.data, 'card.mp4')
    if os.path.exists(path):
        choose(alex, 1, path)
        alex.key('Return')
        video = entity(sam.hears('a film', own('VD')), 'VD')
        assert video['mime'] == 'video/mp4' and video['width'] == 640, video
        assert 2500 < video['duration'] < 3500, video
    if sound.server:
        alex.click('Record a voice message')
        alex.see('Throw away')
        sound.wait_until_recorded(alex, 2)
        cast.shoot_one(alex, 'recording')
        alex.key('Return')
        voice = entity(sam.hears('a voice message', own('AU')), 'AU')
        assert voice['mime'] == 'audio/mp4' and voice['duration'] > 1000, voice
    cast.shoot('files')


def choose(window, entry, path):
    attach(window, entry)
    window.key('Return')
    desktop.choose_file(window, path)


def answer_each_other(cast):
    """What the other client and the second window do to messages is seen in both windows."""
    alex, robin, sam = cast.alex, cast.robin, cast.sam
    act(robin, 'Lunch together?', 'At one')
    sam.hears('an answer', lambda m: (entity(m, 'EX') or {}).get('val', {}).get('seq') == cast.poll['seq'])
    sam.do('press', seq=cast.poll['seq'], title='At noon', name='1', value=1)
    for window in (alex, robin):
        shown(window, 'At noon: 1, At one: 1')
    act(robin, 'Shall we go on?', 'Yes')
    form = cast.numbers['a form']
    said = sam.hears('an answer to the form',
                     lambda m: (entity(m, 'EX') or {}).get('val', {}).get('seq') == form)
    assert entity(said, 'EX')['val']['resp'] == {'yes': '1'}, said

    robin_said = 'Nothing more from here'
    write(robin, robin_said)
    seq = seq_of(cast, robin_said)
    sam.do('reply', to=seq, about=cast.about['Robin Sample'], words=robin_said, text='Nor from me')
    said = sam.do('say', text='A slip of the pen')
    sam.do('replace', seq=said, text='A *slip* of the keyboard')
    wrong = sam.do('say', text='Not for you')
    sam.do('say', text='\U0001F389', head={'reply': str(seq), 'x-confab-reaction': '\U0001F389'})
    for window in (alex, robin):
        for words in ('Nor from me', 'slip of the keyboard, edited', '\U0001F389: Sam', 'Not for you'):
            shown(window, words)
    sam.do('remove', seq=wrong)
    sam.do('pin', seq=said)
    for window in (alex, robin):
        desktop.wait_for('the end of a message', lambda: not rows(window, 'Not for you'))
        window.see('Pinned message 1 of 2')
    cast.shoot('end')


def look_closer(cast):
    """The lightbox, and the emoji to choose from as a screen reader finds them."""
    alex, robin = cast.alex, cast.robin
    act(alex, 'The garden', 'Open')
    alex.see('Zoom in')
    cast.shoot_one(alex, 'lightbox')
    alex.key('Escape')
    alex.gone('Zoom in')
    for window in (alex, robin):
        window.raise_window()
        window.see('Message ' + GROUP)
        window.click('Emoji (Ctrl+Shift+J)', 'push button')
        window.see('Search emoji')
        window.key('Right')
        cast.shoot_one(window, 'emoji')
        face = window.see('grinning face with big eyes', 'list item')
        desktop.wait_for('the focus on an emoji',
                         lambda: face.getState().contains(pyatspi.STATE_FOCUSED))
        window.key('Return')
        window.gone('Search emoji')
        window.key('ctrl+a', 'BackSpace')


def follow_link(cast):
    """As the desktop hands it over: to the window that is there."""
    link = 'tinode:topic/%s?seq=%d' % (cast.group, cast.numbers['words to be marked'])
    cast.alex.raise_window()
    cast.alex.click('Echo', 'list item')
    cast.alex.see('Message Echo')
    subprocess.run([os.path.join(cast.bin_dir, 'confab'), '--data-dir', cast.data, '--profile', 'alex', link],
                   check=True)
    cast.alex.see('Message ' + GROUP)
    cast.alex.see('read the marked part', 'list item')
    cast.shoot_one(cast.alex, 'link')


desktop.main(tour)
