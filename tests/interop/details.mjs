// What belongs to a topic or an account besides messages: private notes, tags, pins.
import assert from 'node:assert/strict';
import { capability, check, ours } from './capability.mjs';
import { Person, twoInChat, unique } from './person.mjs';
import { Tinode, refusal, send, until } from './sdkclient.mjs';

const descOf = async (person, topic) => (await person.meta(topic, 'desc')).desc;

capability('details', () => {
  check('private notes are for oneself', async () => {
    const [alice, bob, ab] = await twoInChat();
    await ab.setMeta({ desc: { private: { comment: 'owes me a book' } } });
    assert.equal((await descOf(alice, bob.uid)).private.comment, 'owes me a book');
    assert.equal((await descOf(bob, alice.uid)).private?.comment, undefined);
  });

  ours('the list of chats holds private notes', 'upstream leaves them out until it has reloaded',
    async () => {
      const [alice, bob, ab] = await twoInChat();
      await ab.setMeta({ desc: { private: { comment: 'lent me a book' } } });
      const { sub } = await alice.meta('me', 'sub');
      assert.equal(sub.find(({ topic }) => topic === bob.uid).private.comment, 'lent me a book');
    });

  check('notes are merged, and deleted one by one', async () => {
    const [alice, bob, ab] = await twoInChat();
    await ab.setMeta({ desc: { private: { comment: 'a friend', colour: 'red' } } });
    await ab.setMeta({ desc: { private: { colour: Tinode.DEL_CHAR } } });
    const { private: notes } = await descOf(alice, bob.uid);
    assert.equal(notes.comment, 'a friend');
    assert.equal(notes.colour, undefined);
  });

  check('a chat is archived and fetched back, on all connections', async () => {
    const [alice, bob, ab] = await twoInChat();
    const phone = await alice.again();
    await ab.archive(true);
    await phone.hears('pres', { topic: 'me', what: 'upd', src: bob.uid });
    assert.equal((await descOf(alice, bob.uid)).private.arch, true);
    await ab.archive(false);
    assert.equal((await descOf(alice, bob.uid)).private.arch, undefined);
  });

  check('chats are pinned to the top of the list', async () => {
    const [alice, bob] = await twoInChat();
    await alice.me.pinTopic(bob.uid, true);
    assert.deepEqual((await descOf(alice, 'me')).private.tpin, [bob.uid]);
    assert.equal(alice.me.pinnedTopicRank(bob.uid), 1);
  });

  check('messages are pinned for all by those who may', async () => {
    const [alice, bob] = await Person.all('alice', 'bob');
    const topic = await alice.found();
    const joined = await alice.bring(topic, bob, 'JRWPS');
    const seq = await send(topic, 'important');
    await topic.pinMessage(seq, true);
    await bob.hears('pres', { topic: topic.name, what: 'aux' });
    await until(() => joined.aux('pins')?.includes(seq), 'bob sees the pin');
    assert.equal(await refusal(bob.client.setMeta(topic.name, { aux: { pins: [1] } }), 'it'), 403);
    const mark = bob.mark;
    await topic.pinMessage(seq, false);
    await bob.hears('pres', { topic: topic.name, what: 'aux' }, mark);
    const { aux } = await bob.meta(topic.name, 'aux');
    assert.equal(aux?.pins, undefined);
  });

  check('tags are set as a whole', async () => {
    const [alice] = await Person.all('alice');
    const reserved = (await alice.meta('me', 'tags')).tags.filter((tag) => tag.startsWith('basic:'));
    const wanted = [...reserved, `red:${unique}`, `blue:${unique}`];
    await alice.me.setMeta({ tags: wanted });
    assert.deepEqual((await alice.meta('me', 'tags')).tags.sort(), [...wanted].sort());
    await alice.me.setMeta({ tags: [...reserved, `blue:${unique}`] });
    assert.deepEqual((await alice.meta('me', 'tags')).tags.sort(), [...reserved, `blue:${unique}`].sort());
  });

  check('the tag of a login is not given away', async () => {
    const [alice, bob] = await Person.all('alice', 'bob');
    const { tags } = await alice.meta('me', 'tags');
    const without = alice.client.setMeta('me', { tags: tags.filter((tag) => !tag.startsWith('basic:')) });
    assert.equal(await refusal(without, 'a login without its tag'), 403);
    const more = alice.client.setMeta('me', { tags: [...tags, `basic:${bob.login}x`] });
    assert.equal(await refusal(more, 'the tag of another login'), 403);
  });

  check('the owner alone tags a group', async () => {
    const [alice, bob] = await Person.all('alice', 'bob');
    const topic = await alice.found({ tags: [`first:${unique}`] });
    await alice.bring(topic, bob, 'JRWPS');
    await topic.setMeta({ tags: [`second:${unique}`] });
    assert.deepEqual((await alice.meta(topic.name, 'tags')).tags, [`second:${unique}`]);
    const change = bob.client.setMeta(topic.name, { tags: [`third:${unique}`] });
    assert.equal(await refusal(change, 'tags by a member'), 403);
  });

  check('what is unchanged is not sent again', async () => {
    const [alice, bob, ab] = await twoInChat();
    await send(ab, 'something');
    const { desc } = await alice.meta(bob.uid, 'desc');
    const later = new Date(Math.max(desc.updated, desc.created) + 1000).toISOString();
    const again = await alice.meta(bob.uid, 'desc', { desc: { ims: later } });
    assert.equal(again.desc.public, undefined);
    assert.equal(typeof again.desc.seq, 'number');
  });

  check('the list of chats tells what is new in each', async () => {
    const [alice, bob, ab] = await twoInChat();
    const seq = await send(ab, 'unread');
    const { sub } = await bob.meta('me', 'sub');
    const entry = sub.find(({ topic }) => topic === alice.uid);
    assert.equal(entry.seq, seq);
    assert.ok((entry.read ?? 0) < seq);
    assert.equal(entry.public.fn, 'alice');
    assert.ok(entry.touched instanceof Date);
  });

  check('a chat that was left is told as deleted to who asks for changes', async () => {
    const [alice, bob] = await Person.all('alice', 'bob');
    const topic = await alice.found();
    const since = new Date(Date.now() - 60_000).toISOString();
    const joined = await alice.bring(topic, bob, 'JRWPS');
    await joined.leave(true);
    const { sub } = await bob.meta('me', 'sub', { sub: { ims: since } });
    const entry = sub.find((one) => one.topic === topic.name);
    assert.ok(entry?.deleted instanceof Date);
  });
});
