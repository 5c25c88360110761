import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { Log } from 'sarif';
import type { WinInet } from '../../extension/wininet/index.ts';
import { cli, record, scratch } from './recordedTraces.ts';

test('check --baseline tells, and fails for, what an earlier check had not found, wherever its lines are now', async (t) => {
  const folder = scratch(t);
  const client = path.join(folder, 'client.ts');
  await record(path.join(folder, 'program.hintrace'), `${client}:12:3`, closeTwice);
  const chosen = ['check', '--only', 'double-close', 'program.hintrace'];
  const before = await cli(folder, [...chosen, '--sarif', 'baseline.sarif']);
  assert.equal(before.code, 1);
  await record(path.join(folder, 'program.hintrace'), `${client}:40:1`, async (wininet) => {
    const other = await wininet.InternetOpen('takes the first value');
    await closeTwice(wininet);
    await wininet.InternetCloseHandle(other);
  });
  const same = await cli(folder, [...chosen, '--baseline', 'baseline.sarif']);
  assert.deepEqual(same, {
    code: 0,
    output:
      'Nothing new was found in 1 trace (2 handles opened, 0 open at the end). 1 finding of the baseline is not told again.\n',
    errors: '',
  });
  let line = 40;
  const otherLine = () => `${client}:${++line}:1`;
  await record(path.join(folder, 'program.hintrace'), otherLine, async (wininet) => {
    await closeTwice(wininet);
    await closeTwice(wininet);
  });
  const worse = await cli(folder, [...chosen, '--baseline', 'baseline.sarif', '--sarif', 'now.sarif']);
  assert.equal(worse.code, 1);
  assert.match(
    worse.output,
    /^1 finding in 1 trace .* 1 makes the check fail .* 1 finding of the baseline is not told/m,
  );
  const log: Log = JSON.parse(readFileSync(path.join(folder, 'now.sarif'), 'utf8'));
  assert.deepEqual(
    log.runs[0]?.results?.map(({ baselineState }) => baselineState),
    ['unchanged', 'new'],
  );
});

test('check --baseline ends with 2 where there is no baseline, or none that can be read', async (t) => {
  const folder = scratch(t);
  await record(path.join(folder, 'program.hintrace'), null, closeTwice);
  const missing = await cli(folder, ['check', '--baseline', 'gone.sarif', 'program.hintrace']);
  assert.equal(missing.code, 2);
  assert.match(missing.errors, /: there is no baseline gone\.sarif; check --sarif gone\.sarif makes one$/m);
  writeFileSync(path.join(folder, 'notes.txt'), '{"runs":7}');
  const wrong = await cli(folder, ['check', '--baseline', 'notes.txt', 'program.hintrace']);
  assert.equal(wrong.code, 2);
  assert.match(wrong.errors, /: the baseline notes\.txt is no SARIF that can be read$/m);
});

async function closeTwice(wininet: WinInet): Promise<void> {
  const root = await wininet.InternetOpen('baseline/1.0');
  await wininet.InternetCloseHandle(root);
  await assert.rejects(wininet.InternetCloseHandle(root));
}
