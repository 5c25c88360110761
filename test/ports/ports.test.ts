import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { startNginx } from '../peers/nginx.ts';
import { withPeer } from '../peers/peer.ts';
import { startVsftpd } from '../peers/vsftpd.ts';
import { withPlayground } from '../playground/withPlayground.ts';

const playground = withPlayground();

/** How a program ended. */
interface Ended {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

test('downloader saves what a server sends, byte for byte', async (t) => {
  const file = path.join(scratch(t), 'bytes');
  const { code, output } = await run('downloader', [new URL('/bytes/1000000', playground().http).href, file]);
  assert.equal(code, 0);
  assert.match(output, /1000000 bytes/);
  const response = await fetch(new URL('/bytes/1000000', playground().http));
  assert.ok(Buffer.from(await response.arrayBuffer()).equals(readFileSync(file)));
});

test('downloader tells a status that is no success, and ends', async (t) => {
  const file = path.join(scratch(t), 'nothing');
  const { code, errors } = await run('downloader', [new URL('/status/404', playground().http).href, file]);
  assert.equal(code, 1);
  assert.match(errors, /status 404/);
  assert.ok(!existsSync(file));
});

test('downloader leaves nothing of a body that is cut short', async (t) => {
  const folder = scratch(t);
  const { code, errors } = await run('downloader', [
    new URL('/fault/truncated', playground().http).href,
    path.join(folder, 'cut'),
  ]);
  assert.equal(code, 1);
  assert.match(errors, /bytes have come/);
  assert.deepEqual(readdirSync(folder), []);
});

test('downloader tells the WinINet error of a server that is not there', async (t) => {
  const { code, errors } = await run('downloader', ['http://127.0.0.1:1/', path.join(scratch(t), 'nothing')]);
  assert.equal(code, 1);
  assert.match(errors, /HttpSendRequest failed: ERROR_INTERNET_CANNOT_CONNECT \(12029\)/);
});

test('downloader fetches a file from nginx', (t) =>
  withPeer(t, startNginx, async ({ urls, large }) => {
    const file = path.join(scratch(t), 'large');
    const { code } = await run('downloader', [new URL(`files/${large.name}`, urls.http).href, file]);
    assert.equal(code, 0);
    assert.equal(readFileSync(file).length, large.bytes);
  }));

test('asyncClient works off a queue with callbacks, and ends', async () => {
  const { http } = playground();
  const urls = ['/', '/bytes/500000', '/status/404', '/slow/headers/200', '/bytes/10', '/body/chunked'];
  const { code, output } = await run('asyncClient', ['3', ...urls.map((url) => new URL(url, http).href)]);
  assert.equal(code, 0);
  const lines = output.trim().split('\n');
  assert.equal(lines.length, urls.length);
  assert.ok(lines.includes(`${new URL('/bytes/500000', http).href}: 200, 500000 bytes`), output);
  assert.ok(
    lines.some((line) => line.startsWith(`${new URL('/status/404', http).href}: 404, `)),
    output,
  );
});

test('asyncClient tells the error of each request that fails, and does the others', async () => {
  const good = new URL('/bytes/10', playground().http).href;
  const { code, output } = await run('asyncClient', ['2', 'http://127.0.0.1:1/', good, 'foo://x/']);
  assert.equal(code, 1);
  const lines = output.trim().split('\n').toSorted();
  assert.deepEqual(
    lines,
    ['foo://x/: error 12006', 'http://127.0.0.1:1/: error 12029', `${good}: 200, 10 bytes`].toSorted(),
  );
});

test('ftpMirror pulls a folder with all that is in it', async (t) => {
  const local = path.join(scratch(t), 'mirror');
  const { hostname, port } = playground().ftp;
  const { code, output } = await run('ftpMirror', ['pull', hostname, port, '', '', '/pub', local]);
  assert.equal(code, 0, output);
  const files = readdirSync(local, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  assert.ok(files.length > 3);
  assert.match(output, new RegExp(`${files.length} files`));
});

test('ftpMirror pushes a folder to vsftpd and pulls it back unchanged', (t) =>
  withPeer(t, startVsftpd, async ({ port }) => {
    const source = scratch(t);
    mkdirSync(path.join(source, 'inner folder', 'deep'), { recursive: true });
    const octets = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256);
    for (const name of ['one.bin', 'inner folder/two.bin', 'inner folder/deep/three.bin']) {
      writeFileSync(path.join(source, name), octets);
    }
    const back = path.join(scratch(t), 'back');
    const pushed = await run('ftpMirror', ['push', '127.0.0.1', String(port), '', '', 'incoming', source]);
    assert.deepEqual([pushed.code, pushed.errors], [0, '']);
    const pulled = await run('ftpMirror', ['pull', '127.0.0.1', String(port), '', '', 'incoming', back]);
    assert.deepEqual([pulled.code, pulled.errors], [0, '']);
    const names = readdirSync(source, { recursive: true, encoding: 'utf8' }).toSorted();
    assert.deepEqual(readdirSync(back, { recursive: true, encoding: 'utf8' }).toSorted(), names);
    assert.ok(readFileSync(path.join(back, 'inner folder/deep/three.bin')).equals(octets));
  }));

test('ftpMirror tells what the server said of a folder that is not there', async (t) => {
  const { hostname, port } = playground().ftp;
  const { code, errors } = await run('ftpMirror', ['pull', hostname, port, '', '', '/nowhere', scratch(t)]);
  assert.equal(code, 1);
  assert.match(errors, /FtpSetCurrentDirectory failed: ERROR_INTERNET_EXTENDED_ERROR \(12003\)\n550 /);
});

/** Runs a program as its user would; one that does not end by itself is a failure. */
function run(program: string, args: readonly string[]): Promise<Ended> {
  const file = path.join(import.meta.dirname, `${program}.ts`);
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [file, ...args], { timeout: 30_000 }, (error, output, errors) => {
      if (error?.killed) reject(new Error(`${program} did not end; it said: ${output} ${errors}`));
      else resolve({ code: typeof error?.code === 'number' ? error.code : 0, output, errors });
    });
  });
}

function scratch(t: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'hinternet-ports-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
