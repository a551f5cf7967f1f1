// The server under test: a confabd of our own on a free port or, without a program, the server that
// CONFAB_TEST_SERVER names.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { once } from 'node:events';

// What ctest takes for skipped.
const SKIPPED = 77;

export async function startServer(program) {
  if (!program) {
    return otherServer();
  }
  const folder = await mkdtemp(join(tmpdir(), 'confab-interop-'));
  const server = spawn(program, ['--listen', '127.0.0.1:0', '--data', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // Ends the server at the first frame that is no packet (tests/framewatch).
    env: { ...process.env, LD_PRELOAD: process.env.CONFAB_FRAME_WATCH ?? '' },
  });
  const exited = once(server, 'exit');
  const firstLine = once(createInterface({ input: server.stdout }), 'line');
  const [line] = await Promise.race([firstLine, exited]);
  const address = /^Listening on (ws:\S+)$/.exec(String(line));
  if (!address) {
    throw new Error(`${program} did not start: ${line}`);
  }
  return {
    url: new URL(address[1]),
    stop: async () => {
      server.kill('SIGTERM');
      const [code] = await exited;
      await rm(folder, { recursive: true });
      if (code !== 0) {
        throw new Error(`${program} ended with ${code}`);
      }
    },
  };
}

function otherServer() {
  const address = process.env.CONFAB_TEST_SERVER;
  if (!address) {
    console.log('skipped: CONFAB_TEST_SERVER names no server');
    process.exit(SKIPPED);
  }
  return { url: new URL(address), stop: async () => {} };
}
