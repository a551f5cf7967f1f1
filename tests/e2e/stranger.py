"""Somebody at another client: tests/interop/stranger.mjs, told what to do and asked what it heard."""

import json
import os
import queue
import subprocess
import sys
import threading

import desktop

SKIPPED = 77  # what ctest takes for skipped


def arguments():
    """BIN_DIR PICTURES_DIR NODE_DIR of the tour, which is skipped where the other client is missing."""
    bin_dir, pictures, node = sys.argv[1:4]
    os.makedirs(pictures, exist_ok=True)
    if not os.path.exists(os.path.join(node, 'stranger.mjs')):
        print('skipped: the other client is not in %s' % node)
        sys.exit(SKIPPED)
    return bin_dir, pictures, node


class Stranger:
    def __init__(self, node_folder, server, name):
        environment = dict(os.environ, CONFAB_TEST_SERVER=server)
        self.process = subprocess.Popen(
            ['node', os.path.join(node_folder, 'stranger.mjs'), '', name], env=environment,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.answers = queue.Queue()
        self.heard = []
        threading.Thread(target=self._listen, daemon=True).start()
        self.about = self._answer()

    def _listen(self):
        for line in self.process.stdout:
            if not line.startswith('{'):
                continue
            told = json.loads(line)
            if 'heard' in told:
                self.heard.append(told['heard'])
            else:
                self.answers.put(told)

    def _answer(self):
        try:
            told = self.answers.get(timeout=desktop.PATIENCE)
        except queue.Empty:
            raise desktop.Missing('an answer of the other client')
        if 'problem' in told:
            raise desktop.Missing('what the other client was told to do: ' + told['problem'])
        return told.get('answer')

    def do(self, deed, **more):
        self.process.stdin.write(json.dumps({'deed': deed, **more}) + '\n')
        self.process.stdin.flush()
        return self._answer()

    def hears(self, what, fits):
        """The first message heard that fits."""
        return desktop.wait_for(what + ' at the other client',
                                lambda: next((m for m in self.heard if fits(m)), None))

    def end(self):
        self.process.stdin.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def meaning(content):
    """A message's words, and its formats in one order, each with what it refers to."""
    if isinstance(content, str):
        return content, []
    formats = []
    for each in content.get('fmt', []):
        entity = content['ent'][each.get('key', 0)] if 'tp' not in each else {'tp': each['tp']}
        formats.append((each.get('at', 0), each.get('len', 0), entity['tp'], entity.get('data', {})))
    return content.get('txt', ''), sorted(formats, key=lambda one: json.dumps(one, sort_keys=True))


def entity(message, kind):
    """The data of the first entity of a kind in a message, or None."""
    content = message.get('content')
    found = content.get('ent', []) if isinstance(content, dict) else []
    return next((one.get('data', {}) for one in found if one['tp'] == kind), None)
