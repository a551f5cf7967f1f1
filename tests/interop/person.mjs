// People who talk through the SDK.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { server } from './capability.mjs';
import { connect, hears, until } from './sdkclient.mjs';

/** In everything that is unique on a server, so that the tests run again on the same one. */
export const unique = randomBytes(4).toString('hex');
export const PASSWORD = `secret-${unique}`;

const known = new Map();

/** Somebody signed in on one connection and attached to `me`. */
export class Person {
  constructor(client, name) {
    this.client = client;
    this.name = name;
    this.login = `${name}${unique}`;
  }

  /** A new account. */
  static async signUp(name, params = {}) {
    const person = new Person(await connect(server.url), name);
    const ctrl = await person.client.createAccountBasic(person.login, PASSWORD,
      { public: { fn: name }, ...params });
    assert.equal(ctrl.code, 200);
    return person.onMe();
  }

  /** The accounts of these names, made when they are first asked for: passwords take their time. */
  static async all(...names) {
    const people = [];
    for (const name of names) {
      if (!known.has(name)) {
        known.set(name, await Person.signUp(name));
      }
      people.push(known.get(name));
    }
    return people;
  }

  /** The same account on one more connection. */
  async again() {
    const other = new Person(await connect(server.url), this.name);
    await other.client.loginToken(this.client.getAuthToken().token);
    return other.onMe();
  }

  async onMe() {
    this.me = this.client.getMeTopic();
    const query = this.me.startMetaQuery().withDesc().withSub().withTags().build();
    await this.me.subscribe(query);
    // The SDK takes a subscription for done when the first of several replies is there.
    await until(() => this.me.public, 'me is described');
    return this;
  }

  get uid() {
    return this.client.getCurrentUserID();
  }

  /** How much was heard so far, for `hears`. */
  get mark() {
    return this.client.heard.length;
  }

  hears(kind, fields, from = 0) {
    return hears(this.client, kind, fields, from);
  }

  /** Attached to a topic with its last page and members. */
  async open(name, setParams) {
    const topic = this.client.getTopic(name);
    const isNew = !topic.isSubscribed();
    await topic.subscribe(topic.startMetaQuery().withDesc().withSub().build(), setParams);
    if (isNew) {
      await topic.getMeta(topic.startMetaQuery().withData(undefined, undefined, 24).build());
    }
    return topic;
  }

  /** A group or channel of one's own. */
  async found(setParams = {}, isChannel = false) {
    const topic = this.client.getTopic(this.client.newGroupTopicName(isChannel));
    await topic.subscribe(topic.startMetaQuery().withDesc().withSub().build(), setParams);
    return topic;
  }

  /** Invites somebody to a topic, who comes. */
  async bring(topic, guest, mode) {
    await topic.invite(guest.uid, mode);
    return guest.open(topic.name);
  }

  publish(topic, content) {
    return this.client.publish(topic, content, true);
  }

  async meta(topic, what, more = {}) {
    return this.client.getMeta(topic, { what, ...more });
  }

  /** Leaves the server. */
  go() {
    this.client.disconnect();
  }
}

/** Alice and bob in a chat with each other: [alice, bob, alice's side, bob's side]. */
export async function twoInChat() {
  const [alice, bob] = await Person.all('alice', 'bob');
  return [alice, bob, await alice.open(bob.uid), await bob.open(alice.uid)];
}
