import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { curlOf } from '../../../extension/shared/generate/curl.ts';
import { programOf } from '../../../extension/shared/generate/programOf.ts';
import { shellWord } from '../../../extension/shared/generate/shell.ts';
import {
  HTTP_ADDREQ_FLAG_ADD,
  INTERNET_FLAG_NO_AUTO_REDIRECT,
  INTERNET_OPEN_TYPE_PROXY,
  INTERNET_SERVICE_HTTP,
} from '../../../extension/wininet/index.ts';
import { withPlayground } from '../../playground/withPlayground.ts';
import {
  connectHttp,
  type Engine,
  openRequest,
  readAll,
  sendRequest,
  startEngine,
} from '../../wininet/engineFixture.ts';
import { toolOrSkip } from './generatedProgram.ts';
import { wholeJournal } from './recordedJournals.ts';

const playground = withPlayground();

/** What a server was asked. */
type Asked = readonly [method: string, url: string, headers: readonly string[], body: string];

/** A server that notes what it is asked, and answers as the playground does. */
async function startWitness(t: TestContext): Promise<{ readonly url: URL; readonly asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const headers: string[] = [];
      for (let at = 0; at < request.rawHeaders.length; at += 2) {
        headers.push(`${request.rawHeaders[at]}: ${request.rawHeaders[at + 1]}`);
      }
      asked.push([request.method ?? '', request.url ?? '', headers.toSorted(), body.toString('latin1')]);
      const { pathname, search } = new URL(request.url ?? '/', playground().http);
      const options = { method: request.method, headers: request.headers };
      forward(new URL(`${pathname}${search}`, playground().http), options, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), asked };
}

/** Runs what curlOf makes of a journal, and compares what the server was asked by it with what it was asked before. */
async function asksTheSame(
  t: TestContext,
  { journal }: Engine,
  asked: Asked[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const before = asked.splice(0);
  assert.notEqual(before.length, 0);
  const script = curlOf(programOf(wholeJournal(journal.entries), null), journal.entries) ?? '';
  const bash = toolOrSkip(t, 'curl') && toolOrSkip(t, 'bash');
  if (bash === undefined) return script;
  await new Promise<void>((resolve, reject) => {
    const options = { timeout: 30_000, env: { ...process.env, ...environment } };
    const child = execFile(bash, options, (error, _output, errors) => {
      if (error === null) resolve();
      else reject(new Error(`${errors}\n${script}`));
    });
    child.stdin?.end(script);
  });
  assert.deepEqual(asked, before, script);
  return script;
}

test('curlOf sends method, address, headers and bodies as they were sent', async (t) => {
  const { url, asked } = await startWitness(t);
  const engine = await startEngine(t);
  await sendRequest(engine, url, '/echo?q=a%20b&c=[1]{2}');
  const put = await openRequest(engine, url, "/echo/it's", { verb: 'PUT' });
  await engine.wininet.HttpAddRequestHeaders(
    put,
    'X-Note: "plain" $HOME `x`\r\nContent-Type: text/plain',
    HTTP_ADDREQ_FLAG_ADD,
  );
  await engine.wininet.HttpSendRequest(put, 'Accept: text/html', '.......');
  await sendRequest(engine, url, '/status/200', { verb: 'HEAD' });
  await sendRequest(engine, url, '/status/204', { verb: 'DELETE' });
  const script = await asksTheSame(t, engine, asked);
  assert.match(script, /placeholder 7/);
});

test('curlOf follows redirects where the library did, and only there', async (t) => {
  const { url, asked } = await startWitness(t);
  const engine = await startEngine(t);
  await sendRequest(engine, url, '/redirect/relative');
  await sendRequest(engine, url, '/redirect/relative', { requestFlags: INTERNET_FLAG_NO_AUTO_REDIRECT });
  await asksTheSame(t, engine, asked);
});

test('curlOf gives an account whose password is in the environment', async (t) => {
  const { url, asked } = await startWitness(t);
  const engine = await startEngine(t);
  await sendRequest(engine, url, '/auth/basic', { user: 'ada', password: 'lovelace' });
  const script = await asksTheSame(t, engine, asked, { HINTERNET_PASSWORD: 'lovelace' });
  assert.doesNotMatch(script, /lovelace/);
});

test('curlOf names what is masked in headers and addresses', async (t) => {
  const { url, asked } = await startWitness(t);
  const engine = await startEngine(t);
  const request = await openRequest(engine, url, '/echo?token=abc&x=1');
  await engine.wininet.HttpSendRequest(request, 'X-Api-Key: hush\r\nAuthorization: Bearer quiet');
  const script = await asksTheSame(t, engine, asked, {
    HINTERNET_TOKEN: 'abc',
    HINTERNET_X_API_KEY: 'hush',
    HINTERNET_AUTHORIZATION: 'Bearer quiet',
  });
  assert.doesNotMatch(script, /hush|quiet|abc/);
});

test('curlOf uploads in one piece what HttpSendRequestEx sent in several', async (t) => {
  const { url, asked } = await startWitness(t);
  const engine = await startEngine(t);
  const request = await openRequest(engine, url, '/upload', { verb: 'POST' });
  await engine.wininet.HttpSendRequestEx(request, { dwBufferTotal: 10 });
  for (const piece of ['.....', '.....']) await engine.wininet.InternetWriteFile(request, Buffer.from(piece));
  await engine.wininet.HttpEndRequest(request);
  await readAll(engine, request);
  await asksTheSame(t, engine, asked);
});

test('curlOf goes through the proxy that the root was opened with', async (t) => {
  const { url, asked } = await startWitness(t);
  const engine = await startEngine(t);
  const root = await engine.wininet.InternetOpen('proxied/1.0', INTERNET_OPEN_TYPE_PROXY, url.host, null, 0);
  // A name that only the proxy can reach.
  const { wininet } = engine;
  const session = await wininet.InternetConnect(root, 'example.test', 8080, null, null, INTERNET_SERVICE_HTTP, 0, 0);
  const request = await engine.wininet.HttpOpenRequest(session, 'GET', '/bytes/5', null, null, null, 0, 0);
  await engine.wininet.HttpSendRequest(request);
  await asksTheSame(t, engine, asked);
});

test('curlOf repeats a request that came to nothing, and says so', async (t) => {
  const engine = await startEngine(t);
  const request = await openRequest(engine, new URL('http://127.0.0.1:1/'), '/nobody');
  await assert.rejects(engine.wininet.HttpSendRequest(request));
  const script = curlOf(programOf(wholeJournal(engine.journal.entries), null), engine.journal.entries);
  assert.match(script ?? '', /failed: ERROR_INTERNET_CANNOT_CONNECT[\s\S]*http:\/\/127\.0\.0\.1:1\/nobody/);
});

test('shellWord gives the shell any text, and hides nothing from who reads it', async (t) => {
  const text = `it's "a" \\ $HOME \`x\` \\u{41}\t\u202e\u00e9\u{1f600} \\x41`;
  const word = shellWord([text]);
  assert.doesNotMatch(word, /[\t\u202e]/);
  const bash = toolOrSkip(t, 'bash');
  if (bash === undefined) return;
  const { stdout } = await promisify(execFile)(bash, ['-c', `printf %s ${word}`], { env: { LC_ALL: 'C' } });
  assert.equal(stdout, text);
});

test('curlOf has nothing to say of a journal without requests', async (t) => {
  const engine = await startEngine(t);
  await connectHttp(engine, playground().http);
  assert.equal(curlOf(programOf(wholeJournal(engine.journal.entries), null), engine.journal.entries), null);
});
