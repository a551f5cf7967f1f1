// Channels: few write, many read and do not see each other.
import assert from 'node:assert/strict';
import { capability, check, ours } from './capability.mjs';
import { Person } from './person.mjs';
import { contents, messagesOf, refusal, send, until } from './sdkclient.mjs';

/** Alice's channel and the name that its readers use. */
async function channel() {
  const [alice, bob, carol] = await Person.all('alice', 'bob', 'carol');
  const topic = await alice.found({ desc: { public: { fn: 'the news' } } }, true);
  return { alice, bob, carol, topic, readersName: topic.name.replace(/^grp/, 'chn') };
}

capability('channels', () => {
  check('a channel is made by nch and marked as one', async () => {
    const { alice, topic } = await channel();
    assert.match(topic.name, /^grp/);
    const { desc } = await alice.meta(topic.name, 'desc');
    assert.equal(desc.chan, true);
  });

  check('a reader joins and reads', async () => {
    const { bob, topic, readersName } = await channel();
    const read = await bob.open(readersName);
    assert.equal(read.getAccessMode().getMode(), 'JRP');
    const seq = await send(topic, 'first news');
    await until(() => contents(read).includes('first news'), 'bob reads it');
    const data = await bob.hears('data', { topic: readersName, seq });
    assert.equal(data.from, undefined); // readers do not see who wrote
  });

  ours('a reader elsewhere is told of new messages', 'others tell readers by push only', async () => {
    const { bob, topic, readersName } = await channel();
    const read = await bob.open(readersName);
    await read.leave(false);
    const seq = await send(topic, 'more news');
    await bob.hears('pres', { topic: 'me', what: 'msg', src: readersName, seq });
  });

  check('a reader does not write, delete, invite, or see others', async () => {
    const { bob, carol, topic, readersName } = await channel();
    await send(topic, 'news');
    await bob.open(readersName);
    await carol.open(readersName);
    assert.equal(await refusal(bob.publish(readersName, 'me too'), 'a reader writing'), 403);
    const deletion = bob.client.delMessages(readersName, [{ low: 1, hi: 2 }], false);
    assert.equal(await refusal(deletion, 'a reader deleting'), 405);
    const invitation = bob.client.setMeta(readersName, { sub: { user: carol.uid, mode: 'JR' } });
    assert.ok([403, 405].includes(await refusal(invitation, 'a reader inviting')));
    const meta = await bob.meta(readersName, 'sub');
    const others = (meta.sub || []).filter(({ user }) => user && user !== bob.uid);
    assert.deepEqual(others, []);
  });

  check('members write by the name of the group', async () => {
    const { alice, bob, topic, readersName } = await channel();
    const joined = await alice.bring(topic, bob, 'JRWPS');
    await send(joined, 'by bob');
    await until(() => contents(topic).includes('by bob'), 'alice reads it');
    await joined.leave(false);
    const ctrl = await bob.client.subscribe(readersName).catch((error) => error);
    assert.equal(ctrl.code, 303);
    assert.equal(ctrl.params?.topic ?? topic.name, topic.name);
  });

  check('the archive is read by pages', async () => {
    const { carol, topic, readersName } = await channel();
    for (const text of ['one', 'two', 'three']) {
      await send(topic, text);
    }
    await carol.open(readersName);
    const { seqs, list } = await messagesOf(carol.client, readersName, { limit: 2 });
    assert.deepEqual(seqs, [3, 2]);
    assert.ok(list.every(({ from }) => from === undefined));
  });

  check('readers leave, and the channel goes on', async () => {
    const { bob, topic, readersName } = await channel();
    const read = await bob.open(readersName);
    await read.leave(true);
    await send(topic, 'still here');
    assert.equal((await bob.meta('me', 'sub')).sub?.some(({ topic: name, deleted }) =>
      name === readersName && !deleted) ?? false, false);
  });

  check('a group that is no channel has no readers', async () => {
    const { alice, bob } = await channel();
    const group = await alice.found();
    const name = group.name.replace(/^grp/, 'chn');
    assert.ok([403, 404].includes(await refusal(bob.client.subscribe(name), 'a group as a channel')));
  });
});
