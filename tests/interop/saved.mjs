// Notes to oneself (slf) and reports of abuse (sys).
import assert from 'node:assert/strict';
import { capability, check } from './capability.mjs';
import { Person } from './person.mjs';
import { contents, messagesOf, refusal, send, until } from './sdkclient.mjs';

capability('saved messages and reports', () => {
  check('notes to oneself are kept, and come to all own connections', async () => {
    const [alice] = await Person.all('alice');
    const slf = await alice.open('slf');
    const phone = await alice.again();
    const other = await phone.open('slf');
    const seq = await send(slf, 'remember the milk');
    await until(() => contents(other).includes('remember the milk'), 'the phone has it');
    assert.deepEqual((await messagesOf(phone.client, 'slf', { limit: 5 })).seqs, [seq]);
    assert.equal(slf.getAccessMode().getMode(), 'JRWDO');
  });

  check('everybody has notes of its own', async () => {
    const [alice, bob] = await Person.all('alice', 'bob');
    await send(await alice.open('slf'), 'alice only');
    const slf = await bob.open('slf');
    await send(slf, 'bob only');
    assert.deepEqual(contents(slf), ['bob only']);
  });

  check('notes are deleted', async () => {
    const [alice] = await Person.all('alice');
    const slf = await alice.open('slf');
    const seq = await send(slf, 'away with it');
    await slf.delMessages([{ low: seq }], true);
    assert.ok(!(await messagesOf(alice.client, 'slf', { limit: 50 })).seqs.includes(seq));
  });

  check('notes are in the list of chats', async () => {
    const [alice] = await Person.all('alice');
    await alice.open('slf');
    const { sub } = await alice.meta('me', 'sub');
    assert.ok(sub.some(({ topic }) => topic === 'slf'));
  });

  check('a report is taken, and read by nobody', async () => {
    const [alice, bob] = await Person.all('alice', 'bob');
    const ctrl = await alice.client.report('report', bob.uid);
    assert.equal(ctrl.code, 202);
    assert.ok((await refusal(alice.client.subscribe('sys'), 'opening sys')) >= 403);
    const read = messagesOf(alice.client, 'sys', { limit: 5 });
    assert.ok((await refusal(read, 'reading sys')) >= 400);
  });
});
