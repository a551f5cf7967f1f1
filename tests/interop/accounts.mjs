// Making, using, changing and deleting accounts.
import assert from 'node:assert/strict';
import { capability, check, differs, ours, server } from './capability.mjs';
import { PASSWORD, Person, unique } from './person.mjs';
import { connect, hears, refusal, until } from './sdkclient.mjs';

const stranger = () => connect(server.url);

async function signsIn(login, password) {
  const client = await stranger();
  const { code } = await client.loginBasic(login, password);
  client.disconnect();
  return code;
}

async function refusedSignIn(login, password) {
  const client = await stranger();
  const code = await refusal(client.loginBasic(login, password), `signing in as ${login}`);
  client.disconnect();
  return code;
}

capability('accounts', () => {
  check('an account is made with a login, a profile and tags', async () => {
    const client = await stranger();
    const ctrl = await client.createAccountBasic(`maker${unique}`, PASSWORD,
      { public: { fn: 'Maker' }, private: { comment: 'me' }, tags: [`club:${unique}`] });
    assert.equal(ctrl.code, 200);
    assert.match(ctrl.params.user, /^usr[A-Za-z0-9_-]{11}$/);
    assert.equal(ctrl.params.authlvl, 'auth');
    assert.ok(new Date(ctrl.params.expires) > new Date());
    const me = client.getMeTopic();
    await me.subscribe();
    const { desc } = await client.getMeta('me', { what: 'desc' });
    assert.equal(desc.public.fn, 'Maker');
    assert.equal(desc.private.comment, 'me');
    assert.match(desc.defacs.auth, /^JRWPAS/);
    const { tags } = await client.getMeta('me', { what: 'tags' });
    assert.ok(tags.includes(`club:${unique}`));
    assert.ok(tags.includes(`basic:maker${unique}`));
  });

  check('an account can be made without signing in', async () => {
    const client = await stranger();
    const secret = Buffer.from(`later${unique}:${PASSWORD}`).toString('base64');
    const ctrl = await client.createAccount('basic', secret, false, { public: { fn: 'Later' } });
    assert.equal(ctrl.code, 201);
    assert.ok(ctrl.params.user);
    assert.equal(await refusal(client.subscribe('me'), 'a stranger'), 401);
    assert.equal(await signsIn(`later${unique}`, PASSWORD), 200);
  });

  check('an account needs no login', async () => {
    const client = await stranger();
    const ctrl = await client.createAccount('anonymous', '', true, { public: { fn: 'Nobody' } });
    assert.equal(ctrl.params.authlvl, 'anon');
    const again = await stranger();
    await again.loginToken(ctrl.params.token);
    assert.equal(again.getCurrentUserID(), ctrl.params.user);
  });

  check('a taken login is refused', async () => {
    const [taken] = await Person.all('mallory');
    const client = await stranger();
    for (const login of [taken.login, taken.login.toUpperCase()]) {
      assert.equal(await refusal(client.createAccountBasic(login, 'other-word', {}), login), 409);
    }
  });

  check('bad logins and short passwords are refused', async () => {
    const client = await stranger();
    const make = (login, password) => refusal(client.createAccountBasic(login, password, {}), login);
    assert.equal(await make(`${'x'.repeat(40)}`, PASSWORD), 422);
    assert.equal(await make(`a b ${unique}`, PASSWORD), 422);
    assert.equal(await make(`short${unique}`, ''), 422);
  });

  check('a login is the same in capitals', async () => {
    const [person] = await Person.all('victim');
    assert.equal(await signsIn(person.login.toUpperCase(), PASSWORD), 200);
  });

  check('wrong passwords and unknown logins get the same answer', async () => {
    const [person] = await Person.all('victim');
    assert.equal(await refusedSignIn(person.login, 'wrong-word'), 401);
    assert.equal(await refusedSignIn(`nobody${unique}`, 'wrong-word'), 401);
  });

  check('a token signs in, a forged one does not', async () => {
    const [person] = await Person.all('mallory');
    const { token, expires } = person.client.getAuthToken();
    assert.ok(expires > new Date());
    const client = await stranger();
    const ctrl = await client.loginToken(token);
    assert.equal(ctrl.params.user, person.uid);
    const forged = Buffer.from(token, 'base64');
    forged[forged.length - 1] ^= 1; // the signature comes last
    const other = await stranger();
    assert.equal(await refusal(other.loginToken(forged.toString('base64')), 'forged'), 401);
  });

  check('nobody signs in twice on one connection', async () => {
    const [person] = await Person.all('mallory');
    assert.equal(await refusal(person.client.loginBasic(person.login, PASSWORD), 'again'), 409);
  });

  check('an unknown way to sign in is refused', async () => {
    const client = await stranger();
    assert.equal(await refusal(client.login('magic', 'c2VjcmV0'), 'magic'), 401);
  });

  check('a password is changed', async () => {
    const person = await Person.signUp('passwd');
    const ctrl = await person.client.updateAccountBasic(undefined, '', 'new-password');
    assert.equal(ctrl.code, 200);
    assert.equal(await refusedSignIn(person.login, PASSWORD), 401);
    assert.equal(await signsIn(person.login, 'new-password'), 200);
    assert.equal((await person.meta('me', 'desc')).desc.public.fn, 'passwd');
  });

  ours('a new password ends old tokens', 'a stolen token must not outlive the password (T31)',
    async () => {
      const person = await Person.signUp('serial');
      const { token } = person.client.getAuthToken();
      await person.client.updateAccountBasic(undefined, '', 'new-password');
      const client = await stranger();
      assert.equal(await refusal(client.loginToken(token), 'an old token'), 401);
    });

  check('a login is changed, and the old one is free', async () => {
    const person = await Person.signUp('before');
    await person.client.updateAccountBasic(undefined, `after${unique}`, PASSWORD);
    assert.equal(await refusedSignIn(person.login, PASSWORD), 401);
    assert.equal(await signsIn(`after${unique}`, PASSWORD), 200);
    const heir = await Person.signUp('before');
    assert.notEqual(heir.uid, person.uid);
  });

  check('nobody changes the password of another', async () => {
    const [mallory, victim] = await Person.all('mallory', 'victim');
    const change = mallory.client.updateAccountBasic(victim.uid, '', 'new-password');
    assert.equal(await refusal(change, 'the password of another'), 403);
    assert.equal(await signsIn(victim.login, PASSWORD), 200);
  });

  check('a forgotten password cannot be sent without credentials', async () => {
    const client = await stranger();
    const reset = client.requestResetAuthSecret('basic', 'email', 'a@example.com');
    const code = differs('others never say whether they could send one; we have no validators',
      { confab: 501, others: 301 });
    assert.equal(await reset.then((ctrl) => ctrl.code, (error) => error.code), code);
  });

  check('a deleted account is gone everywhere', async () => {
    const [leaver, friend] = await Person.all('leaver', 'friend');
    const uid = leaver.uid;
    const chat = await leaver.open(friend.uid);
    await leaver.publish(chat.name, 'bye');
    await friend.hears('pres', { what: 'msg', src: uid });
    const phone = await leaver.again();
    const { token } = leaver.client.getAuthToken();
    await leaver.client.delCurrentUser(true);
    await until(() => phone.client.heard.some(({ ctrl }) => ctrl?.code === 205),
      'the other connection is told');
    assert.equal(await refusedSignIn(leaver.login, PASSWORD), 401);
    const client = await stranger();
    assert.ok([401, 404].includes(await refusal(client.loginToken(token), 'its token')));
    const what = differs('with us the other one keeps the conversation',
      { confab: 'off', others: 'gone' });
    await hears(friend.client, 'pres', { topic: 'me', what, src: uid });
    const newcomer = await Person.signUp('newcomer');
    assert.equal(await refusal(newcomer.client.subscribe(uid), 'who is gone'), 404);
  });
});
