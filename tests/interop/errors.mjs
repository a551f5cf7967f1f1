// What is refused, and how.
import assert from 'node:assert/strict';
import WebSocket from 'ws';
import { capability, check, greeting, ours, server } from './capability.mjs';
import { PASSWORD, Person, unique } from './person.mjs';
import { API_KEY, connect, refusal, until } from './sdkclient.mjs';

/** A connection without the SDK, for packets that it would not send. */
async function raw() {
  const url = new URL(`/v0/channels?apikey=${API_KEY}`, server.url);
  const socket = new WebSocket(url);
  const heard = [];
  socket.on('message', (text) => heard.push(String(text)));
  let closed = 0;
  socket.on('close', (code) => { closed = code; });
  await until(() => socket.readyState === WebSocket.OPEN, 'the connection is open');
  return {
    send: (packet) => socket.send(typeof packet === 'string' ? packet : JSON.stringify(packet)),
    answer: async (id) => until(() => heard.filter((text) => text !== '0')
      .map((text) => JSON.parse(text).ctrl).find((ctrl) => ctrl && ctrl.id === id), `${id} is answered`),
    heard,
    closed: () => closed,
    close: () => socket.terminate(),
  };
}

capability('errors', () => {
  check('the greeting tells version and limits', () => {
    assert.match(greeting.ver, /^0\.\d+/);
    for (const limit of ['maxMessageSize', 'maxSubscriberCount', 'maxTagCount', 'maxFileUploadSize']) {
      assert.ok(greeting[limit] > 0, limit);
    }
  });

  check('hi comes first', async () => {
    const peer = await raw();
    peer.send({ login: { id: '1', scheme: 'basic', secret: 'YTpi' } });
    assert.equal((await peer.answer('1')).code, 409);
    peer.close();
  });

  check('clients that are too old are told', async () => {
    const peer = await raw();
    peer.send({ hi: { id: '1', ver: '0.10' } });
    assert.equal((await peer.answer('1')).code, 505);
    peer.close();
  });

  check('a probe is answered at any time', async () => {
    const peer = await raw();
    peer.send('1');
    await until(() => peer.heard.includes('0'), 'the probe is answered');
    peer.close();
  });

  check('what is no packet is refused, and the connection goes on', async () => {
    const peer = await raw();
    for (const text of ['{', '[]', '"hello"', '{"hi":7}', '{}']) {
      peer.send(text);
    }
    await until(() => peer.heard.length >= 5, 'each one is answered');
    assert.ok(peer.heard.every((text) => JSON.parse(text).ctrl.code === 400));
    peer.send({ hi: { id: '1', ver: '0.25' } });
    assert.equal((await peer.answer('1')).code, 201);
    peer.close();
  });

  check('strangers do nothing but sign in', async () => {
    const stranger = await connect(server.url);
    assert.equal(await refusal(stranger.subscribe('me'), 'me'), 401);
    assert.equal(await refusal(stranger.publish('usrAQIDBAUGBwg', 'x', true), 'a message'), 401);
    assert.equal(await refusal(stranger.getMeta('me', { what: 'desc' }), 'a look'), 401);
    assert.equal(await refusal(stranger.delTopic('grpAQIDBAUGBwg', true), 'a deletion'), 401);
  });

  check('nobody writes into, reads or changes what it has not opened', async () => {
    const [alice, bob] = await Person.all('alice', 'bob');
    const { name } = await alice.found();
    assert.equal(await refusal(bob.publish(name, 'x'), 'a message'), 409);
    assert.equal((await bob.client.leave(name, false)).code, 304);
    const change = bob.client.setMeta(name, { desc: { public: { fn: 'mine' } } });
    assert.notEqual((await change.catch((error) => error)).code, 200);
    assert.ok((await refusal(bob.meta(name, 'sub'), 'members')) >= 400);
    const deletion = bob.client.delTopic(name, true);
    assert.notEqual((await deletion.catch((error) => error)).code, 200);
    await alice.publish(name, 'still there');
  });

  check('what does not exist is not found', async () => {
    const [alice] = await Person.all('alice');
    assert.equal(await refusal(alice.client.subscribe('grpAQIDBAUGBwg'), 'a group'), 404);
    assert.equal(await refusal(alice.client.subscribe('usrAQIDBAUGBwg'), 'a user'), 404);
    assert.ok([400, 404].includes(await refusal(alice.client.subscribe('nonsense'), 'nonsense')));
  });

  check('too many tags are cut, or refused', async () => {
    const [alice] = await Person.all('alice');
    const { tags } = await alice.meta('me', 'tags');
    const many = Array.from({ length: greeting.maxTagCount + 5 }, (_, i) => `n${i}:${unique}`);
    const code = await alice.client.setMeta('me', { tags: [...tags, ...many] })
      .then((ctrl) => ctrl.code, (error) => error.code);
    assert.ok([200, 422].includes(code));
    assert.ok((await alice.meta('me', 'tags')).tags.length <= greeting.maxTagCount + 1);
  });

  ours('what is larger than it may be is refused', 'upstream has no such limits', async () => {
    const [alice] = await Person.all('alice');
    const change = alice.client.setMeta('me', { desc: { public: { fn: 'x'.repeat(40_000) } } });
    assert.equal(await refusal(change, 'a large profile'), 413);
  });

  check('a frame over the limit ends the connection', async () => {
    const person = await Person.signUp('loud');
    const peer = await raw();
    peer.send({ hi: { id: '1', ver: '0.25' } });
    await peer.answer('1');
    const secret = Buffer.from(`${person.login}:${PASSWORD}`).toString('base64');
    peer.send({ login: { id: '2', scheme: 'basic', secret } });
    assert.equal((await peer.answer('2')).code, 200);
    peer.send({ pub: { id: '3', topic: 'me', content: 'x'.repeat(greeting.maxMessageSize + 1) } });
    await until(() => peer.closed() !== 0, 'the connection is closed');
    assert.ok([1006, 1009].includes(peer.closed()));
  });

  check('a key that is wrong opens no connection', async () => {
    const socket = new WebSocket(new URL('/v0/channels?apikey=wrong', server.url));
    let status = 0;
    socket.on('unexpected-response', (request, response) => {
      status = response.statusCode;
      request.destroy();
    });
    socket.on('error', () => {});
    await until(() => status !== 0, 'the handshake is answered');
    assert.equal(status, 403);
  });

  check('calls are not possible without a configuration', async () => {
    const [alice, bob] = await Person.all('alice', 'bob');
    await alice.open(bob.uid);
    const message = alice.client.createMessage(bob.uid, 'call', true);
    message.head = { webrtc: 'started' };
    assert.equal(await refusal(alice.client.publishMessage(message), 'a call'), 501);
  });

  check('an empty request says nothing', async () => {
    const [alice] = await Person.all('alice');
    assert.equal(await refusal(alice.client.getMeta('me', { what: '' }), 'a get'), 400);
  });
});
