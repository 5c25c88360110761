import assert from 'node:assert/strict';
import { before, type TestContext, test } from 'node:test';
import { createDrivers } from '../../extension/drivers/index.ts';
import { startPlayground } from '../../extension/playground/playground.ts';
import { DiagnosingRecorder } from '../../extension/shared/diagnoses/diagnosingRecorder.ts';
import { DIAGNOSES } from '../../extension/shared/diagnoses/explanations.ts';
import { LiveJournal } from '../../extension/shared/liveJournal.ts';
import type { HostMessage } from '../../extension/shared/protocol.ts';
import { createWinInet } from '../../extension/wininet/index.ts';
import { run as leak } from '../ports/faulty/leak-at-exit/faulty.ts';
import { run as stopEarly } from '../ports/faulty/read-stopped-early/faulty.ts';
import { violations } from './harness/axe.ts';
import { inBrowser } from './harness/inBrowser.ts';

let snapshot: Extract<HostMessage, { type: 'snapshot' }>;

before(async (t) => {
  const journal = new LiveJournal(() => Math.round(performance.now() * 1000), 10_000);
  const recorder = new DiagnosingRecorder(journal);
  const wininet = createWinInet({ drivers: createDrivers(), recorder });
  const playground = await startPlayground();
  (t as TestContext).after(async () => {
    await wininet.dispose();
    await playground.close();
  });
  await stopEarly(wininet, playground);
  await leak(wininet, playground);
  recorder.record({ type: 'end' });
  const { base, entries, limit } = journal.history;
  snapshot = {
    type: 'snapshot',
    journal: 'of a test',
    base,
    entries: [...entries],
    limit,
    selected: null,
    readOnly: true,
    stopped: true,
    strings: {},
  };
});

inBrowser('diagnoses', (withView) => {
  test('drawNoteMark puts a sign on the box of a handle that was never closed, and its name says so', async () => {
    await withView({ width: 1100 }, async (view) => {
      await view.send(snapshot);
      const root = view.page.getByRole('treeitem', { name: DIAGNOSES['leak-at-exit'].title });
      await root.waitFor();
      const sign = root.locator('.note-mark');
      assert.equal(await sign.locator('text').textContent(), '⚠');
      assert.match(
        (await sign.locator('title').textContent()) ?? '',
        /^Never closed: Root .* and with it HTTP request /,
      );
      assert.deepEqual(await violations(view.page), []);
    });
  });

  test('graveWords tells at its tombstone that a body was not read to its end', async () => {
    await withView({ width: 1100 }, async (view) => {
      await view.send(snapshot);
      const grave = view.page.getByRole('treeitem', { name: DIAGNOSES['read-stopped-early'].title });
      await grave.waitFor();
      assert.match((await grave.locator('title').first().textContent()) ?? '', /4096 of 10000 bytes/);
    });
  });

  test('InspectorPane explains a diagnosis and says what to do', async () => {
    await withView({ width: 1200 }, async (view) => {
      const leaked = snapshot.entries.findLast((entry) => entry.type === 'note');
      await view.send({ ...snapshot, selected: leaked?.serial ?? null });
      await view.send({ type: 'pane', name: 'inspector' });
      const diagnosis = view.page.locator('.section[data-name="notes"] .diagnosis');
      await diagnosis.waitFor();
      const { title, explanation, fix } = DIAGNOSES['leak-at-exit'];
      const told = (await diagnosis.textContent()) ?? '';
      for (const sentence of [title, explanation, fix]) assert.ok(told.includes(sentence), told);
    });
  });
});
