import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { cppOf } from '../../../extension/shared/generate/cpp.ts';
import { curlOf } from '../../../extension/shared/generate/curl.ts';
import { lftpOf } from '../../../extension/shared/generate/lftp.ts';
import { programOf } from '../../../extension/shared/generate/programOf.ts';
import { typescriptOf } from '../../../extension/shared/generate/typescript.ts';
import type { Entry } from '../../../extension/shared/journal.ts';
import { MASK } from '../../../extension/shared/redact.ts';
import { findExecutable } from '../../peers/findExecutable.ts';
import { withPlayground } from '../../playground/withPlayground.ts';
import { leftTree, programFolder, runRecorded, toolOrSkip, typeCheck } from './generatedProgram.ts';
import { wholeJournal } from './recordedJournals.ts';
import { recordSession, strangeSessions } from './strangeSessions.ts';

const playground = withPlayground();
const folder = programFolder();
after(() => rmSync(folder, { recursive: true, force: true }));

/** Where scripts run: what they make there they were not told to. */
const scratch = path.join(folder, 'scratch');
mkdirSync(scratch);

const SESSIONS = Number(process.env.HINTERNET_SESSIONS ?? 4);
const seed = Number(process.env.HINTERNET_SEED ?? Date.now() % 2 ** 31);

test('generated programs take any text for a text: they compile, run, and leave the tree that was recorded', async (t) => {
  console.log(`HINTERNET_SEED=${seed}`);
  const { ftp } = playground();
  const tools = ['bash', 'curl', 'lftp'].map((name) => findExecutable(name));
  const files: string[] = [];
  const compiled: string[] = [];
  for (const [index, session] of fc.sample(strangeSessions, { seed, numRuns: SESSIONS }).entries()) {
    const what = `session ${index} of HINTERNET_SEED=${seed}: ${JSON.stringify(session)}`;
    const entries = await recordSession(playground(), session);
    const journal = wholeJournal(entries);
    const program = programOf(journal, null);
    const secrets = program.secrets.map(({ variable }) => [
      variable,
      variable === 'HINTERNET_PASSWORD' ? ftp.password : HIDDEN,
    ]);
    const environment: Readonly<Record<string, string>> = Object.fromEntries(secrets);
    const name = path.join(folder, `session${index}`);
    writeFileSync(`${name}.mts`, typescriptOf(program));
    writeFileSync(`${name}.cpp`, cppOf(program));
    files.push(`${name}.mts`);
    // The compiler takes its time.
    if (index % 4 === 0) compiled.push(`${name}.cpp`);
    const ended = await runRecorded(`${name}.mts`, [], environment);
    assert.equal(ended.code, 0, `${what}\n${ended.errors}`);
    assert.equal(shown(ended.entries), shown(entries), `${what}\n${ended.errors}`);
    for (const [language, script] of [
      ['curl', curlOf(program, entries)],
      ['lftp', lftpOf(program)],
    ] as const) {
      if (script === null) continue;
      writeFileSync(`${name}.${language}.sh`, script);
      if (!tools.every((tool) => tool !== undefined)) continue;
      const options = { cwd: scratch, env: { ...process.env, ...environment }, timeout: 30_000 };
      const said = await ran('bash', [path.resolve(`${name}.${language}.sh`)], options);
      assert.doesNotMatch(said, WRONG, what);
      assert.deepEqual(readdirSync(scratch), [], what);
    }
  }
  await typeCheck(folder, files);
  const compiler = toolOrSkip(t, 'x86_64-w64-mingw32-g++');
  if (compiler === undefined) return;
  await promisify(execFile)(compiler, ['-std=c++11', '-Wall', '-Wextra', '-Werror', '-fsyntax-only', ...compiled]);
});

/** What a program is given for a secret; some texts have what stands for one, and none is masked in them again. */
const HIDDEN = 'hidden';

function shown(entries: readonly Entry[]): string {
  return leftTree(entries).replaceAll(HIDDEN, MASK).replaceAll(encodeURIComponent(MASK), MASK);
}

/** What a shell, curl or lftp says of what it does not understand. */
const WRONG = /syntax error|unexpected EOF|command not found|unknown command|is unknown|invalid option|usage:/i;

/** Runs a script and gives what it said of errors; servers may refuse what it asks. */
async function ran(tool: string, args: readonly string[], options: object): Promise<string> {
  return await promisify(execFile)(tool, [...args], { ...options, encoding: 'utf8' }).then(
    ({ stderr }) => stderr,
    ({ stderr }: { readonly stderr: string }) => stderr,
  );
}
