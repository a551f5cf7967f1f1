// Deleting messages for oneself and for all.
import assert from 'node:assert/strict';
import { capability, check, ours } from './capability.mjs';
import { Person, twoInChat } from './person.mjs';
import { contents, messagesOf, refusal, send, until } from './sdkclient.mjs';

/** A group of alice's with bob and so many messages in it. */
async function filled(count, mode = 'JRWPS') {
  const [alice, bob] = await Person.all('alice', 'bob');
  const topic = await alice.found();
  const joined = await alice.bring(topic, bob, mode);
  for (let i = 1; i <= count; ++i) {
    await send(topic, `m${i}`);
  }
  await until(() => contents(joined).length === count, 'bob has all');
  return { alice, bob, topic, joined, name: topic.name };
}

const left = async (person, name) =>
  (await messagesOf(person.client, name, { limit: 50 })).seqs.sort((a, b) => a - b);

const deletions = async (person, name, since = 0) => {
  const { del } = await person.meta(name, 'del', since ? { del: { since } } : {});
  return del?.delseq ?? [];
};

capability('deletion', () => {
  check('a soft deletion is for oneself', async () => {
    const { alice, bob, topic, name } = await filled(4);
    const phone = await alice.again();
    const ctrl = await topic.delMessages([{ low: 2, hi: 4 }], false);
    assert.ok(ctrl.params.del > 0);
    assert.deepEqual(await left(alice, name), [1, 4]);
    assert.deepEqual(await left(bob, name), [1, 2, 3, 4]);
    assert.deepEqual(await deletions(alice, name), [{ low: 2, hi: 4 }]);
    assert.deepEqual(await deletions(bob, name), []);
    await phone.hears('pres', { topic: 'me', what: 'del', src: name });
  });

  check('a hard deletion is for all', async () => {
    const { alice, bob, topic, joined, name } = await filled(3);
    const mark = bob.mark;
    await topic.delMessages([{ low: 2 }], true);
    const pres = await bob.hears('pres', { topic: name, what: 'del' }, mark);
    assert.equal(pres.delseq[0].low, 2);
    await until(() => !contents(joined).includes('m2'), 'it is gone for bob');
    assert.deepEqual(await left(alice, name), [1, 3]);
    assert.deepEqual(await left(bob, name), [1, 3]);
    assert.equal((await deletions(bob, name))[0].low, 2);
  });

  check('who is elsewhere learns of a hard deletion later', async () => {
    const { bob, topic, joined, name } = await filled(2);
    await joined.leave(false);
    const mark = bob.mark;
    await topic.delMessages([{ low: 1 }], true);
    await bob.hears('pres', { topic: 'me', what: 'del', src: name }, mark);
    await bob.client.subscribe(name);
    assert.deepEqual(await left(bob, name), [2]);
  });

  check('without the right to delete for all it is for oneself', async () => {
    const { alice, bob, joined, name } = await filled(2, 'JRWPS');
    await joined.delMessages([{ low: 1 }], true);
    assert.deepEqual(await left(bob, name), [2]);
    assert.deepEqual(await left(alice, name), [1, 2]);
  });

  check('with that right a member deletes for all', async () => {
    const { alice, joined, name } = await filled(2, 'JRWPSD');
    await joined.delMessages([{ low: 1 }], true);
    assert.deepEqual(await left(alice, name), [2]);
  });

  check('everything is deleted at once', async () => {
    const { alice, bob, topic, name } = await filled(5);
    await topic.delMessagesAll(true);
    assert.deepEqual(await left(alice, name), []);
    assert.deepEqual(await left(bob, name), []);
    assert.equal(await send(topic, 'afresh'), 6);
  });

  ours('several ranges are deleted exactly', 'upstream merges neighbouring ranges wrongly',
    async () => {
      const { alice, topic, name } = await filled(9);
      await alice.client.delMessages(name, [{ low: 1, hi: 4 }, { low: 5 }, { low: 7, hi: 9 }], true);
      assert.deepEqual(await left(alice, name), [4, 6, 9]);
      assert.deepEqual(await deletions(alice, name),
        [{ low: 1, hi: 4 }, { low: 5 }, { low: 7, hi: 9 }]);
      await topic.leave(false);
    });

  check('deletions are numbered, and asked for from a number on', async () => {
    const { alice, topic, name } = await filled(4);
    const first = await topic.delMessages([{ low: 1 }], true);
    const second = await topic.delMessages([{ low: 3 }], true);
    assert.ok(second.params.del > first.params.del);
    const later = await deletions(alice, name, second.params.del);
    assert.deepEqual(later.map(({ low }) => low), [3]);
    const { desc } = await alice.meta(name, 'desc');
    assert.equal(desc.clear, second.params.del);
    assert.equal(desc.seq, 4);
  });

  check('in a chat of two both can delete', async () => {
    const [alice, bob, ab, ba] = await twoInChat();
    const seq = await send(ab, 'for nobody');
    await until(() => contents(ba).includes('for nobody'), 'bob has it');
    await ab.delMessages([{ low: seq }], false);
    assert.ok(contents(ba).includes('for nobody'));
    const query = { since: seq };
    assert.deepEqual((await messagesOf(alice.client, bob.uid, query)).seqs, []);
    assert.deepEqual((await messagesOf(bob.client, alice.uid, query)).seqs, [seq]);
  });

  check('senseless ranges are refused', async () => {
    const { alice, name } = await filled(2);
    for (const range of [{ low: -1, hi: 2 }, { low: 3, hi: 1 }]) {
      const deletion = alice.client.delMessages(name, [range], true);
      assert.equal(await refusal(deletion, JSON.stringify(range)), 400);
    }
    assert.deepEqual(await left(alice, name), [1, 2]);
  });

  check('nobody deletes where it is not attached', async () => {
    const { bob, joined, name } = await filled(1);
    await joined.leave(false);
    assert.equal(await refusal(bob.client.delMessages(name, [{ low: 1 }], false), 'it'), 409);
  });
});
