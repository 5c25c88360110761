import assert from 'node:assert/strict';
import { suite, suiteTeardown, test } from 'mocha';
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
});
