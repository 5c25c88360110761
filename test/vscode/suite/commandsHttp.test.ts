import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'mocha';
import { env, Uri, window, workspace } from 'vscode';
import { formatHandleValue } from '../../../extension/shared/format.ts';
import { node, openedRequest, run, shownText, withCommands } from './commandsFixture.ts';

suite('HTTP commands', () => {
  const bench = withCommands();

  test('openUrl opens the URL below the root of the commands and selects the handle', async () => {
    const { explorer, http } = bench();
    const serial = await run<number>('openUrl', { url: `${http}content/data.json` });
    const { kind, state, parent } = node(bench(), serial);
    assert.deepEqual([kind, state], ['http-request', 'answered']);
    assert.equal(node(bench(), parent ?? 0).kind, 'root');
    assert.equal(explorer.selected, serial);
  });

  test('openUrl fails with the error of the engine and leaves no handle behind', async () => {
    await assert.rejects(run('openUrl', { url: 'news://localhost/' }), /ERROR_INTERNET_UNRECOGNIZED_SCHEME \(12006\)/);
    await assert.rejects(run('openUrl', { url: bench().https }), /ERROR_INTERNET_INVALID_CA \(12045\)/);
    assert.equal(bench().explorer.open('http-request').length, 0);
  });

  test('openUrl refuses answers that it does not know', async () => {
    await assert.rejects(run('openUrl', { url: 1 }), /url: /);
    await assert.rejects(run('openUrl', { url: bench().http, adress: 'x' }), /adress: /);
  });

  test('connect, openRequest and sendRequest send what they were told', async () => {
    const request = await openedRequest(bench(), 'POST', 'echo');
    assert.equal(node(bench(), request).state, 'unsent');
    const status = await run('sendRequest', { handle: request, headers: ['X-Own: yes'], body: 'Grüße' });
    assert.equal(status, 'HTTP/1.1 200 OK');
    assert.equal(node(bench(), request).state, 'answered');
    await run('readResponse', { handle: request });
    assert.match(shownText(), /^POST \/echo HTTP\/1\.1\r?\n/);
    assert.match(shownText(), /^X-Own: yes\r?$/m);
    assert.match(shownText(), /Grüße$/);
  });

  test('sendRequest sends a local file', async () => {
    const file = path.join(bench().folder, 'body.bin');
    writeFileSync(file, Buffer.alloc(100_000, 7));
    const request = await openedRequest(bench(), 'PUT', '/upload');
    await run('sendRequest', { handle: request, bodyFile: file });
    await run('readResponse', { handle: request });
    assert.equal(JSON.parse(shownText()).bytes, 100_000);
  });

  test('sendRequest without a handle takes the selected request', async () => {
    const request = await openedRequest(bench(), 'GET', '/');
    assert.equal(bench().explorer.selected, request);
    assert.equal(await run('sendRequest', {}), 'HTTP/1.1 200 OK');
  });

  test('readResponse shows a body in its language and once only', async () => {
    const serial = await run<number>('openUrl', { url: `${bench().http}content/data.json` });
    const first = await run<{ uri: string; bytes: number }>('readResponse', { handle: serial });
    const document = window.activeTextEditor?.document;
    assert.equal(document?.languageId, 'json');
    assert.equal(document?.uri.toString(), first.uri);
    JSON.parse(shownText());
    assert.equal(node(bench(), serial).state, 'drained');
    const again = await run<{ uri: string; bytes: number }>('readResponse', { handle: serial });
    assert.deepEqual(again, first);
  });

  test('readResponse decodes the encodings that servers declare', async () => {
    for (const name of ['utf-8.txt', 'windows-1252.txt', 'latin-1.txt', 'utf-16.txt']) {
      const serial = await run<number>('openUrl', { url: `${bench().http}content/${name}` });
      await run('readResponse', { handle: serial });
      assert.doesNotMatch(shownText(), /\ufffd|\0/, name);
      assert.match(shownText(), /[äöüéè€ñ]/, name);
    }
  });

  test('readResponse shows bytes as a dump', async () => {
    const serial = await run<number>('openUrl', { url: `${bench().http}content/octets.bin` });
    const { uri } = await run<{ uri: string }>('readResponse', { handle: serial });
    assert.match(uri, /octets\.bin\.hex$/);
    assert.match(shownText(), /^00000000 {2}([0-9a-f]{2} ){8} ([0-9a-f]{2} ){7}[0-9a-f]{2} {2}\|.{16}\|\n/);
  });

  test('readResponse refuses a body above the limit and saves it to a file instead', async () => {
    const settings = workspace.getConfiguration('hinternet');
    await settings.update('body.limit', 1_000_000, true);
    try {
      const serial = await run<number>('openUrl', { url: `${bench().http}bytes/3000000` });
      await assert.rejects(run('readResponse', { handle: serial }), /hinternet\.body\.limit/);
      const saveTo = path.join(bench().folder, 'large.bin');
      assert.deepEqual(await run('readResponse', { handle: serial, saveTo }), { saved: saveTo, bytes: 3_000_000 });
      assert.equal(readFileSync(saveTo).length, 3_000_000);
    } finally {
      await settings.update('body.limit', undefined, true);
    }
  });

  test('downloadFile saves a body, also one that is shown already', async () => {
    const serial = await run<number>('openUrl', { url: `${bench().http}content/data.json` });
    const local = path.join(bench().folder, 'data.json');
    const { uri } = await run<{ uri: string }>('readResponse', { handle: serial });
    await run('downloadFile', { handle: serial, local });
    const document = await workspace.openTextDocument(Uri.parse(uri));
    assert.equal(readFileSync(local, 'utf8'), document.getText());
  });

  test('queryInfo reads status, headers and the raw head', async () => {
    const serial = await run<number>('openUrl', { url: `${bench().http}content/data.json` });
    assert.match(String(await run('queryInfo', { handle: serial, header: 'content-type' })), /json/);
    assert.equal(await run('queryInfo', { handle: serial, attribute: 19 }), '200');
    assert.match(String(await run('queryInfo', { handle: serial })), /^HTTP\/1\.1 200 OK\r\n/);
    const request = String(await run('queryInfo', { handle: serial, request: true }));
    assert.match(request, /^GET \/content\/data\.json HTTP\/1\.1\r\n/);
    await assert.rejects(run('queryInfo', { handle: serial, header: 'X-None' }), /ERROR_HTTP_HEADER_NOT_FOUND/);
  });

  test('copyValue copies the value as debuggers show it', async () => {
    const serial = await run<number>('openUrl', { url: bench().http });
    const value = formatHandleValue(node(bench(), serial).value);
    assert.equal(await run('copyValue', { handle: serial }), value);
    assert.equal(await env.clipboard.readText(), value);
  });

  test('closeHandle closes a session with its requests and selects what is left above', async () => {
    const request = await openedRequest(bench(), 'GET', '/');
    const session = node(bench(), request).parent ?? 0;
    const root = node(bench(), session).parent;
    await run('closeHandle', { handle: session });
    assert.equal(bench().explorer.open('http-request').length, 0);
    assert.equal(bench().explorer.selected, root);
  });

  test('closeAll closes every handle and tells how many there were', async () => {
    await openedRequest(bench(), 'GET', '/');
    assert.equal(await run('closeAll', {}), 3);
    assert.equal(bench().explorer.open('root').length, 0);
  });
});
