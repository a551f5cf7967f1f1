// Chats of two.
import assert from 'node:assert/strict';
import { capability, check, ours } from './capability.mjs';
import { Person, twoInChat } from './person.mjs';
import { Drafty, contents, messagesOf, packets, refusal, send, until } from './sdkclient.mjs';

capability('direct chats', () => {
  check('messages go both ways', async () => {
    const [alice, bob] = await Person.all('alice', 'bob');
    const ab = await alice.open(bob.uid);
    assert.equal(await send(ab, 'hello bob'), 1);
    await bob.hears('pres', { what: 'msg', src: alice.uid, seq: 1 });
    const ba = await bob.open(alice.uid);
    await until(() => contents(ba).includes('hello bob'), 'bob has the message');
    assert.equal(await send(ba, 'hello alice'), 2);
    await until(() => contents(ab).includes('hello alice'), 'alice has the answer');
    assert.deepEqual(contents(ab), ['hello bob', 'hello alice']);
    assert.deepEqual(contents(ba), ['hello bob', 'hello alice']);
  });

  check('a new chat is described from both sides', async () => {
    const [alice, bob] = await Person.all('anne', 'bert');
    const ctrl = await alice.client.subscribe(bob.uid);
    assert.equal(ctrl.topic, bob.uid);
    assert.match(ctrl.params.acs.getMode(), /^JRWPA/);
    await bob.hears('pres', { topic: 'me', what: 'acs', src: alice.uid });
    const { sub } = await bob.meta('me', 'sub');
    const chat = sub.find(({ topic }) => topic === alice.uid);
    assert.equal(chat.public.fn, 'anne');
    assert.match(chat.acs.getMode(), /^JRWPA/);
    const { desc } = await bob.meta(alice.uid, 'desc');
    assert.equal(desc.public.fn, 'anne');
  });

  check('a profile is read before there is a chat', async () => {
    const [alice, bob] = await Person.all('alice', 'bert');
    const { desc } = await alice.meta(bob.uid, 'desc');
    assert.equal(desc.public.fn, 'bert');
  });

  check('a message goes to the other connections of its sender', async () => {
    const [alice, bob] = await twoInChat();
    const phone = await alice.again();
    await phone.open(bob.uid);
    const mark = alice.mark;
    const { params } = await alice.publish(bob.uid, 'from the desk');
    const data = await phone.hears('data', { topic: bob.uid, seq: params.seq });
    assert.equal(data.from, alice.uid);
    const loud = await alice.client.publish(bob.uid, 'with echo', false);
    await alice.hears('data', { topic: bob.uid, seq: loud.params.seq }, mark);
    const echoes = packets(alice.client, 'data', mark).map(({ seq }) => seq);
    assert.deepEqual(echoes, [loud.params.seq]); // noecho means the first one did not come back
  });

  check('the answer to a message is told before its echo', async () => {
    const [alice, bob] = await twoInChat();
    const mark = alice.mark;
    await alice.client.publish(bob.uid, 'in order', false);
    await alice.hears('data', { topic: bob.uid }, mark);
    const order = alice.client.heard.slice(mark).map((packet) => Object.keys(packet)[0]);
    assert.ok(order.indexOf('ctrl') < order.indexOf('data'));
    const [data] = packets(alice.client, 'data', mark);
    const [ctrl] = packets(alice.client, 'ctrl', mark);
    assert.equal(data.ts.getTime(), new Date(ctrl.ts).getTime());
  });

  check('rich text arrives as it was sent', async () => {
    const [, , ab, ba] = await twoInChat();
    const sent = Drafty.parse('this is *bold*, `code` and https://example.com\nand 👨‍👩‍👧 a _second_ line');
    await send(ab, sent);
    await until(() => contents(ba).some(({ txt }) => txt === sent.txt), 'bob has the rich text');
    const message = ba.latestMessage();
    assert.equal(message.head.mime, 'text/x-drafty');
    // JSON leaves out zeros on both sides.
    assert.equal(Drafty.toPlainText(message.content), Drafty.toPlainText(sent));
    assert.equal(message.content.fmt.length, sent.fmt.length);
    assert.deepEqual(message.content.ent, sent.ent);
  });

  check('edits replace what was written', async () => {
    const [, , ab, ba] = await twoInChat();
    const seq = await send(ab, 'teh');
    await send(ab, 'the', { replace: `:${seq}` });
    await until(() => contents(ba).at(-1) === 'the', 'bob sees the edited words');
    assert.ok(!contents(ba).includes('teh'));
  });

  check('replies, forwards and keys of other clients pass', async () => {
    const [, bob, ab] = await twoInChat();
    const head = { reply: '1', forwarded: 'grpAbCdEfGhIjK:7', 'x-interop-key': 'kept' };
    const seq = await send(ab, 'with a head', head);
    const data = await bob.hears('data', { seq });
    for (const [key, value] of Object.entries(head)) {
      assert.equal(data.head[key], value);
    }
  });

  ours('a message sent again is stored once', 'upstream knows no x-confab-cid', async () => {
    const [alice, bob, ab] = await twoInChat();
    const cid = { 'x-confab-cid': 'c1' };
    const seq = await send(ab, 'once', cid);
    assert.equal(await send(ab, 'once', cid), seq);
    assert.deepEqual((await messagesOf(alice.client, bob.uid, { since: seq })).seqs, [seq]);
  });

  check('who left a chat is out until it opens it again', async () => {
    const [alice, bob, ab, ba] = await twoInChat();
    await send(ab, 'one');
    await ba.leave(true);
    const publish = bob.publish(alice.uid, 'still here?');
    assert.equal(await refusal(publish, 'publishing after leaving'), 409);
    const again = await bob.open(alice.uid);
    await send(again, 'back');
    await until(() => contents(ab).includes('back'), 'alice hears of it');
  });

  check('nobody chats with itself or with nobody', async () => {
    const [alice] = await Person.all('alice');
    assert.equal(await refusal(alice.client.subscribe(alice.uid), 'oneself'), 403);
    assert.equal(await refusal(alice.client.subscribe('usrAQIDBAUGBwg'), 'nobody'), 404);
  });

  check('who allows nothing is not written to', async () => {
    const [alice] = await Person.all('alice');
    const hermit = await Person.signUp('hermit', { defacs: { auth: 'N', anon: 'N' } });
    assert.equal(await refusal(alice.client.subscribe(hermit.uid), 'a hermit'), 403);
  });
});
