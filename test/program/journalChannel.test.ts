import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDrivers } from '../../extension/drivers/index.ts';
import { listenToProcess, publishingRecorder } from '../../extension/program/journalChannel.ts';
import type { EntryBody, RecordedEngine } from '../../extension/shared/journal.ts';
import { createWinInet } from '../../extension/wininet/index.ts';

test('publishingRecorder is idle, and costs an engine nothing, until somebody in the process listens', async (t) => {
  const recorder = publishingRecorder([]);
  const heard: string[] = [];
  const record = t.mock.fn((body: EntryBody) => recorder.record(body));
  const spied = {
    get idle() {
      return recorder.idle ?? false;
    },
    refresh: () => recorder.refresh?.(),
    attach: (engine: RecordedEngine) => recorder.attach?.(engine),
    record,
  };
  const wininet = createWinInet({ drivers: createDrivers(), recorder: spied });
  t.after(() => wininet.dispose());
  const root = await wininet.InternetOpen('channel/1.0');
  const other = createWinInet({ drivers: createDrivers() });
  t.after(() => other.dispose());
  const foreign = await other.InternetOpen('channel/1.0');
  assert.equal(record.mock.callCount(), 0);
  listenToProcess((body, engine) => {
    assert.ok(engine.owns(root));
    assert.ok(!engine.owns(foreign));
    heard.push(body.type);
  });
  await wininet.InternetCloseHandle(root);
  assert.deepEqual(heard, ['call-begin', 'handle-close', 'status', 'call-end']);
});
