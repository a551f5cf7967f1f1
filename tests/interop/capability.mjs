// One capability of a server, tested with the SDK of the official web client:
//   node FILE.mjs [PATH-TO-CONFABD]
// Without a program it runs against the server that CONFAB_TEST_SERVER names.
import { after, describe, it } from 'node:test';
import { connect, disconnectAll } from './sdkclient.mjs';
import { startServer } from './server.mjs';

const DEADLINE_MS = 60_000; // for a busy machine; each takes a part of a second otherwise

export const server = await startServer(process.argv[2]);

const greeting = (await connect(server.url)).getServerInfo();

/** Whether the server is ours: what is ours only is tested there only. */
export const isConfab = String(greeting.build).startsWith('confab:');
export { greeting };

/** A group of checks; whatever they opened is closed in the end. */
export function capability(name, checks) {
  describe(name, () => {
    after(async () => {
      disconnectAll();
      await server.stop();
    });
    checks();
  });
}

/** One thing that works, on our server and on every other one. */
export function check(name, run) {
  it(name, { timeout: DEADLINE_MS }, run);
}

/** One thing that our server does otherwise or more than others, and why. */
export function ours(name, reason, run) {
  it(name, { timeout: DEADLINE_MS, skip: isConfab ? false : `only Confab: ${reason}` }, run);
}

/** What to expect where our server answers otherwise on purpose. */
export function differs(reason, expected) {
  console.log(`# differs: ${reason}`);
  return isConfab ? expected.confab : expected.others;
}
