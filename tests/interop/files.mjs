// Files: sent, shown, read in parts, and refused.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { page } from './browser.mjs';
import { capability, check, differs, greeting, ours, server } from './capability.mjs';
import { PASSWORD, Person, twoInChat, unique } from './person.mjs';
import { Drafty, connect, contents, refusal, send, until } from './sdkclient.mjs';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64');

const blob = (bytes, type) => new Blob([bytes], { type });

let progress = 0;
let uploaded;

/** The picture on the server, by alice. */
function picture() {
  uploaded ??= (async () => {
    const [alice] = await Person.all('alice');
    const helper = alice.client.getLargeFileHelper();
    return helper.upload(blob(PNG, 'image/png'), undefined, (share) => { progress = share; });
  })();
  return uploaded;
}

async function download(client, url) {
  page.saved.length = 0;
  await client.getLargeFileHelper().download(url, 'dot.png', 'image/png');
  assert.equal(page.saved.length, 1);
  assert.equal(page.saved[0].name, 'dot.png');
  return Buffer.from(await page.saved[0].content.arrayBuffer());
}

capability('files', () => {
  check('a file is uploaded', async () => {
    assert.match(await picture(), /^\/v0\/file\/s\/[\w-]+\.png$/);
    assert.equal(progress, 1);
  });

  check('a message refers to it', async () => {
    const url = await picture();
    const [, , ab, ba] = await twoInChat();
    const image = { mime: 'image/png', refurl: url, width: 1, height: 1, filename: 'dot.png', size: PNG.length };
    await send(ab, Drafty.insertImage(Drafty.init(' '), 0, image));
    await until(() => contents(ba).length === 1, 'bob has the picture');
    const [entity] = contents(ba)[0].ent;
    assert.equal(entity.data.ref, url);
  });

  check('another user downloads it', async () => {
    const url = await picture();
    const [bob] = await Person.all('bob');
    assert.deepEqual(await download(bob.client, url), PNG);
  });

  check('a picture is shown and read in parts', async () => {
    const [bob] = await Person.all('bob');
    // The way an <img> asks: no headers, everything in the query.
    const url = new URL(bob.client.authorizeURL(await picture()), page.origin);
    const answer = await fetch(url);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-type'), 'image/png');
    const part = await fetch(url, { headers: { Range: 'bytes=1-3' } });
    assert.equal(part.status, 206);
    assert.equal(await part.text(), 'PNG');
  });

  check('what was seen is not sent again', async () => {
    const [bob] = await Person.all('bob');
    const url = new URL(bob.client.authorizeURL(await picture()), page.origin);
    const etag = (await fetch(url)).headers.get('etag');
    assert.ok(etag);
    const again = await fetch(url, { headers: { 'If-None-Match': etag } });
    assert.equal(again.status, 304);
  });

  check('what a browser would run is only saved', async () => {
    const [alice] = await Person.all('alice');
    const helper = alice.client.getLargeFileHelper();
    const html = '<!DOCTYPE html><html><script>alert(1)</script></html>';
    const path = await helper.upload(blob(html, 'text/html'));
    const url = new URL(alice.client.authorizeURL(path), page.origin);
    const answer = await fetch(url);
    assert.match(answer.headers.get('content-disposition') ?? '', /^attachment/);
  });

  ours('a newcomer brings a photo', 'upstream answers uploads before sign-up with 500', async () => {
    // Before there is an account, as on the sign-up page.
    const stranger = await connect(server.url);
    const photo = await stranger.getLargeFileHelper().upload(blob(PNG, 'image/png'), 'newacc');
    const desc = { public: { fn: 'photo', photo: { type: 'png', ref: photo } } };
    await stranger.createAccountBasic(`photo${unique}`, PASSWORD, desc);
    const [bob] = await Person.all('bob');
    const topic = await bob.open(stranger.getCurrentUserID());
    await until(() => topic.public?.photo?.ref === photo, 'bob sees the photo');
    assert.deepEqual(await download(bob.client, photo), PNG);
  });

  check('the largest file passes, a larger one does not', async () => {
    const [alice, bob] = await Person.all('alice', 'bob');
    const limit = greeting.maxFileUploadSize;
    const helper = alice.client.getLargeFileHelper();
    const bytes = randomBytes(differs('others count the form around a file too',
      { confab: limit, others: limit - 4096 }));
    const url = await helper.upload(blob(bytes, 'application/zip'));
    assert.ok((await download(bob.client, url)).equals(bytes));
    const over = helper.upload(blob(Buffer.concat([bytes, bytes]), 'application/zip'));
    assert.equal(await refusal(over, 'a file over the limit'), 413);
  });

  check('strangers get nothing', async () => {
    const stranger = await connect(server.url);
    const upload = stranger.getLargeFileHelper().upload(blob(PNG, 'image/png'));
    assert.equal(await refusal(upload, 'an upload without an account'), 401);
    assert.ok([401, 403].includes((await fetch(new URL(await picture(), page.origin))).status));
  });

  check('what is not there is not found', async () => {
    const [alice] = await Person.all('alice');
    const url = new URL(alice.client.authorizeURL('/v0/file/s/AAAAAAAAAAA.png'), page.origin);
    assert.equal((await fetch(url)).status, 404);
  });
});
