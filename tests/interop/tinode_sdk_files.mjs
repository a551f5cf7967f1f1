// File transfers of the official SDK against a server: node tinode_sdk_files.mjs [PATH-TO-CONFABD]
// Prints one line for each thing that works; ends with 1 at the first one that doesn't.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import WebSocket from 'ws';
import { Drafty, Tinode, attachMe, connect, contents, open, refusal, send, until } from './sdkclient.mjs';
import { XmlHttpRequest, page } from './browserfiles.mjs';
import { startServer } from './server.mjs';

Tinode.setNetworkProviders(WebSocket, XmlHttpRequest);

const unique = randomBytes(4).toString('hex');
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64');
const LIMIT = 8 * 1024 * 1024;

async function signUp(url, name) {
  const client = await connect(url);
  await client.createAccountBasic(`${name}${unique}`, `secret-${unique}`, { public: { fn: name } });
  await attachMe(client);
  return { client, uid: client.getCurrentUserID() };
}

const blob = (bytes, type) => new Blob([bytes], { type });

async function uploads(t) {
  t.alice = await signUp(t.url, 'alice');
  t.bob = await signUp(t.url, 'bob');
  let progress = 0;
  const helper = t.alice.client.getLargeFileHelper();
  t.file = await helper.upload(blob(PNG, 'image/png'), undefined, (share) => { progress = share; });
  assert.match(t.file, /^\/v0\/file\/s\/[\w-]+\.png$/);
  assert.equal(progress, 1);
}

async function attachments(t) {
  const topic = await open(t.alice.client, t.bob.uid);
  const image = { mime: 'image/png', refurl: t.file, width: 1, height: 1, filename: 'dot.png', size: PNG.length };
  const ctrl = await send(topic, Drafty.insertImage(Drafty.init(' '), 0, image));
  assert.equal(ctrl.code, 202);
  t.seen = await open(t.bob.client, t.alice.uid);
  await until(() => contents(t.seen).length === 1, 'bob has the picture');
  const [entity] = contents(t.seen)[0].ent;
  assert.equal(entity.data.ref, t.file);
}

async function download(client, url) {
  page.saved.length = 0;
  await client.getLargeFileHelper().download(url, 'dot.png', 'image/png');
  assert.equal(page.saved.length, 1);
  assert.equal(page.saved[0].name, 'dot.png');
  return Buffer.from(await page.saved[0].content.arrayBuffer());
}

async function downloads(t) {
  assert.deepEqual(await download(t.bob.client, t.file), PNG);
}

async function pictures(t) {
  // The way an <img> asks: no headers, everything in the query.
  const url = new URL(t.bob.client.authorizeURL(t.file), page.origin);
  const answer = await fetch(url);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('content-type'), 'image/png');
  const part = await fetch(url, { headers: { Range: 'bytes=1-3' } });
  assert.equal(part.status, 206);
  assert.equal(await part.text(), 'PNG');
}

async function avatars(t) {
  // Before there is an account, as on the sign-up page.
  const stranger = await connect(t.url);
  const photo = await stranger.getLargeFileHelper().upload(blob(PNG, 'image/png'), 'newacc');
  const desc = { public: { fn: 'carol', photo: { type: 'png', ref: photo } } };
  await stranger.createAccountBasic(`carol${unique}`, `secret-${unique}`, desc);
  const topic = await open(t.bob.client, stranger.getCurrentUserID());
  await until(() => topic.public?.photo?.ref === photo, 'bob sees the photo of carol');
  assert.deepEqual(await download(t.bob.client, photo), PNG);
  stranger.disconnect();
}

async function largeFiles(t) {
  const helper = t.alice.client.getLargeFileHelper();
  const bytes = randomBytes(LIMIT);
  const url = await helper.upload(blob(bytes, 'application/zip'));
  assert.ok((await download(t.bob.client, url)).equals(bytes));
  assert.equal(t.alice.client.getServerParam('maxFileUploadSize', 0), LIMIT);
  const over = helper.upload(blob(Buffer.concat([bytes, bytes]), 'application/zip'));
  assert.equal(await refusal(over, 'a file over the limit'), 413);
}

async function strangers(t) {
  const stranger = await connect(t.url);
  const upload = stranger.getLargeFileHelper().upload(blob(PNG, 'image/png'));
  assert.equal(await refusal(upload, 'an upload without an account'), 401);
  assert.equal((await fetch(new URL(t.file, page.origin))).status, 403);
  stranger.disconnect();
}

const checks = [
  ['a file is uploaded', uploads],
  ['a message refers to it', attachments],
  ['another user downloads it', downloads],
  ['a picture is shown and read in parts', pictures],
  ['a newcomer brings a photo', avatars],
  ['the largest file passes, a larger one does not', largeFiles],
  ['strangers get nothing', strangers],
];

const server = await startServer(process.argv[2]);
const t = { url: server.url };
page.origin = `${server.url.protocol === 'wss:' ? 'https' : 'http'}://${server.url.host}`;
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
