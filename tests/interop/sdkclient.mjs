// tinode-sdk in Node: what it expects of a browser, and small helpers to wait for what it hears.
import { createRequire } from 'node:module';
import WebSocket from 'ws';
import { XmlHttpRequest, page } from './browser.mjs';

const { Tinode, Drafty } = createRequire(import.meta.url)('tinode-sdk');
export { Tinode, Drafty };

// The key compiled into every official client.
export const API_KEY = 'AQEAAAABAAD_rAp4DJh05a1HAwFT3A6K';
const DEADLINE_MS = 20_000;
const LOOK_MS = 5;

// The SDK empties its cache on start even when told to keep none.
const noDatabase = {
  deleteDatabase() {
    const request = {};
    setImmediate(() => request.onsuccess());
    return request;
  },
};

Tinode.setNetworkProviders(WebSocket, XmlHttpRequest);
Tinode.setDatabaseProvider(noDatabase);

/** Resolves with what the condition gives as soon as that is true; rejects after twenty seconds. */
export async function until(condition, what) {
  const end = Date.now() + DEADLINE_MS;
  for (;;) {
    const result = condition();
    if (result) {
      return result;
    }
    if (Date.now() > end) {
      throw new Error(`waited in vain until ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** The ctrl code a request was refused with. */
export async function refusal(promise, what) {
  let answer;
  try {
    answer = await promise;
  } catch (error) {
    return error.code;
  }
  throw new Error(`${what} should have been refused, not answered ${JSON.stringify(answer)}`);
}

const clients = [];

/** A connected client that has said hi; `heard` keeps every packet in the order it came. */
export async function connect(url) {
  page.origin = `${url.protocol === 'wss:' ? 'https' : 'http'}://${url.host}`;
  const client = new Tinode({
    appName: 'interop',
    host: url.host,
    secure: url.protocol === 'wss:',
    apiKey: API_KEY,
    transport: 'ws',
    persist: false,
  });
  clients.push(client);
  client.heard = [];
  client.onMessage = (packet) => client.heard.push(packet);
  await client.connect();
  // The SDK gives a request five seconds, which hashing a password may take on a busy machine; the
  // deadline of a check decides instead.
  clearInterval(client._expirePromises);
  await until(() => client.getServerInfo(), 'the server has answered hi');
  return client;
}

export function disconnectAll() {
  for (const client of clients) {
    client._pendingPromises = {}; // requests of the SDK itself, whose end nobody waits for
    client._connection.sendText = () => {}; // receipts that it still holds back, and would throw for
    client.disconnect();
  }
}

/** The packets of one kind that came after the first `from`. */
export function packets(client, kind, from = 0) {
  return client.heard.slice(from).filter((packet) => packet[kind]).map((packet) => packet[kind]);
}

/** Waits for a packet with these fields, for example ('pres', { what: 'on', src: 'usr...' }). */
export function hears(client, kind, fields, from = 0) {
  const fits = (packet) => Object.entries(fields).every(([name, value]) => packet[name] === value);
  return until(() => packets(client, kind, from).find(fits),
    `${kind} ${JSON.stringify(fields)} is heard`);
}

/** The messages that one get answers with, in the order they come, and the ctrl that ends them. */
export async function messagesOf(client, topic, query) {
  const from = client.heard.length;
  const end = await client.getMeta(topic, { what: 'data', data: query });
  const list = packets(client, 'data', from).filter((data) => data.topic === topic);
  return { list, seqs: list.map((data) => data.seq), end };
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
  return ctrl.params.seq;
}
