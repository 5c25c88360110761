import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, suiteSetup, suiteTeardown, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import type { ProgramModel } from '../../../extension/editor/programs/programModel.ts';
import type { ProgramWatch } from '../../../extension/editor/programs/programWatch.ts';
import type { HinternetExplorerApi } from '../../../extension/extension.ts';
import { openCount } from '../../../extension/shared/model.ts';
import { run } from './commandsFixture.ts';

const HEAD = "import * as wininet from 'hinternet-explorer/wininet';\n";

suite('watched programs', () => {
  let watch: ProgramWatch;
  let folder: string;
  let http: string;

  suiteSetup(async () => {
    const extension = vscode.extensions.getExtension<HinternetExplorerApi>('hinternet-explorer.hinternet-explorer');
    assert.ok(extension !== undefined);
    watch = (await extension.activate()).programs;
    http = (await run<{ http: string }>('startPlayground', {})).http;
    // Inside the package, so that programs can import it by its name.
    const artifacts = path.join(extension.extensionPath, 'test/artifacts');
    mkdirSync(artifacts, { recursive: true });
    folder = mkdtempSync(path.join(artifacts, 'watched-'));
  });
  suiteSetup(async () => {
    // The debugger takes the first Node of the PATH, which may be too old for the library: this one is not.
    const setting = vscode.workspace.getConfiguration('debug.javascript');
    await setting.update('defaultRuntimeExecutable', { 'pwa-node': process.execPath }, true);
  });
  teardown(async () => {
    await run('breakOn', []);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await run('forgetEndedPrograms');
  });
  suiteTeardown(async () => {
    await run('stopPlayground', {});
    rmSync(folder, { recursive: true, force: true });
  });

  const write = (name: string, text: string): string => {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  const started = (file: string): Promise<ProgramModel> =>
    until(() => watch.programs.find(({ program }) => program.program === file));

  test('a program that is started in a terminal shows up by itself, and stays when it has ended', async () => {
    const file = write(
      'client.mjs',
      `${HEAD}const root = await wininet.InternetOpen('agent');
await wininet.InternetOpenUrl(root, '${http}status/200');
await new Promise((resolve) => process.stdin.once('data', resolve));
process.exit();
`,
    );
    const terminal = vscode.window.createTerminal({ name: 'watched', cwd: folder });
    terminal.sendText(`"${process.execPath}" client.mjs`);
    const { program, history } = await started(file);
    await until(() => openCount(history.tree) === 2 || undefined);
    assert.equal(program.ended, false);
    terminal.sendText('go on');
    await until(() => program.ended || undefined);
    assert.equal(openCount(history.tree), 2, 'it can be looked at');
    terminal.dispose();
  });

  test('what a program leaves open since a mark is a problem at the line that made it, until it is closed', async () => {
    const text = `${HEAD}const step = () => new Promise((resolve) => process.stdin.once('data', resolve));
const { InternetCloseHandle, InternetConnect, InternetOpen } = wininet;
const root = await InternetOpen('agent');
await step();
const sessions = [];
for (let time = 0; time < 3; time += 1) sessions.push(await InternetConnect(root, '127.0.0.1', 1, null, null, 3));
await step();
for (const session of sessions) await InternetCloseHandle(session);
await step();
process.exit();
`;
    const file = write('marks.mjs', text);
    const terminal = vscode.window.createTerminal({ name: 'watched', cwd: folder });
    terminal.sendText(`"${process.execPath}" marks.mjs`);
    const { program, history } = await started(file);
    await until(() => openCount(history.tree) === 1 || undefined);
    await run('markOpenHandles', {});
    terminal.sendText('open');
    await until(() => openCount(history.tree) === 4 || undefined);
    assert.deepEqual((await run<{ left: readonly number[] }>('compareOpenHandles', {})).left, [2, 3, 4]);
    const uri = vscode.Uri.file(file);
    const problem = await until(() => vscode.languages.getDiagnostics(uri)[0]);
    assert.deepEqual([problem.code, problem.range.start.line], ['leak-since-mark', 6]);
    assert.match(problem.message, /3 handles that InternetConnect made here since the mark are still open/);
    assert.deepEqual(
      [2, 3, 4].map((serial) => history.tree.nodes.get(serial)?.notes.map(({ topic }) => topic)),
      [['leak-since-mark'], ['leak-since-mark'], ['leak-since-mark']],
    );
    terminal.sendText('close');
    await until(() => vscode.languages.getDiagnostics(uri).length === 0 || undefined);
    terminal.sendText('end');
    await until(() => program.ended || undefined);
    await run('forgetMark');
    terminal.dispose();
  });

  test('Run Active File runs it under the debugger and shows its graph', async () => {
    const file = write('active.mjs', `${HEAD}await wininet.InternetOpen('agent');\n`);
    await vscode.window.showTextDocument(vscode.Uri.file(file));
    assert.equal(await run('runActiveFile'), true);
    const model = await started(file);
    await until(() => model.program.ended || undefined);
    const shown = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).map(({ label }) => label);
    await until(() => shown().includes(model.title) || undefined);
  });

  test('a hinternet configuration shows the graph of whatever it starts, as npm scripts do', async () => {
    const file = write('inner.mjs', `${HEAD}await wininet.InternetOpen('agent');\n`);
    const script = write(
      'script.mjs',
      `import { spawnSync } from 'node:child_process';\nspawnSync(process.execPath, [${JSON.stringify(file)}]);\n`,
    );
    const [runtimeExecutable, runtimeArgs] = [process.execPath, [script]];
    const configuration = { type: 'hinternet', request: 'launch', name: 'script', runtimeExecutable, runtimeArgs };
    assert.equal(await vscode.debug.startDebugging(undefined, configuration), true);
    const model = await started(file);
    await until(() => model.program.ended || undefined);
    const shown = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).map(({ label }) => label);
    await until(() => shown().includes(model.title) || undefined);
  });

  test('what is wrong in a program is a problem at its line, as soon as it shows', async () => {
    const text = `${HEAD}const root = await wininet.InternetOpen('agent');
await wininet.InternetCloseHandle(root);
await wininet.InternetCloseHandle(root).catch(() => undefined);
await wininet.InternetOpen('left open');
`;
    const file = write('faulty.mjs', text);
    await run('runActiveFile', vscode.Uri.file(file));
    const problems = () => vscode.languages.getDiagnostics(vscode.Uri.file(file));
    await until(() => problems().length === 2 || undefined);
    assert.deepEqual(
      problems()
        .map(({ code, range }) => [code, range.start.line])
        .toSorted(),
      [
        ['double-close', 3],
        ['leak-at-exit', 4],
      ],
    );
    await run('forgetEndedPrograms');
    await until(() => problems().length === 0 || undefined);
  });

  test('lines of a program tell what happened there, and handles lead back to them', async () => {
    const text = `${HEAD}const root = await wininet.InternetOpen('agent');
for (let time = 0; time < 3; time += 1) await wininet.InternetQueryOption(root, 0xffff).catch(() => undefined);
`;
    const file = write('hints.mjs', text);
    const uri = vscode.Uri.file(file);
    await run('runActiveFile', uri);
    const model = await started(file);
    await until(() => model.program.ended || undefined);
    const whole = new vscode.Range(0, 0, 100, 0);
    const document = await vscode.workspace.openTextDocument(uri);
    const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
      'vscode.executeInlayHintProvider',
      document.uri,
      whole,
    );
    assert.deepEqual(
      hints.map(({ label, position }) => [label, position.line]),
      [
        ['0x00CC0004 ×1', 1],
        ['ERROR_INTERNET_INVALID_OPTION ×3', 2],
      ],
    );
    const handle = model.history.tree.nodes.keys().next().value;
    await run('goToCall', { program: model, handle });
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.fsPath, file);
    assert.equal(editor.selection.active.line, 1);
    await vscode.workspace.getConfiguration('hinternet').update('watch.hints', false, true);
    const without = await vscode.commands.executeCommand<vscode.InlayHint[]>(
      'vscode.executeInlayHintProvider',
      document.uri,
      whole,
    );
    await vscode.workspace.getConfiguration('hinternet').update('watch.hints', undefined, true);
    assert.deepEqual(without, []);
  });

  test('lines tell what happened there also where the file is open by way of a link, until they are changed', async () => {
    const file = write('linked.mjs', `${HEAD}await wininet.InternetOpen('agent');\n`);
    const link = path.join(folder, 'link');
    symlinkSync(folder, link, 'junction');
    const uri = vscode.Uri.file(path.join(link, 'linked.mjs'));
    await run('runActiveFile', uri);
    const model = await until(() =>
      watch.programs.find(({ program }) => program.program === file || program.program === uri.fsPath),
    );
    await until(() => model.program.ended || undefined);
    const document = await vscode.workspace.openTextDocument(uri);
    const hints = async (): Promise<readonly unknown[]> => {
      const whole = new vscode.Range(0, 0, 100, 0);
      const found = await vscode.commands.executeCommand<vscode.InlayHint[]>(
        'vscode.executeInlayHintProvider',
        document.uri,
        whole,
      );
      return found.map(({ label, position }) => [label, position.line]);
    };
    assert.deepEqual(await hints(), [['0x00CC0004 ×1', 1]]);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 0), '// another line\n');
    await vscode.workspace.applyEdit(edit);
    await document.save();
    assert.deepEqual(await hints(), []);
  });

  for (const [what, condition, text, line] of [
    [
      'an error that comes later',
      { on: 'error' },
      `const root = await wininet.InternetOpen('agent');
const failed = (error: Error) => error.message;
console.log(await wininet.InternetOpenUrl(root, 'http://127.0.0.1:1/').catch(failed));
`,
      4,
    ],
    [
      'a chosen function',
      { on: 'function', fn: 'InternetCloseHandle' },
      `const root: wininet.HINTERNET<'root'> = await wininet.InternetOpen('agent');

await wininet.InternetCloseHandle(root);
`,
      4,
    ],
    [
      'a chosen error code',
      { on: 'code', symbol: 'ERROR_INVALID_PARAMETER' },
      '\nawait wininet.InternetOpen(1 as never).catch(() => undefined);\n',
      3,
    ],
    [
      'the use of a handle whose value was given away',
      { on: 'stale-use' },
      `const root = await wininet.InternetOpen('agent');
await wininet.InternetCloseHandle(root);
await wininet.InternetOpen('next');
await wininet.InternetQueryOption(root, 9).catch(() => undefined);
`,
      5,
    ],
    [
      'an error in an engine of its own',
      { on: 'error' },
      `const own = wininet.createWinInet({ drivers: wininet.createDrivers(), name: 'own' });

const root: wininet.HINTERNET<'root'> = await own.InternetOpen('agent');
await own.InternetCloseHandle(root);

await own.InternetQueryOption(root, 9).catch(() => undefined);
`,
      7,
    ],
    [
      'the first call of an engine of its own',
      { on: 'function', fn: 'InternetOpen' },
      `interface Nothing {}
const own = wininet.createWinInet({ drivers: wininet.createDrivers() });

await own.InternetOpen('agent');
`,
      5,
    ],
    [
      'a leak of an engine of its own at exit',
      { on: 'leak' },
      `interface Nothing {}
const own = wininet.createWinInet({ drivers: wininet.createDrivers() });

const root = await own.InternetOpen('agent');
`,
      5,
    ],
    ['a leak at exit', { on: 'leak' }, "interface Nothing {}\n\nawait wininet.InternetOpen('agent');\n", 4],
  ] as const) {
    test(`a debugged program stops on its own line at ${what}`, async () => {
      const file = write(`break-${line}-${condition.on}.mts`, `${HEAD}${text}`);
      await run('breakOn', [condition]);
      const tracker = new StopTracker();
      await run('runActiveFile', vscode.Uri.file(file));
      const session = await tracker.stopped;
      const frames = await stackOf(session);
      const [top] = frames;
      // Behind a remote connection the path becomes a URI.
      assert.ok(top?.source?.path?.endsWith(file), JSON.stringify(frames));
      assert.equal(top?.line, line);
      const others = frames.filter(({ source }) => source?.path?.endsWith(file) === false);
      assert.deepEqual(new Set(others.map(({ presentationHint }) => presentationHint)), new Set(['deemphasize']));
      await session.customRequest('continue', { threadId: await threadOf(session) });
      const model = await started(file);
      await until(() => model.program.ended || undefined);
      tracker.dispose();
    });
  }

  test('a debugged program stops in an engine that it makes after Break On was changed', async () => {
    const go = path.join(folder, 'go');
    const file = write(
      'late-engine.mjs',
      `import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
${HEAD}await wininet.InternetOpen('first');
while (!existsSync(${JSON.stringify(go)})) await setTimeout(50);
await setTimeout(50);
const own = wininet.createWinInet({ drivers: wininet.createDrivers() });
await own.InternetOpen('own');
`,
    );
    const tracker = new StopTracker();
    await run('runActiveFile', vscode.Uri.file(file));
    const model = await started(file);
    await run('breakOn', [{ on: 'kind', kind: 'root' }]);
    write('go', '');
    const session = await tracker.stopped;
    const [top] = await stackOf(session);
    assert.ok(top?.source?.path?.endsWith(file), top?.source?.path);
    assert.equal(top?.line, 8);
    await session.customRequest('continue', { threadId: await threadOf(session) });
    await until(() => model.program.ended || undefined);
    tracker.dispose();
  });

  test('a worker of a debugged program stops on its own line', async () => {
    const worker = write('worker.mjs', `${HEAD}\n\nawait wininet.InternetOpen('in a worker');\n`);
    const main = write(
      'main.mjs',
      "import { Worker } from 'node:worker_threads';\nnew Worker(new URL('worker.mjs', import.meta.url));\n",
    );
    await run('breakOn', [{ on: 'kind', kind: 'root' }]);
    const tracker = new StopTracker();
    await run('runActiveFile', vscode.Uri.file(main));
    const session = await tracker.stopped;
    const [top] = await stackOf(session);
    assert.ok(top?.source?.path?.endsWith(worker), top?.source?.path);
    assert.equal(top?.line, 4);
    await session.customRequest('continue', { threadId: await threadOf(session) });
    const model = await started(worker);
    await until(() => model.program.ended || undefined);
    assert.notEqual(model.program.thread, 0);
    tracker.dispose();
  });

  test('terminals have no address while programs are not watched', async () => {
    const setting = vscode.workspace.getConfiguration('hinternet');
    assert.notEqual(await watch.address(), null);
    await setting.update('watch.programs', false, true);
    await until(async () => (await watch.address()) === null || undefined);
    assert.equal(await addressInTerminal(folder), 'none');
    await setting.update('watch.programs', undefined, true);
    const address = await until(async () => (await watch.address()) ?? undefined);
    assert.equal(await addressInTerminal(folder), address);
  });
});

/** What a program sees that is started in a new terminal. */
async function addressInTerminal(folder: string): Promise<string> {
  const file = path.join(folder, `${randomUUID()}.txt`);
  const terminal = vscode.window.createTerminal({ name: 'address', cwd: folder });
  const script = `require('fs').writeFileSync('${path.basename(file)}', process.env.HINTERNET_WATCH ?? 'none')`;
  terminal.sendText(`"${process.execPath}" -e "${script}"`);
  const address = await until(() => (existsSync(file) ? readFileSync(file, 'utf8') : '') || undefined);
  terminal.dispose();
  return address;
}

interface Frame {
  readonly name: string;
  readonly line: number;
  readonly source?: { readonly path?: string };
  readonly presentationHint?: string;
}

/** Waits for the first time that a debugged program stands still. */
class StopTracker {
  readonly stopped: Promise<vscode.DebugSession>;
  readonly #registration: vscode.Disposable;

  constructor() {
    const { promise, resolve } = Promise.withResolvers<vscode.DebugSession>();
    this.stopped = promise;
    this.#registration = vscode.debug.registerDebugAdapterTrackerFactory('*', {
      createDebugAdapterTracker: (session) => ({
        onDidSendMessage(message: { readonly type: string; readonly event?: string }) {
          if (message.type === 'event' && message.event === 'stopped') resolve(session);
        },
      }),
    });
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

async function threadOf(session: vscode.DebugSession): Promise<number | undefined> {
  const { threads } = (await session.customRequest('threads')) as { threads: { id: number }[] };
  return threads[0]?.id;
}

async function stackOf(session: vscode.DebugSession): Promise<readonly Frame[]> {
  const { stackFrames } = (await session.customRequest('stackTrace', { threadId: await threadOf(session) })) as {
    stackFrames: Frame[];
  };
  return stackFrames;
}

/** Waits until there is something; the test's own time limit ends it. */
async function until<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
