import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { ok, serve } from './httpFixture.ts';

const program = `
const { createHttpDriver } = require(process.argv[1]);
const dispatchers = () => [1, 2].map((n) => typeof globalThis[Symbol.for('undici.globalDispatcher.' + n)]);
const before = dispatchers();
const port = Number(process.argv[2]);
const driver = createHttpDriver();
const context = { observer: () => undefined, signal: new AbortController().signal };
const none = { unknownAuthority: false, wrongName: false, wrongDate: false, wrongUsage: false, weak: false, revocation: false };
driver.send({
  server: { scheme: 'http', host: '127.0.0.1', port }, proxy: null, proxyHeaders: [], method: 'GET', target: '/', headers: [],
  body: null, timeouts: { connect: 0, send: 0, receive: 0 }, maxConnectionsPerServer: 2, keepAlive: true, certificates: none,
}, context).then(async ({ status }) => {
  await driver.close();
  console.log(JSON.stringify({ before, after: dispatchers(), status }));
});
`;

test('loadUndiciClient leaves the fetch of the process alone, bundled and after a request', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'driver-bundle-'));
  t.after(() => rm(folder, { recursive: true }));
  const outfile = path.join(folder, 'driver.cjs');
  await build({
    entryPoints: [path.join(import.meta.dirname, '../../extension/drivers/httpDriver.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22.19',
    outfile,
    logLevel: 'silent',
  });
  const server = await serve(t, { '/': [ok('x')] });
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', program, outfile, String(server.port)]);
  const untouched = ['undefined', 'undefined'];
  assert.deepEqual(JSON.parse(stdout), { before: untouched, after: untouched, status: 200 });
});
