// Somebody at another client, for tests that drive windows: signs up by the SDK, does what it is told
// (one JSON object a line on its input), and tells what came of it and what it hears, in the same form.
//   CONFAB_TEST_SERVER=ws://HOST:PORT node stranger.mjs '' NAME
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { page } from './browser.mjs';
import { KINDS } from './kinds.mjs';
import { Person } from './person.mjs';
import { Drafty, disconnectAll, send, until } from './sdkclient.mjs';

const tell = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);

const me = await Person.signUp(process.argv[3]);
const files = {};
let topic;

const listen = me.client.onMessage;
me.client.onMessage = (packet) => {
  listen(packet);
  if (packet.data) {
    tell({ heard: packet.data });
  }
};

const DEEDS = {
  /** Whom these words find. */
  async find({ words }) {
    const fnd = me.client.getFndTopic();
    await fnd.subscribe();
    await fnd.setMeta({ desc: { public: words } });
    const { sub = [] } = await me.client.getMeta('fnd', { what: 'sub' });
    return sub.map(({ user, topic: name, public: about }) => ({ uid: user ?? name, name: about?.fn }));
  },

  /** A group with these, where everything happens from now on. */
  async found({ title, members }) {
    topic = await me.found({ desc: { public: { fn: title } } });
    for (const uid of members) {
      await topic.invite(uid, 'JRWPASD');
    }
    return topic.name;
  },

  /** Brings a file to the server, for the kinds that refer to one of this `part`. */
  async upload({ part, path, mime, fields }) {
    const bytes = await readFile(path);
    const url = await me.client.getLargeFileHelper().upload(new Blob([bytes], { type: mime }));
    files[part] = { refurl: url, size: bytes.length, filename: path.split('/').at(-1), ...fields };
    return url;
  },

  async kind({ kind, about }) {
    return send(topic, KINDS[kind]({ ...about, files }));
  },

  async say({ text, head }) {
    return send(topic, Drafty.parse(text), head);
  },

  /** As the web client answers: with the quote inside, and the number in the head. */
  async reply({ to, about, words, text }) {
    const quote = Drafty.quote(about.name, about.uid, Drafty.replyContent(Drafty.parse(words), 64));
    return send(topic, Drafty.append(quote, Drafty.parse(text)), { reply: String(to) });
  },

  async replace({ seq, text }) {
    return send(topic, Drafty.parse(text), { replace: `:${seq}` });
  },

  /** Presses a button of a form or a poll. */
  async press({ seq, title, name, value }) {
    return send(topic, Drafty.attachJSON(Drafty.parse(title), { seq, resp: { [name]: value } }));
  },

  async remove({ seq }) {
    await topic.delMessages([{ low: seq, hi: seq + 1 }], true);
    return seq;
  },

  async pin({ seq }) {
    await topic.pinMessage(seq, true);
    return topic.aux('pins');
  },

  async pins() {
    await topic.getMeta(topic.startMetaQuery().withAux().build());
    return topic.aux('pins') ?? [];
  },

  /** Whether a message has gone. */
  async deleted({ seq }) {
    const message = topic.findMessage(seq);
    return !message || message._deleted === true;
  },

  /** A file of the server as the web client saves it. */
  async fetch({ ref }) {
    page.saved.length = 0;
    await me.client.getLargeFileHelper().download(ref, 'saved', 'application/octet-stream');
    await until(() => page.saved.length === 1, 'the file is saved');
    const bytes = Buffer.from(await page.saved[0].content.arrayBuffer());
    return { size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  },

  /** What the web client's parser makes of these words. */
  async parse({ text }) {
    return Drafty.parse(text);
  },
};

tell({ answer: { uid: me.uid, name: process.argv[3], kinds: Object.keys(KINDS) } });
for await (const line of createInterface({ input: process.stdin })) {
  const { deed, ...more } = JSON.parse(line);
  try {
    tell({ answer: await DEEDS[deed](more) });
  } catch (error) {
    tell({ problem: `${deed}: ${error.stack}` });
  }
}
disconnectAll();
process.exit(0);
