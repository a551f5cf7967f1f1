// tinode-sdk in Node: what it expects of a browser, and small helpers to wait for what it hears.
import { createRequire } from 'node:module';
import WebSocket from 'ws';

const { Tinode, Drafty } = createRequire(import.meta.url)('tinode-sdk');
export { Tinode, Drafty };

// The key compiled into every official client.
const API_KEY = 'AQEAAAABAAD_rAp4DJh05a1HAwFT3A6K';
const DEADLINE_MS = 10_000;
const LOOK_MS = 10;

// Only file transfers need it, and the SDK wants it to exist.
class NoXmlHttpRequest {}

// The SDK empties its cache on start even when told to keep none.
const noDatabase = {
  deleteDatabase() {
    const request = {};
    setImmediate(() => request.onsuccess());
    return request;
  },
};

Tinode.setNetworkProviders(WebSocket, NoXmlHttpRequest);
Tinode.setDatabaseProvider(noDatabase);

/** Resolves as soon as the condition holds; rejects after ten seconds. */
export async function until(condition, what) {
  const end = Date.now() + DEADLINE_MS;
  while (!condition()) {
    if (Date.now() > end) {
      throw new Error(`waited in vain until ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** The ctrl code a request was refused with. */
export async function refusal(promise, what) {
  try {
    await promise;
  } catch (error) {
    return error.code;
  }
  throw new Error(`${what} should have been refused`);
}

/** A connected client that has said hi. */
export async function connect(url) {
  const client = new Tinode({
    appName: 'interop',
    host: url.host,
    secure: url.protocol === 'wss:',
    apiKey: API_KEY,
    transport: 'ws',
    persist: false,
  });
  client.pres = [];
  client.info = [];
  client.onPresMessage = (pres) => client.pres.push(pres);
  client.onInfoMessage = (info) => client.info.push(info);
  await client.connect();
  return client;
}

/** Attached to `me` with the list of chats and everything that happens there. */
export async function attachMe(client) {
  const me = client.getMeTopic();
  me.onPres = (pres) => client.pres.push(pres);
  await me.subscribe(me.startMetaQuery().withDesc().withSub().withTags().build());
  return me;
}

/** Attached to a topic with its last page and members. */
export async function open(client, name, setParams) {
  const topic = client.getTopic(name);
  topic.heard = [];
  topic.onInfo = (info) => topic.heard.push(info);
  const query = topic.startMetaQuery().withDesc().withSub().withData(undefined, undefined, 24);
  await topic.subscribe(query.build(), setParams);
  return topic;
}

/** What is shown of a topic, oldest first. */
export function contents(topic) {
  const list = [];
  topic.messages((message) => list.push(message.content));
  return list;
}

/** Publishes as the web client does: shown at once, numbered by the server's answer. */
export async function send(topic, content, head) {
  const message = topic.createMessage(content, true);
  message.head = head ? { ...message.head, ...head } : message.head;
  const ctrl = await topic.publishDraft(message);
  if (!ctrl) {
    throw new Error('the message was rejected'); // the SDK keeps the reason to itself
  }
  return ctrl;
}
