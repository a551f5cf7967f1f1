// Reading what was written: pages, ranges, holes.
import assert from 'node:assert/strict';
import { capability, check } from './capability.mjs';
import { Person } from './person.mjs';
import { contents, messagesOf, refusal, send, until } from './sdkclient.mjs';

const COUNT = 60;
const line = (seq) => `line ${seq}`;
const down = (from, to) => Array.from({ length: from - to + 1 }, (_, i) => from - i);

let made;

/** A group with sixty messages. */
function filled() {
  made ??= (async () => {
    const [alice, bob] = await Person.all('alice', 'bob');
    const topic = await alice.found();
    for (let seq = 1; seq <= COUNT; ++seq) {
      await send(topic, line(seq));
    }
    await alice.bring(topic, bob, 'JRWPS');
    return { alice, bob, topic, name: topic.name };
  })();
  return made;
}

async function page(query) {
  const { bob, name } = await filled();
  return messagesOf(bob.client, name, query);
}

capability('history', () => {
  check('a page holds the newest messages, newest first', async () => {
    const { seqs, end } = await page({ limit: 10 });
    assert.deepEqual(seqs, down(60, 51));
    assert.equal(end.code, 208);
    assert.deepEqual({ ...end.params }, { what: 'data', count: 10 });
  });

  check('before is exclusive', async () => {
    assert.deepEqual((await page({ before: 51, limit: 3 })).seqs, [50, 49, 48]);
  });

  check('since is inclusive', async () => {
    assert.deepEqual((await page({ since: 58 })).seqs, [60, 59, 58]);
    assert.deepEqual((await page({ since: 20, before: 23 })).seqs, [22, 21, 20]);
  });

  check('a limit takes the newest of a range', async () => {
    assert.deepEqual((await page({ since: 10, before: 20, limit: 4 })).seqs, [19, 18, 17, 16]);
  });

  check('ranges are read in one request', async () => {
    const ranges = [{ low: 5 }, { low: 10, hi: 13 }, { low: 30, hi: 32 }];
    const { seqs } = await page({ ranges, limit: 20 });
    assert.deepEqual([...seqs].sort((a, b) => a - b), [5, 10, 11, 12, 30, 31]);
  });

  check('an empty page says so', async () => {
    const { seqs, end } = await page({ since: 1000 });
    assert.deepEqual(seqs, []);
    assert.equal(end.code, 204);
    assert.equal(end.params.what, 'data');
  });

  check('messages carry who, when and what', async () => {
    const { alice, name } = await filled();
    const { list: [data] } = await page({ since: 7, before: 8 });
    assert.equal(data.topic, name);
    assert.equal(data.from, alice.uid);
    assert.equal(data.content, line(7));
    assert.ok(data.ts instanceof Date);
  });

  check('the client fills holes until it has all', async () => {
    const { bob, name } = await filled();
    const reader = await bob.again();
    const topic = reader.client.getTopic(name);
    await topic.subscribe(topic.startMetaQuery().withDesc().withData(undefined, undefined, 10).build());
    await until(() => topic.messageCount() === 10, 'the newest page is there');
    assert.equal(contents(topic)[0], line(51));
    // A page from the middle leaves a hole on both sides.
    await topic.getMeta(topic.startMetaQuery().withData(20, 25, 10).build());
    await until(() => topic.messageCount() === 15, 'a page from the middle is there');
    assert.ok(topic.msgHasMoreMessages(1, topic.maxMsgSeq(), false).length >= 2);
    while (topic.messageCount() < COUNT) {
      const holes = topic.msgHasMoreMessages(1, topic.maxMsgSeq() + 1, false);
      const before = topic.messageCount();
      await topic.getMeta(topic.startMetaQuery().withDataRanges(holes, 24).build());
      await until(() => topic.messageCount() > before, 'a hole is smaller');
    }
    assert.deepEqual(contents(topic), down(COUNT, 1).reverse().map(line));
  });

  check('who joins late reads what was written before', async () => {
    const { topic } = await filled();
    const [carol] = await Person.all('carol');
    const joined = await carol.open(topic.name);
    await until(() => joined.messageCount() === 24, 'the newest page is there');
  });

  check('without the right to read there is no page', async () => {
    const [alice, bob] = await Person.all('alice', 'bob');
    const topic = await alice.found();
    await send(topic, 'secret');
    await topic.invite(bob.uid, 'JW');
    await bob.client.subscribe(topic.name);
    const answer = await messagesOf(bob.client, topic.name, { limit: 5 }).catch((error) => error);
    assert.ok([204, 403].includes(answer.code ?? answer.end.code));
    assert.ok(!bob.client.heard.some(({ data }) => data?.topic === topic.name));
  });

  check('nobody reads a topic without being in it', async () => {
    const { topic } = await filled();
    const stranger = await Person.signUp('stranger');
    const read = messagesOf(stranger.client, topic.name, { limit: 5 });
    assert.ok([403, 409].includes(await refusal(read, 'reading from outside')));
  });
});
