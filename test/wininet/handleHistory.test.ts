import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeValue } from '../../extension/shared/decode.ts';
import { HandleHistory } from '../../extension/shared/handleHistory.ts';
import { inheritedOptions } from '../../extension/shared/inheritedOptions.ts';
import {
  INTERNET_OPTION_CONNECT_TIMEOUT,
  INTERNET_OPTION_RECEIVE_TIMEOUT,
  INTERNET_OPTION_USER_AGENT,
  INTERNET_SERVICE_HTTP,
} from '../../extension/wininet/index.ts';
import { recordJournal } from '../shared/recordedJournal.ts';
import { startEngine } from './engineFixture.ts';

test('HandleHistory of every handle holds each of its calls, statuses and wire lines once, at every moment', async (t) => {
  const { journal } = await recordJournal(t);
  const { history } = journal;
  for (const serial of journal.tree.nodes.keys()) {
    const stepwise = new HandleHistory(serial);
    for (const seq of [10, 60, 61, history.tree.seq]) {
      stepwise.read(history, seq);
      const afresh = new HandleHistory(serial);
      afresh.read(history, seq);
      assert.deepEqual({ ...stepwise, entries: [] }, { ...afresh, entries: [] });
    }
    const own = history.entries.filter((entry) => 'serial' in entry && entry.serial === serial);
    assert.equal(stepwise.statuses.length, own.filter(({ type }) => type === 'status').length);
    assert.equal(stepwise.wires.length, own.filter(({ type }) => type === 'wire').length);
    assert.ok(
      stepwise.calls.every(({ to }) => to !== null),
      'every call has ended',
    );
    stepwise.read(history, 5);
    assert.ok(
      stepwise.entries.every(({ seq }) => seq <= 5),
      'going back forgets what came later',
    );
  }
});

test('inheritedOptions agrees with InternetQueryOption, and tells where each comes from', async (t) => {
  const { wininet, journal } = await startEngine(t);
  await wininet.InternetSetOption(null, INTERNET_OPTION_CONNECT_TIMEOUT, 1111);
  const root = await wininet.InternetOpen('options/1.0');
  await wininet.InternetSetOption(root, INTERNET_OPTION_RECEIVE_TIMEOUT, 2222);
  const session = await wininet.InternetConnect(root, 'localhost', 80, null, null, INTERNET_SERVICE_HTTP);
  await wininet.InternetSetOption(root, INTERNET_OPTION_RECEIVE_TIMEOUT, 3333);
  await wininet.InternetSetOption(session, INTERNET_OPTION_CONNECT_TIMEOUT, 4444);
  const request = await wininet.HttpOpenRequest(session, 'GET', '/', null, null, null, 0, 0);
  await assert.rejects(wininet.InternetSetOption(request, INTERNET_OPTION_USER_AGENT, 7));
  const { tree, history } = journal;
  for (const handle of [root, session, request]) {
    const node = tree.nodes.get(handle.serial);
    assert.ok(node !== undefined);
    for (const { option, value } of inheritedOptions(node, tree, history, tree.seq)) {
      assert.equal(await wininet.InternetQueryOption(handle, option), value, `option ${option} of ${node.kind}`);
    }
  }
  const node = tree.nodes.get(request.serial);
  assert.ok(node !== undefined);
  const told = inheritedOptions(node, tree, history, tree.seq).map(({ option, value, from, inherited }) => [
    option,
    decodeValue(value, tree).text,
    from?.kind ?? null,
    inherited,
  ]);
  assert.deepEqual(told, [
    [INTERNET_OPTION_CONNECT_TIMEOUT, '4444', 'http-connect', true],
    [INTERNET_OPTION_RECEIVE_TIMEOUT, '2222', 'root', true],
  ]);
});
