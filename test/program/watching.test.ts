import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { test } from 'node:test';
import { diagnose } from '../../extension/shared/diagnoses/diagnose.ts';
import { openCount } from '../../extension/shared/model.ts';
import { formatAddress } from '../../extension/shared/watchProtocol.ts';
import { readTrace } from '../../extension/sources/traceFile.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { programFolder, runProgram, startWatch, until, writeProgram } from './watchedProgram.ts';

const servers = withPlayground();
const HEAD = "import * as wininet from 'hinternet-explorer/wininet';\n";

test('HINTERNET_WATCH brings a program into the window, with everything it did and where', async (t) => {
  const playground = servers();
  const watch = await startWatch(t);
  const text = `${HEAD}const root = await wininet.InternetOpen('agent');
const url = await wininet.InternetOpenUrl(root, '${playground.http}status/200');
await wininet.InternetCloseHandle(url);
`;
  const file = writeProgram(programFolder(t), 'client.mjs', text);
  assert.deepEqual(await runProgram(file, { HINTERNET_WATCH: formatAddress(watch.address) }), { code: 0, output: '' });
  await until(() => watch.programs[0]?.ended === true);
  const [program] = watch.programs;
  assert.ok(program !== undefined);
  assert.equal(program.program, file);
  assert.equal(program.thread, 0);
  const { history } = program;
  assert.deepEqual(
    history.entries.slice(-2).map((entry) => (entry.type === 'note' ? entry.topic : entry.type)),
    ['end', 'leak-at-exit'],
  );
  const calls = history.entries.filter((entry) => entry.type === 'call-begin');
  assert.deepEqual(
    calls.map(({ fn, site }) => [fn, site]),
    [
      ['InternetOpen', `${file}:2:28`],
      ['InternetOpenUrl', `${file}:3:27`],
      ['InternetCloseHandle', `${file}:4:15`],
    ],
  );
  assert.equal(openCount(history.tree), 1, 'the root was never closed');
  assert.deepEqual(watch.complaints, []);
});

for (const [how, end, code, count] of [
  ['process.exit', 'process.exit(3);', 3, 5000],
  ['an uncaught exception', "throw new Error('uncaught');", 1, 5000],
  // What a busy window has not read yet dies with the program: here it is not busy.
  ['being killed', "process.kill(process.pid, 'SIGKILL');", null, 50],
] as const) {
  test(`HINTERNET_WATCH loses nothing of a program that ends by ${how}`, async (t) => {
    const watch = await startWatch(t);
    const text = `${HEAD}for (let time = 0; time < ${count}; time += 1) {
  await wininet.InternetCloseHandle(await wininet.InternetOpen('agent ' + 'x'.repeat(100)));
}
await wininet.InternetOpen('last');
${end}
`;
    const file = writeProgram(programFolder(t), 'ending.mjs', text);
    const ended = await runProgram(file, { HINTERNET_WATCH: formatAddress(watch.address) });
    assert.equal(ended.code, code, ended.output);
    await until(() => watch.programs[0]?.ended === true);
    const [program] = watch.programs;
    const opened = program?.history.entries.findLast((entry) => entry.type === 'handle-open');
    assert.equal(opened?.type === 'handle-open' && opened.target, 'last');
    assert.equal(opened?.type === 'handle-open' && opened.serial, count + 1);
    const last = program?.history.entries.at(-1);
    assert.equal(last?.type === 'note' && last.topic, 'leak-at-exit');
    assert.deepEqual(watch.complaints, []);
  });
}

test('HINTERNET_WATCH hears what a program does in its own listeners when it ends', async (t) => {
  const watch = await startWatch(t);
  const text = `${HEAD}const root = await wininet.InternetOpen('agent');
process.on('exit', () => void wininet.InternetCloseHandle(root));
`;
  const file = writeProgram(programFolder(t), 'tidy.mjs', text);
  await runProgram(file, { HINTERNET_WATCH: formatAddress(watch.address) });
  await until(() => watch.programs[0]?.ended === true);
  const { tree, entries } = watch.programs[0]?.history ?? assert.fail();
  assert.equal(openCount(tree), 0);
  assert.equal(entries.at(-1)?.type, 'end');
});

test('HINTERNET_WATCH shows a program that ends before its first turn of the event loop', async (t) => {
  const watch = await startWatch(t);
  const text = "require('hinternet-explorer/wininet').InternetOpen('agent');\nprocess.exit();\n";
  const file = writeProgram(programFolder(t), 'short.cjs', text);
  await runProgram(file, { HINTERNET_WATCH: formatAddress(watch.address) });
  await until(() => watch.programs[0]?.ended === true);
  assert.deepEqual(
    watch.programs[0]?.history.entries.map(({ type }) => type),
    ['call-begin', 'handle-open', 'call-end', 'end', 'note'],
  );
});

test('HINTERNET_WATCH shows workers as programs of their own, also those that are terminated', async (t) => {
  const watch = await startWatch(t);
  const folder = programFolder(t);
  const worker = writeProgram(
    folder,
    'worker.mjs',
    `${HEAD}import { parentPort } from 'node:worker_threads';
await wininet.InternetOpen('in a worker');
parentPort.postMessage('opened');
setInterval(() => undefined, 1000);
`,
  );
  const file = writeProgram(
    folder,
    'main.mjs',
    `${HEAD}import { Worker } from 'node:worker_threads';
const worker = new Worker(new URL('worker.mjs', import.meta.url));
worker.once('message', () => process.exit());
`,
  );
  const ended = await runProgram(file, { HINTERNET_WATCH: formatAddress(watch.address) });
  assert.equal(ended.code, 0, ended.output);
  await until(() => watch.programs.length === 2 && watch.programs.every((program) => program.ended));
  const inWorker = watch.programs.find(({ thread }) => thread !== 0);
  assert.equal(inWorker?.program, worker);
  assert.equal(openCount(inWorker.history.tree), 1);
  assert.equal(inWorker.pid, watch.programs.find(({ thread }) => thread === 0)?.pid);
});

test('createWinInet makes engines that HINTERNET_WATCH shows as sources of their own, until they are disposed of', async (t) => {
  const watch = await startWatch(t);
  const text = `${HEAD}const drivers = wininet.createDrivers;
await wininet.InternetOpen('default');
const heard = [];
const recorder = { record: ({ type }) => heard.push(type) };
const second = wininet.createWinInet({ drivers: drivers(), name: 'proxy tests', recorder });
await second.InternetOpen('second');
await second.dispose();
wininet.createWinInet({ drivers: drivers() });
const fourth = wininet.createWinInet({ drivers: drivers() });
const root = await fourth.InternetOpen('fourth');
if (!heard.includes('handle-open')) process.exitCode = 2;
`;
  const file = writeProgram(programFolder(t), 'engines.mjs', text);
  assert.deepEqual(await runProgram(file, { HINTERNET_WATCH: formatAddress(watch.address) }), { code: 0, output: '' });
  await until(() => watch.programs.length === 3 && watch.programs.every(({ ended }) => ended));
  const shown = watch.programs.map(({ engine, history: { tree, entries } }) => {
    const [root] = tree.nodes.values();
    const faults = entries.flatMap((entry) => (entry.type === 'note' ? entry.topic : []));
    return [engine, root?.target, root?.serial, root?.site, faults];
  });
  assert.deepEqual(shown, [
    [null, 'default', 1, `${file}:3:15`, ['leak-at-exit']],
    [{ number: 2, name: 'proxy tests' }, 'second', 1, `${file}:7:14`, []],
    [{ number: 4, name: '' }, 'fourth', 1, `${file}:11:27`, ['leak-at-exit']],
  ]);
});

test('createWinInet makes engines whose journals HINTERNET_TRACE writes beside the first', async (t) => {
  const folder = programFolder(t);
  const text = `${HEAD}import { Worker, isMainThread } from 'node:worker_threads';
const own = wininet.createWinInet({ drivers: wininet.createDrivers(), name: 'own' });
await own.InternetOpen(isMainThread ? 'main' : 'worker');
if (isMainThread) new Worker(new URL(import.meta.url));
`;
  const file = writeProgram(folder, 'traced.mjs', text);
  const ended = await runProgram(file, { HINTERNET_TRACE: path.join(folder, 'calls.hintrace') });
  assert.deepEqual(ended, { code: 0, output: '' });
  const names = globSync(path.join(folder, '*.hintrace')).map((one) => path.basename(one).replace(/\d+-1/, 'PID-1'));
  assert.deepEqual(names.toSorted(), [
    'calls.PID-1-engine2.hintrace',
    'calls.PID-1.hintrace',
    'calls.engine2.hintrace',
    'calls.hintrace',
  ]);
  const read = await readTrace(readFileSync(path.join(folder, 'calls.engine2.hintrace'), 'utf8'));
  assert.ok(read.ok);
  assert.equal(read.header.title, 'traced.mjs (engine 2, own)');
  assert.ok(read.entries.some((entry) => entry.type === 'handle-open' && entry.target === 'main'));
  assert.equal(read.entries.at(-1)?.type, 'end');
});

test('markOpenHandles and compare tell a test, a window and a trace which lines left handles open', async (t) => {
  const watch = await startWatch(t);
  const folder = programFolder(t);
  const text = `${HEAD}import { markOpenHandles } from 'hinternet-explorer/testing';
const root = await wininet.InternetOpen('kept');
const mark = markOpenHandles('before the loop');
const sessions = [];
for (let time = 0; time < 3; time += 1) {
  sessions.push(await wininet.InternetConnect(root, '127.0.0.1', 1, null, null, wininet.INTERNET_SERVICE_HTTP));
}
await wininet.InternetCloseHandle(sessions[1]);
console.log(JSON.stringify(mark.compare().map(({ fn, site, count }) => [fn, site, count])));
await wininet.InternetCloseHandle(root);
console.log(JSON.stringify(mark.compare()));
`;
  const file = writeProgram(folder, 'marks.mjs', text);
  const trace = path.join(folder, 'marks.hintrace');
  const ended = await runProgram(file, { HINTERNET_WATCH: formatAddress(watch.address), HINTERNET_TRACE: trace });
  const site = `${file}:7:31`;
  assert.equal(ended.output, `${JSON.stringify([['InternetConnect', site, 2]])}\n[]\n`);
  await until(() => watch.programs[0]?.ended === true);
  const notes = watch.programs[0]?.history.entries.filter((entry) => entry.type === 'note') ?? [];
  assert.deepEqual(
    notes.map(({ topic, serial, others }) => [topic, serial, others]),
    [['leak-since-mark', 2, [4]]],
  );
  assert.match(notes[0]?.text ?? '', /^2 handles that InternetConnect made here since the mark “before the loop” /);
  const read = await readTrace(readFileSync(trace, 'utf8'));
  assert.ok(read.ok);
  assert.equal(read.problemCount, 0);
  assert.deepEqual(
    diagnose(read.entries).map((found) => [found.topic, found.site]),
    [['leak-since-mark', site]],
  );
});

test('HINTERNET_WATCH never keeps a program alive, and a program does without a window that has gone', async (t) => {
  const watch = await startWatch(t);
  const text = `${HEAD}const root = await wininet.InternetOpen('agent');
console.log('open');
process.stdin.resume().once('data', async () => {
  for (let time = 0; time < 100; time += 1) await wininet.InternetQueryOption(root, wininet.INTERNET_OPTION_CONTEXT_VALUE);
  console.log('done');
  process.stdin.destroy();
});
`;
  const file = writeProgram(programFolder(t), 'left.mjs', text);
  const environment = { ...process.env, HINTERNET_WATCH: formatAddress(watch.address) };
  const child = spawn(process.execPath, [file], { env: environment, stdio: ['pipe', 'pipe', 'inherit'] });
  t.after(() => child.kill());
  let output = '';
  child.stdout.on('data', (piece) => {
    output += String(piece);
  });
  await until(() => watch.programs[0]?.history.tree.nodes.size === 1 && output === 'open\n');
  assert.equal(watch.programs[0]?.ended, false);
  await watch.server.close();
  await until(() => watch.programs[0]?.ended === true);
  child.stdin.write('go\n');
  await new Promise((resolve) => child.once('close', resolve));
  assert.equal(child.exitCode, 0);
  assert.equal(output, 'open\ndone\n');
});

test('HINTERNET_TRACE writes a trace that can be read whatever ends the program, and one for each child and worker', async (t) => {
  const folder = programFolder(t);
  const text = `${HEAD}import { Worker, isMainThread } from 'node:worker_threads';
import { spawnSync } from 'node:child_process';
await wininet.InternetOpen(isMainThread ? process.argv[2] ?? 'main' : 'worker');
if (!isMainThread) process.exit();
if (process.argv[2] === 'child') process.exit();
spawnSync(process.execPath, [import.meta.filename, 'child'], { stdio: 'inherit' });
new Worker(new URL(import.meta.url)).once('exit', () => { throw new Error('uncaught'); });
`;
  const file = writeProgram(folder, 'traced.mjs', text);
  const trace = path.join(folder, 'calls.hintrace');
  assert.equal((await runProgram(file, { HINTERNET_TRACE: trace })).code, 1);
  const traces = globSync(path.join(folder, '*.hintrace')).toSorted();
  assert.equal(traces.length, 3);
  const agents: string[] = [];
  for (const one of traces) {
    const read = await readTrace(readFileSync(one, 'utf8'));
    assert.ok(read.ok);
    assert.equal(read.problemCount, 0);
    assert.equal(read.header.program, file);
    assert.equal(read.entries.at(-1)?.type, 'end');
    for (const entry of read.entries) if (entry.type === 'handle-open') agents.push(entry.target);
  }
  assert.deepEqual(agents.toSorted(), ['child', 'main', 'worker']);
  const own = await readTrace(readFileSync(trace, 'utf8'));
  assert.ok(own.ok && own.entries.some((entry) => entry.type === 'handle-open' && entry.target === 'main'));
});

test('HINTERNET_TRACE names a file from the folder of the first program, also for children that run in others', async (t) => {
  const folder = programFolder(t);
  const text = `${HEAD}import { spawnSync } from 'node:child_process';
await wininet.InternetOpen('agent');
process.chdir('..');
if (process.argv[2] !== 'child') spawnSync(process.execPath, [import.meta.filename, 'child'], { stdio: 'inherit' });
const own = wininet.createWinInet({ drivers: wininet.createDrivers() });
await own.InternetOpen('own');
`;
  const file = writeProgram(folder, 'traced.mjs', text);
  const trace = path.relative(process.cwd(), path.join(folder, 'calls.hintrace'));
  const ended = await runProgram(file, { HINTERNET_TRACE: trace });
  assert.deepEqual(ended, { code: 0, output: '' });
  const names = globSync('*.hintrace', { cwd: folder }).map((name) => name.replace(/\d{2,}/, 'PID'));
  assert.deepEqual(names.toSorted(), [
    'calls.PID-engine2.hintrace',
    'calls.PID.hintrace',
    'calls.engine2.hintrace',
    'calls.hintrace',
  ]);
});

test('HINTERNET_TRACE that cannot be written is told of, and the program goes on', async (t) => {
  const file = writeProgram(programFolder(t), 'traced.mjs', `${HEAD}await wininet.InternetOpen('agent');\n`);
  const ended = await runProgram(file, { HINTERNET_TRACE: path.join(path.dirname(file), 'no/such/folder.hintrace') });
  assert.equal(ended.code, 0);
  assert.match(ended.output, /HINTERNET_TRACE: the trace cannot be written: ENOENT/);
});

test('the watching window is open to this user alone, and hears nobody without the secret', async (t) => {
  const watch = await startWatch(t);
  const { path: socketPath, secret } = watch.address;
  if (process.platform !== 'win32') assert.equal(statSync(path.dirname(socketPath)).mode & 0o777, 0o700);
  const hello = { type: 'hello', version: 1, pid: 1, thread: 0, program: 'x', startedAt: new Date().toISOString() };
  for (const line of [JSON.stringify({ ...hello, secret: '0'.repeat(32) }), JSON.stringify({ secret }), 'GET /']) {
    const stranger = connect(socketPath);
    stranger.on('error', () => undefined); // it is cut off
    stranger.write(`${line}\n${JSON.stringify({ type: 'end', seq: 1, t: 0 })}\n`);
    await new Promise((resolve) => stranger.once('close', resolve));
  }
  assert.deepEqual(watch.programs, []);
  assert.equal(watch.complaints.length, 3);
});

test('the watching window takes entries that fit together only, and goes on with the next', async (t) => {
  const watch = await startWatch(t);
  const { path: socketPath, secret } = watch.address;
  const hello = {
    type: 'hello',
    version: 1,
    secret,
    pid: 1,
    thread: 0,
    program: '',
    startedAt: new Date().toISOString(),
  };
  const socket = connect(socketPath);
  const lines = [
    hello,
    { type: 'call-begin', call: 1, fn: 'NoSuchFunction', handle: null, args: [], seq: 1, t: 0 },
    { type: 'call-begin', call: 1, fn: 'InternetOpen', handle: null, args: [], seq: 2, t: 0 },
    { type: 'call-end', call: 1, result: null, seq: 1, t: 0 },
  ];
  socket.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  await until(() => watch.programs[0]?.ended === true);
  assert.deepEqual(
    watch.programs[0]?.history.entries.map(({ type }) => type),
    ['call-begin', 'end'],
  );
  assert.equal(watch.complaints.length, 3);
  assert.equal(existsSync(socketPath), true);
});
