import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { withPlayground } from './withPlayground.ts';

const missing = spawnSync('curl', ['--version']).status === 0 ? false : 'curl';
const playground = withPlayground();
let folder = '';

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playground-curl-'));
});
after(() => rm(folder, { recursive: true, force: true }));

/** Runs curl and returns its standard output and exit code. */
function curl(...args: string[]): Promise<{ readonly out: string; readonly code: number }> {
  return new Promise((resolve) => {
    const options = { encoding: 'latin1', maxBuffer: 16 * 1024 * 1024, timeout: 30_000 } as const;
    const child = execFile(
      'curl',
      ['--silent', '--noproxy', '*', '--max-time', '20', ...args],
      options,
      (_error, out) => resolve({ out, code: child.exitCode ?? -1 }),
    );
  });
}

const web = (path: string): string => new URL(path, playground().http).href;
const ftp = (path: string): string => new URL(path, playground().ftp).href;

test('startWebServer satisfies curl: digest, compression, redirects, cookies, ranges', { skip: missing }, async () => {
  const status = ['--output', '/dev/null', '--write-out', '%{http_code}'];
  assert.equal((await curl(...status, '--digest', '--user', 'ada:lovelace', web('/auth/digest'))).out, '200');
  assert.equal((await curl(...status, '--anyauth', '--user', 'ada:lovelace', web('/auth/choice'))).out, '200');
  assert.equal((await curl(...status, '--digest', '--user', 'ada:x', web('/auth/digest'))).out, '401');
  assert.equal((await curl(...status, '--location', web('/redirect/chain/10'))).out, '200');
  assert.equal((await curl(...status, '--location', '--max-redirs', '5', web('/redirect/loop'))).code, 47);
  assert.match((await curl('--compressed', web('/encoding/gzip'))).out, /^ {2}1 {2}On the wire/);
  const jar = join(folder, 'jar');
  await curl('--cookie-jar', jar, web('/cookies/set'));
  const shown = (await curl('--cookie', jar, web('/cookies/show/'))).out.trim().split('\n').sort();
  // Versions of curl differ on whether 127.0.0.1 is safe enough for the cookie marked Secure.
  assert.deepEqual(
    shown.filter((cookie) => !cookie.startsWith('careful=')),
    ['folder=only-here', 'hidden=from-scripts', 'lasting=one-hour', 'session=until-the-end'],
  );
  assert.equal((await curl('--range', '0-63', web('/bytes/1000'))).out.length, 64);
});

test('faultRoutes make curl report the matching failure', { skip: missing }, async () => {
  const code = async (path: string) => (await curl(web(path))).code;
  assert.equal(await code('/fault/truncated'), 18);
  assert.equal(await code('/fault/silence'), 52);
  assert.equal(await code('/fault/reset-at-once'), 56);
  assert.equal(await code('/fault/bad-chunk'), 56);
  assert.equal(await code('/fault/garbage'), 1);
});

test('startWebServer takes an upload from curl and satisfies it over TLS', { skip: missing }, async () => {
  const file = join(folder, 'upload');
  await writeFile(file, Buffer.alloc(3_000_000, 'x'));
  assert.equal(JSON.parse((await curl('--upload-file', file, web('/upload'))).out).bytes, 3_000_000);
  const trusted = join(folder, 'certificate.pem');
  await writeFile(trusted, playground().certificate);
  const page = new URL('/status/200', playground().https).href;
  assert.match((await curl('--cacert', trusted, page)).out, /^200 OK/);
  assert.equal((await curl(page)).code, 60);
});

test('startFtpServer satisfies curl in passive and active mode', { skip: missing }, async () => {
  const bytes = String.fromCharCode(...Array(256).keys());
  assert.equal((await curl(ftp('/binary.bin'))).out, bytes);
  assert.equal((await curl('--disable-epsv', ftp('/binary.bin'))).out, bytes);
  assert.equal((await curl('--ftp-port', '127.0.0.1', ftp('/binary.bin'))).out, bytes);
  assert.equal((await curl('--ftp-port', '127.0.0.1', '--disable-eprt', ftp('/binary.bin'))).out, bytes);
  assert.equal((await curl('--range', '10-19', ftp('/binary.bin'))).out, bytes.slice(10, 20));
  // curl turns the CR LF of the wire back into its own line ends.
  assert.match((await curl('--use-ascii', ftp('/pub/notes.txt'))).out, /^First note\nSecond note\n$/);
  assert.match((await curl('--list-only', ftp('/pub/'))).out, /^deep\r?\nno-newline\.txt\r?\n/);
});

test('startFtpServer gives curl every listed file by its address and takes an upload', { skip: missing }, async () => {
  const named = playground().addresses.filter(({ protocol, group }) => protocol === 'ftp' && group === 'Odd names');
  for (const { url, detail } of named) {
    const { out } = await curl(url);
    assert.equal(Buffer.from(out, 'latin1').toString(), `${detail}\n`, url);
  }
  const file = join(folder, 'ftp-upload');
  await writeFile(file, Buffer.alloc(1_000_000, 'y'));
  assert.equal((await curl('--upload-file', file, ftp('/incoming/from-curl.bin'))).code, 0);
  const back = join(folder, 'back');
  assert.equal((await curl('--output', back, ftp('/incoming/from-curl.bin'))).code, 0);
  assert.deepEqual(await readFile(back), await readFile(file));
  assert.equal((await curl('--upload-file', file, ftp('/readonly/no.bin'))).code, 25);
  assert.equal((await curl(ftp('/private/'))).code, 9);
});
