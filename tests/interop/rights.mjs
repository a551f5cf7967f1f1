// Rights in groups and chats: who may invite, approve, ban, evict and own.
import assert from 'node:assert/strict';
import { capability, check } from './capability.mjs';
import { Person, twoInChat } from './person.mjs';
import { refusal, send, until } from './sdkclient.mjs';

const cast = () => Person.all('alice', 'bob', 'carol');

async function group(setParams) {
  const [alice, bob, carol] = await cast();
  const topic = await alice.found(setParams);
  return { alice, bob, carol, topic, name: topic.name };
}

const setMode = (person, name, mode, user) =>
  person.client.setMeta(name, { sub: { user, mode } });

async function acsOf(person, name, user) {
  const { sub } = await person.meta(name, 'sub');
  return sub.find((entry) => entry.user === user)?.acs;
}

capability('rights', () => {
  check('an invitation is answered with the rights that it gave', async () => {
    const { alice, bob, name } = await group();
    const ctrl = await setMode(alice, name, 'JRWP', bob.uid);
    assert.equal(ctrl.params.user, bob.uid);
    const acs = await acsOf(alice, name, bob.uid);
    assert.equal(acs.getGiven(), 'JRWP');
  });

  check('a wish for more waits for approval', async () => {
    const { alice, bob, topic, name } = await group();
    await alice.bring(topic, bob, 'JRP');
    const mark = alice.mark;
    await setMode(bob, name, 'JRWP');
    await alice.hears('pres', { topic: name, what: 'acs', src: bob.uid }, mark);
    assert.equal(await refusal(bob.publish(name, 'too early'), 'writing before approval'), 403);
    const told = bob.mark;
    await setMode(alice, name, 'JRWP', bob.uid);
    await bob.hears('pres', { topic: name, what: 'acs' }, told);
    assert.equal((await bob.publish(name, 'now')).code, 202);
  });

  check('rights are taken back', async () => {
    const { alice, bob, topic, name } = await group();
    await alice.bring(topic, bob, 'JRWPS');
    await setMode(alice, name, 'JRP', bob.uid);
    assert.equal(await refusal(bob.publish(name, 'x'), 'writing without W'), 403);
  });

  check('the same rights again change nothing', async () => {
    const { alice, bob, topic, name } = await group();
    await alice.bring(topic, bob, 'JRWPS');
    const ctrl = await setMode(alice, name, 'JRWPS', bob.uid);
    assert.equal(ctrl.code, 304);
  });

  check('who is banned is put out and stays out', async () => {
    const { alice, bob, topic, name } = await group();
    await alice.bring(topic, bob, 'JRWPS');
    const mark = bob.mark;
    await setMode(alice, name, 'N', bob.uid);
    await bob.hears('ctrl', { topic: name, code: 205 }, mark);
    assert.equal(await refusal(bob.client.subscribe(name), 'a banned member'), 403);
  });

  check('who is evicted is put out and told', async () => {
    const { alice, bob, topic, name } = await group();
    await alice.bring(topic, bob, 'JRWPS');
    const mark = bob.mark;
    await alice.client.delSubscription(name, bob.uid);
    const ctrl = await bob.hears('ctrl', { topic: name, code: 205 }, mark);
    assert.equal(ctrl.params.unsub, true);
    await bob.hears('pres', { topic: 'me', what: 'gone', src: name }, mark);
    assert.equal(await acsOf(alice, name, bob.uid), undefined);
  });

  check('only approvers evict and ban', async () => {
    const { alice, bob, carol, topic, name } = await group();
    await alice.bring(topic, bob, 'JRWPS');
    await alice.bring(topic, carol, 'JRWPS');
    assert.equal(await refusal(bob.client.delSubscription(name, carol.uid), 'evicting'), 403);
    assert.equal(await refusal(setMode(bob, name, 'N', carol.uid), 'banning'), 403);
    await setMode(alice, name, 'JRWPAS', bob.uid);
    await setMode(bob, name, 'JRWPAS');
    assert.ok((await bob.client.delSubscription(name, carol.uid)).code < 300);
  });

  check('nobody evicts the owner', async () => {
    const { alice, bob, topic, name } = await group();
    await alice.bring(topic, bob, 'JRWPASD');
    assert.equal(await refusal(bob.client.delSubscription(name, alice.uid), 'it'), 403);
    assert.equal(await refusal(setMode(bob, name, 'JR', alice.uid), 'it'), 403);
  });

  check('sharers invite', async () => {
    const { alice, bob, carol, topic, name } = await group();
    await alice.bring(topic, bob, 'JRWPS');
    const ctrl = await setMode(bob, name, '', carol.uid);
    assert.ok(ctrl.code < 300);
    assert.ok(await acsOf(alice, name, carol.uid));
  });

  check('others do not invite', async () => {
    const { alice, bob, carol, topic, name } = await group();
    await alice.bring(topic, bob, 'JRWP');
    assert.equal(await refusal(setMode(bob, name, 'JRWP', carol.uid), 'inviting'), 403);
  });

  check('the owner hands the group over', async () => {
    const { alice, bob, topic, name } = await group();
    await alice.bring(topic, bob, 'JRWPS');
    const mark = bob.mark;
    await setMode(alice, name, 'JRWPASDO', bob.uid);
    await bob.hears('pres', { topic: name, what: 'acs' }, mark);
    assert.ok(topic.getAccessMode().isOwner());
    await setMode(bob, name, 'JRWPASDO');
    await bob.client.setMeta(name, { desc: { public: { fn: 'mine now' } } });
    const change = alice.client.setMeta(name, { desc: { public: { fn: 'mine still' } } });
    assert.equal(await refusal(change, 'the former owner describing'), 403);
  });

  check('nobody takes a group by wishing', async () => {
    const { alice, bob, topic, name } = await group();
    await alice.bring(topic, bob, 'JRWPS');
    await setMode(bob, name, 'JRWPASDO').catch(() => {});
    const change = bob.client.setMeta(name, { desc: { public: { fn: 'mine' } } });
    assert.equal(await refusal(change, 'a description by a member'), 403);
  });

  check('who blocks a chat is not written to until it comes back', async () => {
    const [alice, bob, ab] = await twoInChat();
    await send(ab, 'hello');
    const mark = alice.mark;
    await setMode(bob, alice.uid, 'N');
    await alice.hears('pres', { what: 'acs' }, mark);
    const seq = await send(ab, 'do you hear me?');
    const { desc } = await bob.meta('me', 'desc'); // comes after what must not come
    assert.ok(desc);
    assert.ok(!bob.client.heard.some(({ data }) => data?.seq === seq && data.topic === alice.uid));
    const ctrl = await bob.client.subscribe(alice.uid, {}, { sub: { mode: 'JRWPA' } });
    assert.ok(ctrl.code < 300);
    assert.equal((await bob.publish(alice.uid, 'back')).code, 202);
  });

  check('defaults for newcomers are changed by the owner', async () => {
    const { alice, bob, carol, topic, name } = await group();
    await topic.setMeta({ desc: { defacs: { auth: 'JR', anon: 'N' } } });
    const { desc } = await alice.meta(name, 'desc');
    assert.equal(desc.defacs.auth, 'JR');
    const joined = await bob.open(name);
    assert.equal(joined.getAccessMode().getMode(), 'JR');
    const change = bob.client.setMeta(name, { desc: { defacs: { auth: 'JRWPASD' } } });
    assert.equal(await refusal(change, 'defaults by a member'), 403);
    assert.ok(carol);
  });

  check('senseless rights are refused', async () => {
    const { alice, bob, name } = await group();
    for (const mode of ['JQZ', '+W']) {
      assert.equal(await refusal(setMode(alice, name, mode, bob.uid), mode), 400);
    }
  });

  check('a group asks nobody about strangers', async () => {
    const { alice, name } = await group();
    assert.equal(await refusal(setMode(alice, name, 'JRWP', 'usrAQIDBAUGBwg'), 'nobody'), 404);
  });

  check('silence is kept: a muted member hears of nothing elsewhere', async () => {
    const { alice, bob, topic, name } = await group();
    const joined = await alice.bring(topic, bob, 'JRWPS');
    await setMode(bob, name, 'JRWS');
    await joined.leave(false);
    const mark = bob.mark;
    const seq = await send(topic, 'psst');
    await until(() => topic.maxMsgSeq() === seq, 'it is stored');
    await bob.meta('me', 'desc');
    assert.ok(!bob.client.heard.slice(mark).some(({ pres }) => pres?.what === 'msg' && pres.src === name));
  });
});
