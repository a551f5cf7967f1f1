// Every kind of message, made by the SDK and read by our client, and the reverse: compared as structures.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { promisify } from 'node:util';
import { capability, ours, server } from './capability.mjs';
import { KINDS, PIXEL } from './kinds.mjs';
import { PASSWORD, Person } from './person.mjs';
import { Drafty, contents, send, until } from './sdkclient.mjs';

const data = mkdtempSync(join(tmpdir(), 'confab-messages-'));
after(() => rmSync(data, { recursive: true, force: true }));

/** Our client, as somebody who uses it in scripts. */
async function confabctl(args, input) {
  const program = join(dirname(process.argv[2]), 'confabctl');
  const running = promisify(execFile)(program, ['--data-dir', data, ...args], { maxBuffer: 1 << 24 });
  running.child.stdin.end(input ?? '');
  const { stdout } = await running;
  return stdout.split('\n').filter(Boolean).map((line) => (line.startsWith('{') ? JSON.parse(line) : line));
}

/** With keys in one order, at every depth. */
function sorted(value) {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}

/** Formats in one order, each with what it refers to: the SDK repeats entities where we share them. */
function canonical(content) {
  if (typeof content === 'string') {
    return { txt: content, fmt: [] };
  }
  const fmt = (content.fmt ?? []).map(({ at = 0, len = 0, tp, key }) => {
    const entity = tp ? { tp } : content.ent[key ?? 0];
    // The SDK writes "undefined" as the address of a button that has none.
    const known = Object.entries(entity.data ?? {})
      .filter(([, value]) => value !== undefined && value !== null && value !== 'undefined');
    return JSON.stringify([at, len, entity.tp, sorted(Object.fromEntries(known))]);
  });
  return { txt: content.txt ?? '', fmt: fmt.sort() };
}

const reason = 'the client under test is ours';

capability('messages of every kind', () => {
  ours('what the SDK makes is read', reason, async () => {
    const [alice, bob] = await Person.all('alice', 'bob');
    await confabctl(['login', server.url.href, '--user', bob.login, '--password-stdin'], `${PASSWORD}\n`);
    const chat = await alice.open(bob.uid);
    const sent = [];
    const helper = alice.client.getLargeFileHelper();
    const refurl = await helper.upload(new Blob([Buffer.from(PIXEL, 'base64')], { type: 'image/png' }));
    const file = { refurl, size: 68, filename: 'some.png' };
    const about = { uid: alice.uid, name: 'Alice', files: { picture: file, file, voice: file, film: file } };
    for (const make of Object.values(KINDS)) {
      const content = make(about);
      sent.push(content);
      await send(chat, content);
    }
    const read = await confabctl(['history', alice.uid, '--json']);
    assert.equal(read.length, sent.length);
    Object.keys(KINDS).forEach((kind, i) => {
      assert.deepEqual(canonical(read[i].content ?? read[i].text), canonical(sent[i]), kind);
    });
  });

  ours('what our client makes is what the SDK would make', reason, async () => {
    const [alice, bob] = await Person.all('alice', 'bob');
    const chat = await alice.open(bob.uid);
    const typed = ['plain words', '*bold* _italic_ ~struck~ `code`', 'see https://example.org and @bob #topic',
      '\u{1F469}\u200D\u{1F680} *up* \u{1F1E9}\u{1F1EA}'];
    for (const text of typed) {
      await confabctl(['send', alice.uid, text, '--marks']);
    }
    await until(() => contents(chat).length >= typed.length
      && JSON.stringify(contents(chat).at(-1)).includes('up'), 'all has arrived');
    const heard = contents(chat).slice(-typed.length);
    typed.forEach((text, i) => {
      assert.deepEqual(canonical(heard[i]), canonical(Drafty.parse(text)), text);
      assert.ok(Drafty.isValid(heard[i]) || typeof heard[i] === 'string');
    });
  });
});
