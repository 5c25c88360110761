import assert from 'node:assert/strict';
import { suite, suiteTeardown, test } from 'mocha';
import { HandleFilterState } from '../../../extension/editor/handleFilterState.ts';
import { LiveJournal } from '../../../extension/shared/liveJournal.ts';
import type { SavedFilter } from '../../../extension/shared/savedFilters.ts';
import { node, openedRequest, run, withCommands } from './commandsFixture.ts';

suite('the filter, as commands', () => {
  const bench = withCommands();
  suiteTeardown(() => run('clearFilter'));

  test('filterHandles tells how many handles match and how many are hidden', async () => {
    const request = await openedRequest(bench(), 'GET', '/echo');
    await openedRequest(bench(), 'POST', '/echo');
    const file = await run<number>('openUrl', { url: new URL('/readme.txt', bench().ftp).href });
    assert.equal(node(bench(), file).kind, 'ftp-file');
    assert.deepEqual(await run('filterHandles', { text: 'kind:ftp-file' }), { matches: 1, hidden: 4 });
    const { value } = node(bench(), request);
    assert.deepEqual(await run('filterHandles', { text: `value:${value}` }), { matches: 1, hidden: 3 });
    assert.deepEqual(await run('filterHandles', { text: '' }), { matches: 0, hidden: 0 });
  });

  test('filterHandles refuses what is no filter and says why', async () => {
    await assert.rejects(run('filterHandles', { text: 'kind:htp-request' }), /Did you mean http-request\?/);
    await assert.rejects(run('filterHandles', { text: 'state:' }), /missing after state:/);
  });

  test('HandleFilterState tells every view of the filters that one of them has saved', () => {
    const kept = new Map<string, readonly SavedFilter[]>();
    const store = {
      get: (key: string) => kept.get(key),
      update(key: string, value: readonly SavedFilter[]) {
        kept.set(key, value);
        return Promise.resolve();
      },
    };
    const state = new HandleFilterState(new LiveJournal(() => 0, 10), store);
    const heard: (readonly SavedFilter[])[] = [];
    state.listen((by) => {
      if (by === 'saved') heard.push(state.saved);
    });
    const mine = [{ name: 'Mine', text: 'out:>0' }];
    state.save(mine);
    assert.deepEqual(heard, [mine]);
    state.dispose();
  });
});
