// The SDK of the official web client against a server: node tinode_sdk.mjs [PATH-TO-CONFABD]
// Prints one line for each thing that works; ends with 1 at the first one that doesn't.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { Drafty, attachMe, connect, contents, open, refusal, send, until } from './sdkclient.mjs';
import { startServer } from './server.mjs';

const unique = randomBytes(4).toString('hex');
const PASSWORD = `secret-${unique}`;

async function signUp(url, name) {
  const client = await connect(url);
  const login = `${name}${unique}`;
  const ctrl = await client.createAccountBasic(login, PASSWORD, {
    public: { fn: name },
    tags: [`nick:${login}`],
  });
  assert.equal(ctrl.code, 200);
  return { client, login, uid: client.getCurrentUserID() };
}

async function accounts(t) {
  t.alice = await signUp(t.url, 'alice');
  t.bob = await signUp(t.url, 'bob');
  assert.match(t.alice.uid, /^usr[A-Za-z0-9_-]{11}$/);
  assert.notEqual(t.alice.uid, t.bob.uid);
  const other = await connect(t.url);
  assert.equal(await refusal(other.createAccountBasic(t.alice.login, 'other-word', {}), 'a taken login'), 409);
  assert.equal(await refusal(other.loginBasic(t.alice.login, 'wrong-word'), 'a wrong password'), 401);
  other.disconnect();
}

async function tokens(t) {
  const { token, expires } = t.alice.client.getAuthToken();
  assert.ok(expires > new Date());
  t.alice.client.disconnect();
  t.alice.client = await connect(t.url);
  const ctrl = await t.alice.client.loginToken(token);
  assert.equal(ctrl.params.user, t.alice.uid);
  const other = await connect(t.url);
  // The signature comes last.
  const forged = Buffer.from(token, 'base64');
  forged[forged.length - 1] ^= 1;
  assert.equal(await refusal(other.loginToken(forged.toString('base64')), 'a forged token'), 401);
  other.disconnect();
}

async function me(t) {
  t.alice.me = await attachMe(t.alice.client);
  t.bob.me = await attachMe(t.bob.client);
  // The SDK takes a subscription for done when the first of several replies is there.
  await until(() => t.alice.me.public?.fn === 'alice', 'alice knows her name');
  await until(() => t.alice.me.tags().includes(`nick:${t.alice.login}`), 'alice knows her tags');
}

async function find(t) {
  const fnd = t.alice.client.getFndTopic();
  await fnd.subscribe();
  await fnd.setMeta({ desc: { public: `nick:${t.bob.login}` } });
  await fnd.getMeta(fnd.startMetaQuery().withSub().build());
  const found = [];
  fnd.contacts((contact) => found.push(contact.topic || contact.user));
  assert.deepEqual(found, [t.bob.uid]);
}

async function direct(t) {
  t.ab = await open(t.alice.client, t.bob.uid);
  const ctrl = await send(t.ab, 'hello bob');
  assert.equal(ctrl.code, 202);
  assert.equal(ctrl.params.seq, 1);
  await until(() => t.bob.client.pres.some((p) => p.what === 'msg' && p.src === t.alice.uid),
    'bob hears of a message');
  t.ba = await open(t.bob.client, t.alice.uid);
  await until(() => contents(t.ba).includes('hello bob'), 'bob has the message');
  await send(t.ba, 'hello alice');
  await until(() => contents(t.ab).includes('hello alice'), 'alice has the answer');
  assert.deepEqual(contents(t.ab), ['hello bob', 'hello alice']);
  assert.deepEqual(contents(t.ba), ['hello bob', 'hello alice']);
}

async function receipts(t) {
  const ctrl = await send(t.ab, 'did you see this?');
  const seq = ctrl.params.seq;
  await until(() => contents(t.ba).includes('did you see this?'), 'bob has the message');
  await until(() => t.ab.msgRecvCount(seq) === 1, 'alice knows that it was received');
  t.ba.noteRead(seq);
  await until(() => t.ab.msgReadCount(seq) === 1, 'alice knows that it was read');
  t.ba.noteKeyPress();
  await until(() => t.ab.heard.some((info) => info.what === 'kp' && info.from === t.bob.uid),
    'alice sees bob typing');
}

async function drafty(t) {
  const sent = Drafty.parse('this is *bold*, `code` and https://example.com\nand 👨‍👩‍👧 a _second_ line');
  await send(t.ab, sent);
  await until(() => contents(t.ba).some((content) => content.txt === sent.txt), 'bob has the rich text');
  const message = t.ba.latestMessage();
  assert.equal(message.head.mime, 'text/x-drafty');
  // JSON leaves out zeros on both sides.
  assert.equal(Drafty.toPlainText(message.content), Drafty.toPlainText(sent));
  assert.equal(message.content.fmt.length, sent.fmt.length);
  assert.deepEqual(message.content.ent, sent.ent);
}

async function edits(t) {
  const { params } = await send(t.ab, 'teh');
  await send(t.ab, 'the', { replace: `:${params.seq}` });
  await until(() => contents(t.ba).at(-1) === 'the', 'bob sees the edited words');
  assert.ok(!contents(t.ba).includes('teh'));
}

async function group(t) {
  const client = t.alice.client;
  const topic = client.getTopic(client.newGroupTopicName(false));
  const ctrl = await topic.subscribe(undefined, {
    desc: { public: { fn: 'the two' }, private: { comment: 'ours' } },
    tags: [`club:${unique}`],
  });
  assert.match(ctrl.topic, /^grp/);
  assert.equal(topic.name, ctrl.topic);
  assert.ok(topic.getAccessMode().isOwner());
  t.group = topic;

  await topic.invite(t.bob.uid, 'JRWPS');
  await until(() => t.bob.me.getContact(topic.name), 'bob has the group among his chats');
  t.joined = await open(t.bob.client, topic.name);
  await until(() => t.joined.public?.fn === 'the two', 'bob knows the name of the group');
  await send(topic, 'welcome');
  await send(t.joined, 'thanks');
  await until(() => contents(topic).includes('thanks'), 'alice reads the group');
  await until(() => contents(t.joined).includes('welcome'), 'bob reads the group');
  await topic.getMeta(topic.startMetaQuery().withSub().build());
  assert.equal(topic.subscriber(t.bob.uid).acs.getMode(), 'JRWPS');
}

async function paging(t) {
  for (let i = 0; i < 60; ++i) {
    await send(t.group, `line ${i}`);
  }
  await t.joined.leave(false);
  const reader = await connect(t.url);
  await reader.loginBasic(t.bob.login, PASSWORD);
  const topic = reader.getTopic(t.group.name);
  await topic.subscribe(topic.startMetaQuery().withDesc().withData(undefined, undefined, 10).build());
  await until(() => topic.messageCount() === 10, 'the newest page is there');
  assert.equal(contents(topic)[0], 'line 50');

  // A page from the middle leaves a gap on both sides.
  await topic.getMeta(topic.startMetaQuery().withData(20, 25, 10).build());
  await until(() => topic.messageCount() === 15, 'a page from the middle is there');
  assert.ok(topic.msgHasMoreMessages(1, topic.maxMsgSeq(), false).length >= 2);
  for (let page = 0; page < 10 && topic.messageCount() < 62; ++page) {
    const gaps = topic.msgHasMoreMessages(1, topic.maxMsgSeq() + 1, false);
    const before = topic.messageCount();
    await topic.getMeta(topic.startMetaQuery().withDataRanges(gaps, 24).build());
    await until(() => topic.messageCount() > before, 'a gap is smaller');
  }
  const expected = ['welcome', 'thanks', ...Array.from({ length: 60 }, (_, i) => `line ${i}`)];
  assert.deepEqual(contents(topic), expected);
  reader.disconnect();
  t.joined = await open(t.bob.client, t.group.name);
}

async function deleting(t) {
  const first = await send(t.ab, 'for nobody');
  const second = await send(t.ab, 'not for me');
  await until(() => contents(t.ba).includes('not for me'), 'bob has both');
  const hard = await send(t.group, 'slip');
  await until(() => contents(t.joined).includes('slip'), 'bob has the slip');
  const { seq } = hard.params;
  await t.group.delMessages([{ low: seq, hi: seq + 1 }], true);
  await until(() => !contents(t.joined).includes('slip'), 'the slip is gone for bob');

  const low = first.params.seq;
  assert.equal(second.params.seq, low + 1);
  const ctrl = await t.ab.delMessages([{ low, hi: low + 2 }], false);
  assert.ok(ctrl.params.del > 0);
  assert.ok(contents(t.ba).includes('for nobody'), 'a soft deletion is for oneself');
  const again = await connect(t.url);
  await again.loginBasic(t.alice.login, PASSWORD);
  const topic = await open(again, t.bob.uid);
  await until(() => contents(topic).includes('the'), 'the page is there');
  await topic.getMeta(topic.startMetaQuery().withDel(1).build());
  assert.ok(!contents(topic).includes('for nobody'));
  assert.ok(!contents(topic).includes('not for me'));
  again.disconnect();
}

async function presence(t) {
  const seen = (what) => t.alice.client.pres.some((p) => p.what === what && p.src === t.bob.uid);
  t.alice.client.pres.length = 0;
  t.bob.client.disconnect();
  await until(() => seen('off'), 'alice sees bob go');
  t.bob.client = await connect(t.url);
  await t.bob.client.loginBasic(t.bob.login, PASSWORD);
  t.bob.me = await attachMe(t.bob.client);
  await until(() => seen('on'), 'alice sees bob come');
  await until(() => t.alice.me.getContact(t.bob.uid).online, 'bob is shown as online');
}

async function leaving(t) {
  t.joined = await open(t.bob.client, t.group.name);
  await t.joined.leave(true);
  await t.group.getMeta(t.group.startMetaQuery().withSub().build());
  const publish = t.bob.client.publish(t.group.name, 'still here?', true);
  assert.equal(await refusal(publish, 'publishing after leaving'), 409);
  await t.group.delTopic(true);
  assert.equal(await refusal(t.bob.client.subscribe(t.group.name), 'a deleted group'), 404);
}

async function refusals(t) {
  const client = t.alice.client;
  assert.equal(await refusal(client.subscribe('usrAAAAAAAAAAA'), 'an unknown user'), 404);
  assert.equal(await refusal(client.publish(t.group.name, 'x', true), 'a topic that is not attached'), 409);
  const stranger = await connect(t.url);
  assert.equal(await refusal(stranger.subscribe('me'), 'a stranger'), 401);
  stranger.disconnect();
}

const checks = [
  ['accounts are created; taken logins and wrong passwords are refused', accounts],
  ['a token signs in, a forged one does not', tokens],
  ['me knows its name and tags', me],
  ['people find each other by tag', find],
  ['direct messages go both ways', direct],
  ['received, read and typing are told', receipts],
  ['rich text arrives as it was sent', drafty],
  ['edits replace what was written', edits],
  ['a group is made, joined and written in', group],
  ['history comes in pages and fills gaps', paging],
  ['messages are deleted for oneself and for all', deleting],
  ['coming and going is told', presence],
  ['a group is left and deleted', leaving],
  ['what is not allowed is refused', refusals],
];

const server = await startServer(process.argv[2]);
const t = { url: server.url };
let failed = false;
for (const [name, check] of checks) {
  try {
    await check(t);
    console.log(`ok   ${name}`);
  } catch (error) {
    console.log(`FAIL ${name}\n${error.stack}`);
    failed = true;
    break;
  }
}
t.alice?.client.disconnect();
t.bob?.client.disconnect();
await server.stop();
process.exit(failed ? 1 : 0);
