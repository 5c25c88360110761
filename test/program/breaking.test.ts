import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { formatAddress } from '../../extension/shared/watchProtocol.ts';
import { programFolder, runProgram, startWatch, until, type Watch, writeProgram } from './watchedProgram.ts';

/** A debugger for the program that imports it: prints the lines on which it stops, and lets it go on. */
const DEBUGGER = `import { writeSync } from 'node:fs';
import { Session } from 'node:inspector';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
if (isMainThread) {
  const worker = new Worker(new URL(import.meta.url));
  await new Promise((resolve) => worker.once('message', resolve));
  worker.unref();
} else {
  const session = new Session();
  session.connectToMainThread();
  const names = new Map();
  session.on('Debugger.scriptParsed', ({ params: { scriptId, url } }) => {
    names.set(scriptId, url.slice(url.lastIndexOf('/') + 1));
  });
  session.on('Debugger.paused', ({ params: { callFrames: [{ location }] } }) => {
    writeSync(1, 'stopped at ' + names.get(location.scriptId) + ':' + (location.lineNumber + 1) + '\\n');
    session.post('Debugger.resume');
  });
  session.post('Debugger.enable', () => parentPort.postMessage('ready'));
  setInterval(() => undefined, 1000);
}
`;
const HEAD = "import './debugger.mjs';\nimport * as wininet from 'hinternet-explorer/wininet';\n";

function debuggedProgram(t: TestContext, name: string, text: string): string {
  const folder = programFolder(t);
  writeProgram(folder, 'debugger.mjs', DEBUGGER);
  return writeProgram(folder, name, `${HEAD}${text}`);
}

/** The lines on which a debugged program stopped, up to now. */
function stopsIn(output: string): readonly string[] {
  return [...output.matchAll(/^stopped at (.*)$/gm)].map(([, line = '']) => line);
}

function environmentOf({ address }: Watch): Readonly<Record<string, string>> {
  return { HINTERNET_WATCH: formatAddress(address) };
}

test('readBreaks lets a program stop in its first call, and in none once the window breaks on nothing', async (t) => {
  const watch = await startWatch(t);
  const file = debuggedProgram(t, 'first.mjs', "await wininet.InternetOpen('agent');\nprocess.exit();\n");
  const stops = async () => stopsIn((await runProgram(file, environmentOf(watch))).output);
  watch.server.breaks = [{ on: 'function', fn: 'InternetOpen' }];
  assert.deepEqual(await stops(), ['first.mjs:3']);
  watch.server.breaks = [];
  assert.deepEqual(await stops(), []);
  watch.server.breaks = [{ on: 'leak' }];
  assert.deepEqual(await stops(), ['first.mjs:3']);
  assert.deepEqual(watch.complaints, []);
  await watch.server.close();
  assert.deepEqual(readdirSync(path.dirname(watch.address.path)), []);
});

test('WatchServer.breaks reach what runs: a program, engines that it makes, and children with its old environment', async (t) => {
  const watch = await startWatch(t);
  const text = `import { spawn } from 'node:child_process';
const isChild = process.argv[2] === 'child';
await wininet.InternetOpen(isChild ? 'child' : 'parent');
if (!isChild) {
  process.stdin.on('data', async (piece) => {
    if (!String(piece).includes('end')) return await wininet.InternetOpen('again');
    await wininet.createWinInet({ drivers: wininet.createDrivers() }).InternetOpen('own');
    spawn(process.execPath, [import.meta.filename, 'child'], { stdio: 'inherit' }).once('exit', () => process.exit());
  });
}
`;
  const file = debuggedProgram(t, 'parent.mjs', text);
  watch.server.breaks = [{ on: 'code', symbol: 'ERROR_INVALID_HANDLE' }];
  const child = spawn(process.execPath, [file], { env: { ...process.env, ...environmentOf(watch) } });
  t.after(() => child.kill());
  let output = '';
  child.stdout.on('data', (piece) => {
    output += String(piece);
  });
  await until(() => watch.programs[0]?.history.tree.nodes.size === 1);
  assert.deepEqual(stopsIn(output), []);
  watch.server.breaks = [{ on: 'function', fn: 'InternetOpen' }];
  // Which of two that wait comes first, the window's word or this, nobody knows.
  await until(() => child.stdin.write('again\n') && stopsIn(output).length > 0);
  child.stdin.write('end\n');
  await new Promise((resolve) => child.once('close', resolve));
  assert.deepEqual([...new Set(stopsIn(output))], ['parent.mjs:8', 'parent.mjs:9', 'parent.mjs:5']);
});

test('WatchServer.breaks lose nothing of programs that start and end at once', async (t) => {
  const watch = await startWatch(t);
  watch.server.breaks = [{ on: 'kind', kind: 'ftp-find' }];
  const text = `import * as wininet from 'hinternet-explorer/wininet';
for (let time = 0; time < 500; time += 1) wininet.InternetOpen('agent ' + 'x'.repeat(100));
wininet.InternetOpen('last');
process.exit();
`;
  const file = writeProgram(programFolder(t), 'short.mjs', text);
  await runProgram(file, environmentOf(watch));
  await until(() => watch.programs[0]?.ended === true);
  const opened = watch.programs[0]?.history.entries.findLast((entry) => entry.type === 'call-begin');
  assert.deepEqual(opened?.type === 'call-begin' && opened.args[0], 'last');
  assert.deepEqual(watch.complaints, []);
});
