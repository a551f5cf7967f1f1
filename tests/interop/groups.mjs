// Groups: making, joining, describing, leaving and deleting them.
import assert from 'node:assert/strict';
import { capability, check } from './capability.mjs';
import { Person, unique } from './person.mjs';
import { contents, packets, refusal, send, until } from './sdkclient.mjs';

const cast = () => Person.all('alice', 'bob', 'carol');

capability('groups', () => {
  check('a group gets a name, an owner and a description', async () => {
    const [alice] = await cast();
    const name = alice.client.newGroupTopicName(false);
    const topic = alice.client.getTopic(name);
    const ctrl = await topic.subscribe(undefined, {
      desc: { public: { fn: 'the two' }, private: { comment: 'ours' } },
      tags: [`club:${unique}`],
    });
    assert.match(ctrl.topic, /^grp[A-Za-z0-9_-]{11}$/);
    assert.equal(ctrl.params.tmpname, name);
    assert.equal(ctrl.params.acs.getMode(), 'JRWPASDO');
    const { desc } = await alice.meta(topic.name, 'desc');
    assert.equal(desc.public.fn, 'the two');
    assert.equal(desc.private.comment, 'ours');
    assert.equal(desc.defacs.auth, 'JRWPS');
    const { tags } = await alice.meta(topic.name, 'tags');
    assert.deepEqual(tags, [`club:${unique}`]);
  });

  check('an invited member finds the group among the chats', async () => {
    const [alice, bob] = await cast();
    const topic = await alice.found({ desc: { public: { fn: 'invited' } } });
    await topic.invite(bob.uid, 'JRWPS');
    await until(() => bob.me.getContact(topic.name)?.public?.fn === 'invited', 'bob has it');
    const joined = await bob.open(topic.name);
    await send(topic, 'welcome');
    await send(joined, 'thanks');
    await until(() => contents(topic).includes('thanks'), 'alice reads the group');
    await until(() => contents(joined).includes('welcome'), 'bob reads the group');
    const { sub } = await alice.meta(topic.name, 'sub');
    assert.deepEqual(sub.map(({ user }) => user).sort(), [alice.uid, bob.uid].sort());
    assert.equal(sub.find(({ user }) => user === bob.uid).acs.getMode(), 'JRWPS');
  });

  check('everybody may join who is let in by default', async () => {
    const [alice, , carol] = await cast();
    const topic = await alice.found({ desc: { defacs: { auth: 'JRP', anon: 'N' } } });
    const joined = await carol.open(topic.name);
    assert.equal(joined.getAccessMode().getMode(), 'JRP');
    assert.equal(await refusal(carol.publish(topic.name, 'x'), 'writing without W'), 403);
    await alice.hears('pres', { topic: topic.name, what: 'acs', src: carol.uid });
  });

  check('nobody joins a closed group', async () => {
    const [alice, bob] = await cast();
    const topic = await alice.found({ desc: { defacs: { auth: 'N', anon: 'N' } } });
    assert.equal(await refusal(bob.client.subscribe(topic.name), 'a closed group'), 403);
    assert.equal(await refusal(bob.client.subscribe('grpAQIDBAUGBwg'), 'no group'), 404);
  });

  check('the owner alone describes the group, and all are told', async () => {
    const [alice, bob] = await cast();
    const topic = await alice.found({ desc: { public: { fn: 'before', note: 'kept' } } });
    await alice.bring(topic, bob, 'JRWPAS');
    const mark = bob.mark;
    await topic.setMeta({ desc: { public: { fn: 'after' } } });
    await bob.hears('pres', { topic: 'me', what: 'upd', src: topic.name }, mark);
    const { desc } = await bob.meta(topic.name, 'desc');
    assert.equal(desc.public.fn, 'after');
    const change = bob.client.setMeta(topic.name, { desc: { public: { fn: 'mine' } } });
    assert.equal(await refusal(change, 'a description by a member'), 403);
  });

  check('who leaves is out, and may come back', async () => {
    const [alice, bob] = await cast();
    const topic = await alice.found();
    const joined = await alice.bring(topic, bob, 'JRWPS');
    const mark = alice.mark;
    await joined.leave(true);
    const publish = bob.publish(topic.name, 'still here?');
    assert.equal(await refusal(publish, 'publishing after leaving'), 409);
    await until(() => packets(alice.client, 'pres', mark).some(({ topic: on, what, src }) =>
      on === topic.name && src === bob.uid && (what === 'acs' || what === 'off')), 'alice is told');
    const { sub } = await alice.meta(topic.name, 'sub');
    assert.deepEqual(sub.map(({ user }) => user), [alice.uid]);
    await bob.open(topic.name);
  });

  check('the owner cannot leave', async () => {
    const [alice] = await cast();
    const topic = await alice.found();
    assert.equal(await refusal(alice.client.leave(topic.name, true), 'the owner leaving'), 403);
  });

  check('leaving without unsubscribing only detaches', async () => {
    const [alice, bob] = await cast();
    const topic = await alice.found();
    const joined = await alice.bring(topic, bob, 'JRWPS');
    await joined.leave(false);
    const mark = bob.mark;
    const seq = await send(topic, 'while away');
    await bob.hears('pres', { topic: 'me', what: 'msg', src: topic.name, seq }, mark);
    assert.equal(packets(bob.client, 'data', mark).length, 0);
    const again = await bob.client.leave(topic.name, false);
    assert.equal(again.code, 304);
  });

  check('a member deletes the group for itself, the owner for all', async () => {
    const [alice, bob, carol] = await cast();
    const topic = await alice.found();
    await alice.bring(topic, bob, 'JRWPS');
    await alice.bring(topic, carol, 'JRWPS');
    await bob.client.delTopic(topic.name, true);
    await send(topic, 'still here');
    await topic.delTopic(true);
    await carol.hears('pres', { topic: 'me', what: 'gone', src: topic.name });
    assert.equal(await refusal(carol.client.subscribe(topic.name), 'a deleted group'), 404);
  });

  check('opening twice changes nothing', async () => {
    const [alice] = await cast();
    const topic = await alice.found();
    assert.equal((await alice.client.subscribe(topic.name)).code, 304);
  });
});
