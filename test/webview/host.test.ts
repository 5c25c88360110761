import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Entry } from '../../extension/shared/journal.ts';
import { JournalHistory } from '../../extension/shared/journalHistory.ts';
import type { HandleTree } from '../../extension/shared/model.ts';
import type { ViewMessage, ViewState } from '../../extension/shared/protocol.ts';
import { connectHost, type Host } from '../../webview/host.ts';
import { crowd } from './harness/scenes.ts';

interface Played {
  readonly host: Host;
  readonly posted: ViewMessage[];
  readonly heard: string[];
  tree(): HandleTree;
  send(data: unknown): void;
}

function play(state?: unknown): Played {
  const target = new EventTarget();
  const posted: ViewMessage[] = [];
  const heard: string[] = [];
  let kept: unknown = state;
  let history = new JournalHistory(1);
  const host = connectHost(
    {
      snapshot(_, loaded) {
        heard.push('snapshot');
        history = loaded;
      },
      entries: (entries: readonly Entry[]) => heard.push(`entries ${entries.map(({ seq }) => seq).join()}`),
      selected: (serial) => heard.push(`selected ${serial}`),
      reveal: (serial) => heard.push(`reveal ${serial}`),
      filters: ({ text }) => heard.push(`filters ${text}`),
      pane: (name) => heard.push(`pane ${name}`),
      picture: (format) => heard.push(`picture ${format}`),
      moment: () => heard.push('moment'),
      lesson: (page) => heard.push(`lesson ${page?.title}`),
    },
    {
      postMessage: (message) => posted.push(message),
      getState: () => kept,
      setState: (next: ViewState) => {
        kept = next;
      },
    },
    target,
  );
  return {
    host,
    posted,
    heard,
    tree: () => history.tree,
    send: (data) => target.dispatchEvent(new MessageEvent('message', { data })),
  };
}

function snapshotAndMore() {
  const { journal, root } = crowd(1);
  const snapshot = journal.snapshot();
  journal.take();
  journal.call('InternetQueryOption', root);
  journal.call('InternetQueryOption', root);
  return { snapshot, more: journal.take() };
}

test('connectHost asks for a snapshot and folds the entries that follow it', () => {
  const { host, posted, heard, tree, send } = play();
  host.start();
  const { snapshot, more } = snapshotAndMore();
  send(snapshot);
  send({ type: 'entries', entries: more });
  assert.deepEqual(posted, [{ type: 'ready' }]);
  assert.deepEqual(heard, ['snapshot', `entries ${more.map(({ seq }) => seq).join()}`]);
  assert.equal(tree().nodes.get(1)?.tallies.InternetQueryOption?.count, 2);
});

test('connectHost asks again after a gap and ignores entries until the new snapshot', () => {
  const { host, posted, heard, send } = play();
  host.start();
  const { snapshot, more } = snapshotAndMore();
  send(snapshot);
  send({ type: 'entries', entries: more.slice(1) });
  send({ type: 'entries', entries: more });
  assert.deepEqual(posted, [{ type: 'ready' }, { type: 'ready' }]);
  assert.deepEqual(heard, ['snapshot']);
  send(snapshot);
  send({ type: 'entries', entries: more });
  assert.equal(heard.length, 3);
});

test('connectHost folds no entry twice when a batch overlaps the snapshot', () => {
  const { host, posted, tree, send } = play();
  host.start();
  const { snapshot, more } = snapshotAndMore();
  send(snapshot);
  send({ type: 'entries', entries: more.slice(0, 2) });
  send({ type: 'entries', entries: more });
  assert.equal(tree().nodes.get(1)?.tallies.InternetQueryOption?.count, 2);
  assert.equal(posted.length, 1);
});

test('connectHost ignores what is no message of the host', () => {
  const { host, heard, send } = play();
  host.start();
  for (const data of [
    null,
    7,
    'snapshot',
    {},
    { type: 'reveal' },
    { type: 'pane', name: 'attic' },
    { type: 'snapshot' },
    { type: 'entries' },
  ])
    send(data);
  assert.deepEqual(heard, []);
});

test('connectHost returns kept state only when it has the shape of ours', () => {
  const state: ViewState = {
    journal: '2026-11-01T12:00:00.000Z',
    seq: null,
    transform: { x: 1, y: 2, k: 0.5 },
    following: true,
    selected: null,
    collapsed: [3],
    panes: ['inspector'],
  };
  assert.deepEqual(play(state).host.savedState(), state);
  assert.deepEqual(play({ ...state, filter: 'is:leak' }).host.savedState(), { ...state, filter: 'is:leak' });
  for (const other of [
    undefined,
    {},
    { ...state, transform: { x: Number.NaN, y: 0, k: 1 } },
    { ...state, selected: 'x' },
    { ...state, journal: undefined },
    { ...state, seq: 1.5 },
    { ...state, panes: ['attic'] },
    { ...state, filter: 7 },
    { ...state, filter: 'x'.repeat(501) },
  ]) {
    assert.equal(play(other).host.savedState(), undefined);
  }
});
