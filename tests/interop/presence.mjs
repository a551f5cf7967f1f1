// Who is here, and who is told what.
import assert from 'node:assert/strict';
import { capability, check } from './capability.mjs';
import { Person, twoInChat } from './person.mjs';
import { packets, send, until } from './sdkclient.mjs';

capability('presence', () => {
  check('coming and going is told to partners', async () => {
    const [alice, bob] = await twoInChat();
    const phone = await Person.signUp('traveller');
    const chat = await phone.open(alice.uid);
    await send(chat, 'hello');
    await alice.open(phone.uid);
    const { uid } = phone;
    const away = alice.mark;
    const token = phone.client.getAuthToken();
    phone.go();
    await alice.hears('pres', { topic: 'me', what: 'off', src: uid }, away);
    const back = alice.mark;
    phone.client.setAuthToken(token);
    const again = await phone.again();
    assert.equal(again.uid, uid);
    await alice.hears('pres', { topic: 'me', what: 'on', src: uid }, back);
    await until(() => alice.me.getContact(uid).online, 'the traveller is shown as online');
    assert.ok(bob.me.getContact(alice.uid).online);
  });

  check('a second connection is not a second coming', async () => {
    const [alice, bob, , ba] = await twoInChat();
    const mark = alice.mark;
    const phone = await bob.again();
    await phone.open(alice.uid);
    phone.go();
    const seq = await send(ba, 'still here');
    await alice.hears('data', { seq }, mark);
    assert.deepEqual(packets(alice.client, 'pres', mark)
      .filter(({ what, src }) => src === bob.uid && (what === 'on' || what === 'off')), []);
  });

  check('members of a group see who is in it', async () => {
    const [alice, bob] = await Person.all('alice', 'bob');
    const topic = await alice.found();
    const mark = alice.mark;
    const joined = await alice.bring(topic, bob, 'JRWPS');
    await alice.hears('pres', { topic: topic.name, what: 'on', src: bob.uid }, mark);
    const { sub } = await alice.meta(topic.name, 'sub');
    assert.equal(sub.find(({ user }) => user === bob.uid).online, true);
    await joined.leave(false);
    await alice.hears('pres', { topic: topic.name, what: 'off', src: bob.uid }, mark);
  });

  check('a new profile is told to partners and to the own connections', async () => {
    const [alice, bob] = await twoInChat();
    const phone = await bob.again();
    const mark = alice.mark;
    await bob.me.setMeta({ desc: { public: { fn: 'bob', note: `at work ${mark}` } } });
    await alice.hears('pres', { topic: 'me', what: 'upd', src: bob.uid }, mark);
    await phone.hears('pres', { topic: 'me', what: 'upd', src: 'me' });
    await until(() => alice.me.getContact(bob.uid).public?.note === `at work ${mark}`,
      'alice sees the new note');
  });

  check('an invitation tells of the new chat', async () => {
    const [alice, bob] = await Person.all('alice', 'bob');
    const topic = await alice.found({ desc: { public: { fn: 'party' } } });
    await topic.invite(bob.uid, 'JRWPS');
    const { dacs } = await bob.hears('pres', { topic: 'me', what: 'acs', src: topic.name });
    assert.ok(dacs.given.includes('JRWPS'));
  });

  check('a message elsewhere names its author, except to that one', async () => {
    const [alice, bob, ab] = await twoInChat();
    const phone = await alice.again();
    const desk = await bob.again();
    const seq = await send(ab, 'from the desk');
    const toBob = await desk.hears('pres', { topic: 'me', what: 'msg', src: alice.uid, seq });
    assert.equal(toBob.act, alice.uid);
    const own = await phone.hears('pres', { topic: 'me', what: 'msg', src: bob.uid, seq });
    assert.equal(own.act, undefined);
  });

  check('who hides is not seen', async () => {
    const [alice] = await Person.all('alice');
    const ghost = await Person.signUp('ghost');
    await ghost.open(alice.uid);
    await alice.open(ghost.uid);
    const mark = alice.mark;
    await ghost.me.setMeta({ sub: { mode: 'JS' } });
    await alice.hears('pres', { topic: 'me', what: 'off', src: ghost.uid }, mark);
    const again = alice.mark;
    await ghost.me.setMeta({ sub: { mode: 'JPS' } });
    await alice.hears('pres', { topic: 'me', what: 'on', src: ghost.uid }, again);
  });

  check('the list of chats tells when somebody was last seen', async () => {
    const [alice, bob] = await twoInChat();
    const { sub } = await alice.meta('me', 'sub');
    assert.equal(sub.find(({ topic }) => topic === bob.uid).online, true);
    const left = sub.filter(({ online, seen }) => !online && seen);
    assert.ok(left.every(({ seen }) => seen.when instanceof Date));
  });
});
