// Received, read, typing.
import assert from 'node:assert/strict';
import { capability, check } from './capability.mjs';
import { Person, twoInChat } from './person.mjs';
import { contents, packets, send, until } from './sdkclient.mjs';

/** How far bob is, as the server has it. */
async function marks(person, topic, user) {
  const { sub } = await person.meta(topic, 'sub');
  const { read, recv } = sub.find((entry) => entry.user === user);
  return { read: read ?? 0, recv: Math.max(read ?? 0, recv ?? 0) }; // as every client takes it
}

capability('receipts', () => {
  check('received, read and typing are told', async () => {
    const [alice, bob, ab, ba] = await twoInChat();
    const seq = await send(ab, 'did you see this?');
    await until(() => contents(ba).includes('did you see this?'), 'bob has the message');
    await until(() => ab.msgRecvCount(seq) === 1, 'alice knows that it was received');
    ba.noteRead(seq);
    await until(() => ab.msgReadCount(seq) === 1, 'alice knows that it was read');
    ba.noteKeyPress();
    await alice.hears('info', { topic: bob.uid, what: 'kp', from: bob.uid });
  });

  check('recordings are told', async () => {
    const [alice, bob, , ba] = await twoInChat();
    ba.noteRecording(true);
    await alice.hears('info', { topic: bob.uid, what: 'kpa', from: bob.uid });
    ba.noteRecording(false);
    await alice.hears('info', { topic: bob.uid, what: 'kpv', from: bob.uid });
  });

  check('reading implies receiving', async () => {
    const [alice, bob, ab] = await twoInChat();
    const seq = await send(ab, 'straight to reading');
    const mark = alice.mark;
    bob.client.note(alice.uid, 'read', seq);
    await alice.hears('info', { topic: bob.uid, what: 'read', seq }, mark);
    assert.deepEqual(await marks(alice, bob.uid, bob.uid), { read: seq, recv: seq });
  });

  check('marks never go back, nor beyond the last message', async () => {
    const [alice, bob, ab] = await twoInChat();
    const seq = await send(ab, 'the last one');
    bob.client.note(alice.uid, 'read', seq);
    await alice.hears('info', { topic: bob.uid, what: 'read', seq });
    bob.client.note(alice.uid, 'read', seq - 1);
    bob.client.note(alice.uid, 'read', seq + 100);
    const mark = alice.mark;
    bob.client.noteKeyPress(alice.uid); // comes after the two that must not come
    await alice.hears('info', { topic: bob.uid, what: 'kp' }, mark);
    assert.deepEqual(await marks(alice, bob.uid, bob.uid), { read: seq, recv: seq });
  });

  check('own messages count as read', async () => {
    const [alice, bob, ab] = await twoInChat();
    const seq = await send(ab, 'by me');
    assert.deepEqual(await marks(alice, bob.uid, alice.uid), { read: seq, recv: seq });
  });

  check('the other connections of a reader follow', async () => {
    const [alice, bob, ab] = await twoInChat();
    const phone = await bob.again();
    const seq = await send(ab, 'read at the desk');
    bob.client.note(alice.uid, 'read', seq);
    await phone.hears('pres', { topic: 'me', what: 'read', src: alice.uid, seq });
  });

  check('who is elsewhere is told on me', async () => {
    const [alice, bob, ab] = await twoInChat();
    const seq = await send(ab, 'tell me later');
    await ab.leave(false);
    const mark = alice.mark;
    bob.client.note(alice.uid, 'read', seq);
    await alice.hears('info', { topic: 'me', what: 'read', src: bob.uid, seq }, mark);
  });

  check('who is not attached can still have received', async () => {
    const [alice, bob, ab, ba] = await twoInChat();
    await ba.leave(false);
    const seq = await send(ab, 'to the list');
    const mark = alice.mark;
    bob.client.note(alice.uid, 'recv', seq);
    await alice.hears('info', { topic: bob.uid, what: 'recv', seq }, mark);
  });

  check('in a group all are told of all', async () => {
    const [alice, bob, carol] = await Person.all('alice', 'bob', 'carol');
    const topic = await alice.found();
    const [, third] = [await alice.bring(topic, bob, 'JRWPS'), await alice.bring(topic, carol, 'JRWPS')];
    const seq = await send(topic, 'to all');
    bob.client.note(topic.name, 'read', seq);
    await carol.hears('info', { topic: topic.name, what: 'read', from: bob.uid, seq });
    third.noteRead(seq);
    await until(() => topic.msgReadCount(seq) === 2, 'alice knows that both have read');
  });

  check('who may not write does not type', async () => {
    const [alice, bob] = await Person.all('alice', 'bob');
    const topic = await alice.found({ desc: { defacs: { auth: 'JRP' } } });
    const joined = await bob.open(topic.name);
    const mark = alice.mark;
    joined.noteKeyPress();
    const seq = await send(topic, 'quiet please');
    bob.client.note(topic.name, 'read', seq);
    await alice.hears('info', { topic: topic.name, what: 'read', from: bob.uid }, mark);
    assert.ok(!packets(alice.client, 'info', mark).some(({ what }) => what === 'kp'));
  });
});
