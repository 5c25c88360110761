import assert from 'node:assert/strict';
import { suite, test } from 'mocha';
import { commands, env, extensions } from 'vscode';
import { functionNames, functionRow } from '../../../extension/shared/hierarchy.ts';
import { node, openedRequest, run, withCommands } from './commandsFixture.ts';

const CONNECT_TIMEOUT = 2;

suite('functions as commands', () => {
  const bench = withCommands();

  test('every function that the engine runs on a handle is a command', async () => {
    const registered = new Set(await commands.getCommands(true));
    const needed = functionNames.filter((fn) => Object.keys(functionRow(fn).uses).length > 0);
    assert.ok(needed.length > 20);
    assert.deepEqual(
      needed.filter((fn) => !registered.has(`hinternet.fn.${fn}`)),
      [],
    );
  });

  test('every command of the manifest is registered', async () => {
    const manifest = extensions.getExtension('hinternet-explorer.hinternet-explorer')?.packageJSON;
    const contributed: readonly { command: string }[] = manifest?.contributes?.commands ?? [];
    const registered = new Set(await commands.getCommands(true));
    assert.deepEqual(
      contributed.map(({ command }) => command).filter((command) => !registered.has(command)),
      [],
    );
  });

  test('callFunction calls a function by its name', async () => {
    const request = await openedRequest(bench(), 'GET', '/');
    assert.equal(await run('callFunction', request, 'InternetQueryOption', { option: 9 }), 13);
    assert.equal(await run('callFunction', request, 'HttpSendRequest', {}), 'HTTP/1.1 200 OK');
  });

  test('callFunction calls functions that use no handle: InternetOpen opens a root of its own', async () => {
    const root = await run<number>('callFunction', undefined, 'InternetOpen', { dwFlags: 'INTERNET_FLAG_ASYNC' });
    assert.equal(node(bench(), root).kind, 'root');
    assert.equal(bench().explorer.selected, root);
    const { hostname, port } = new URL(bench().http);
    const session = await run<number>('fn.InternetConnect', {
      handle: root,
      protocol: 'http',
      host: hostname,
      port: Number(port),
    });
    const request = await run<number>('openRequest', { handle: session, method: 'GET', path: '/' });
    await assert.rejects(run('fn.HttpSendRequest', { handle: request }), /ERROR_IO_PENDING/);
  });

  test('callFunction passes on what the engine refuses, and refuses names that are none', async () => {
    const request = await openedRequest(bench(), 'GET', '/');
    await assert.rejects(
      run('callFunction', request, 'InternetReadFileEx', {}),
      /ERROR_INTERNET_INCORRECT_HANDLE_STATE/,
    );
    await assert.rejects(run('callFunction', request, 'constructor', {}));
  });

  test('fn.InternetSetOption changes what fn.InternetQueryOption reads', async () => {
    const handle = await openedRequest(bench(), 'GET', '/');
    await run('fn.InternetSetOption', { handle, option: CONNECT_TIMEOUT, value: 1234 });
    assert.equal(await run('fn.InternetQueryOption', { handle, option: CONNECT_TIMEOUT }), 1234);
  });

  test('fn.HttpAddRequestHeaders adds a header to the request', async () => {
    const handle = await openedRequest(bench(), 'GET', '/');
    await run('fn.HttpAddRequestHeaders', { handle, headers: 'X-Own: 1' });
    assert.equal(await run('queryInfo', { handle, header: 'X-Own', request: true }), '1');
  });

  test('fn.InternetSetStatusCallback sets a callback and removes it again', async () => {
    const handle = await openedRequest(bench(), 'GET', '/');
    assert.equal(await run('fn.InternetSetStatusCallback', { handle }), false);
    await run('sendRequest', { handle });
    assert.equal(await run('fn.InternetSetStatusCallback', { handle, on: false }), true);
  });

  test('fn.InternetQueryDataAvailable tells how much can be read', async () => {
    const handle = await openedRequest(bench(), 'GET', '/bytes/1024');
    await run('sendRequest', { handle });
    assert.ok((await run<number>('fn.InternetQueryDataAvailable', { handle })) > 0);
  });

  test('a command called with a serial acts on that handle', async () => {
    const first = await openedRequest(bench(), 'GET', '/');
    const second = await openedRequest(bench(), 'GET', '/');
    assert.equal(bench().explorer.selected, second);
    await run('copyValue', first);
    assert.equal(
      await env.clipboard.readText(),
      `0x${node(bench(), first).value.toString(16).toUpperCase().padStart(8, '0')}`,
    );
  });
});
