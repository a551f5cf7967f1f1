// Finding people, groups and channels by tags.
import assert from 'node:assert/strict';
import { capability, check, differs, ours } from './capability.mjs';
import { Person, unique } from './person.mjs';
import { refusal } from './sdkclient.mjs';

const CITY = `city:${unique}`;
const BAND = `band:${unique}`;
const SPORT = `sport:${unique}`;

let made;

/** Alice, who searches, and people with tags. */
function cast() {
  made ??= (async () => {
    const [alice] = await Person.all('alice');
    await alice.client.getFndTopic().subscribe();
    const bob = await Person.signUp('bob', { tags: [CITY, BAND] });
    const carol = await Person.signUp('carol', { tags: [CITY, SPORT] });
    return { alice, bob, carol };
  })();
  return made;
}

/** What a query finds. */
async function find(person, query) {
  const fnd = person.client.getFndTopic();
  await fnd.setMeta({ desc: { public: query } });
  const answer = await person.client.getMeta('fnd', { what: 'sub' });
  return answer.sub ?? [];
}

const names = (found) => found.map(({ topic, user }) => topic || user).sort();

capability('search', () => {
  check('a tag finds who has it, and says which tag it was', async () => {
    const { alice, bob } = await cast();
    const found = await find(alice, BAND);
    assert.deepEqual(names(found), [bob.uid]);
    assert.equal(found[0].public.fn, 'bob');
    assert.deepEqual(found[0].private, [BAND]);
  });

  check('words with a space between them must all fit', async () => {
    const { alice, carol } = await cast();
    assert.deepEqual(names(await find(alice, `${CITY} ${SPORT}`)), [carol.uid]);
    assert.deepEqual(names(await find(alice, `${BAND} ${SPORT}`)), []);
  });

  check('of words with a comma between them any may fit', async () => {
    const { alice, bob, carol } = await cast();
    assert.deepEqual(names(await find(alice, `${BAND},${SPORT}`)), [bob.uid, carol.uid].sort());
  });

  check('a login is a tag', async () => {
    const { alice, bob } = await cast();
    assert.deepEqual(names(await find(alice, `basic:${bob.login}`)), [bob.uid]);
  });

  ours('a bare word is looked for among logins and aliases',
    'the documentation promises it, upstream no longer does it', async () => {
      const { alice, carol } = await cast();
      assert.deepEqual(names(await find(alice, carol.login)), [carol.uid]);
    });

  check('nothing found is no error', async () => {
    const { alice } = await cast();
    await alice.client.getFndTopic().setMeta({ desc: { public: `none:${unique}` } });
    const answer = await alice.client.getMeta('fnd', { what: 'sub' });
    assert.equal(answer.code, 204);
    assert.equal(answer.params.what, 'sub');
  });

  check('groups and channels are found by their tags', async () => {
    const { alice, bob } = await cast();
    const group = await bob.found({ desc: { public: { fn: 'choir' } }, tags: [`choir:${unique}`] });
    const channel = await bob.found({ tags: [`paper:${unique}`] }, true);
    const [found] = await find(alice, `choir:${unique}`);
    assert.equal(found.topic, group.name);
    assert.equal(found.public.fn, 'choir');
    assert.deepEqual(names(await find(alice, `paper:${unique}`)),
      [channel.name.replace(/^grp/, 'chn')]);
  });

  check('an alias finds, and belongs to one only', async () => {
    const { alice, bob, carol } = await cast();
    const alias = `alias:bob_${unique}`;
    const { tags } = await bob.meta('me', 'tags');
    await bob.me.setMeta({ tags: [...tags, alias] });
    assert.deepEqual(names(await find(alice, alias)), [bob.uid]);
    const fnd = carol.client.getFndTopic();
    assert.equal(await fnd.checkTagUniqueness(alias, carol.uid), false);
    assert.equal(await fnd.checkTagUniqueness(alias, bob.uid), true);
    const own = (await carol.meta('me', 'tags')).tags;
    const theft = await carol.client.setMeta('me', { tags: [...own, alias] })
      .catch((error) => error);
    assert.equal(theft.code, differs('others leave it to the client to ask first',
      { confab: 409, others: 200 }));
  });

  check('a free alias is free', async () => {
    const { carol } = await cast();
    const fnd = carol.client.getFndTopic();
    await fnd.subscribe();
    await fnd.setMeta({ desc: { public: `alias:free_${unique}` } });
    const answer = await carol.client.getMeta('fnd', { what: 'tags' });
    assert.equal(answer.code, 204);
  });

  check('a query is asked on one connection only', async () => {
    const { alice } = await cast();
    await find(alice, BAND);
    const phone = await alice.again();
    await phone.client.getFndTopic().subscribe();
    assert.equal((await phone.client.getMeta('fnd', { what: 'sub' })).code, 204);
  });

  ours('a search needs its topic', 'upstream answers the last query of another connection',
    async () => {
      const { alice } = await cast();
      const phone = await alice.again();
      const query = phone.client.getMeta('fnd', { what: 'sub' });
      assert.equal(await refusal(query, 'a search without fnd'), 409);
    });
});
