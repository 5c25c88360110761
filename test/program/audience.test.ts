import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDrivers } from '../../extension/drivers/index.ts';
import { Audience } from '../../extension/program/audience.ts';
import { startWatching } from '../../extension/program/watching.ts';
import type { Recorder } from '../../extension/shared/journal.ts';
import { createWinInet } from '../../extension/wininet/index.ts';
import { leavingWindow } from './leavingWindow.ts';
import { until } from './watchedProgram.ts';

/** A recorder for which somebody may come, and go, without a word. */
class Listener implements Recorder {
  idle = true;
  readonly heard: string[] = [];

  record(body: Parameters<Recorder['record']>[0]): void {
    this.heard.push(body.type);
  }
}

test('Audience is idle as long as all of it are, and hears of a listener that came unannounced where a handle opens', async (t) => {
  const [first, second] = [new Listener(), new Listener()];
  const audience = new Audience([first, second]);
  const wininet = createWinInet({ drivers: createDrivers(), recorder: audience });
  t.after(() => wininet.dispose());
  await wininet.InternetOpen('agent');
  assert.equal(audience.idle, true);
  second.idle = false;
  await wininet.InternetOpen('agent');
  assert.deepEqual(second.heard, ['call-begin', 'handle-open', 'call-end']);
  assert.deepEqual(first.heard, []);
});

test('Audience is idle again when the last one has gone', () => {
  const only = new Listener();
  only.idle = false;
  const audience = new Audience([only]);
  only.idle = true;
  audience.record({ type: 'end' });
  assert.equal(audience.idle, true);
  assert.deepEqual(only.heard, []);
});

test('a program is not watched any more when its window has gone, and ends without it', async (t) => {
  const { environment, left } = await leavingWindow();
  const watched = startWatching(environment, null) ?? assert.fail('somebody listens');
  const audience = new Audience([watched.recorder]);
  const wininet = createWinInet({ drivers: createDrivers(), recorder: audience });
  t.after(() => wininet.dispose());
  const root = await wininet.InternetOpen('agent');
  assert.equal(audience.idle, false);
  await left;
  await until(() => watched.recorder.idle === true);
  await wininet.InternetCloseHandle(root);
  assert.equal(audience.idle, true);
  watched.end();
});
