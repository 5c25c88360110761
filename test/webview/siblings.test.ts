import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JournalHistory } from '../../extension/shared/journalHistory.ts';
import { restore } from '../../extension/shared/model.ts';
import { composeScene } from '../../webview/scene.ts';
import { Siblings } from '../../webview/siblings.ts';
import { manyWords } from '../../webview/sideWords.ts';
import { crowd, graveyard } from './harness/scenes.ts';

const nothing = { selected: null, folded: new Set<number>(), anyOpen: false };

test('composeScene gathers 100,000 siblings in one box and counts each of them once', () => {
  const { journal, session, requests } = crowd(100_000);
  const tree = restore(journal.checkpoint());
  const scene = composeScene(tree, nothing, null, false);
  assert.ok(scene.order.length < 100, `${scene.order.length} boxes`);
  const [many] = scene.many.values();
  assert.ok(many?.type === 'open');
  const alone = scene.order.filter((serial) => scene.parents.get(serial) === session && serial > 0);
  assert.equal(many.crowd.open.size, requests.length);
  assert.equal(many.alone.size, alone.length);
  const outside = requests
    .filter((serial) => !many.alone.has(serial))
    .flatMap((serial) => tree.nodes.get(serial) ?? []);
  const running = outside.filter((node) => node.running.length > 0).length;
  const failed = outside.filter((node) => node.lastError !== null).length;
  const [title, , doing] = manyWords(many, tree).lines.map(([text]) => text);
  assert.equal(title, `${outside.length.toLocaleString()} more HttpOpenRequest`);
  assert.equal(doing, `${running.toLocaleString()} running, ${failed.toLocaleString()} failed`);
  assert.ok(many.alone.has(requests.at(-1) ?? 0), 'the newest stands alone');
});

test('composeScene lets a chosen handle, and those that were taken out, stand alone in a large group', () => {
  const { journal, session, requests } = crowd(500);
  const [first = 0, second = 0] = requests;
  const scene = composeScene(
    restore(journal.checkpoint()),
    { ...nothing, selected: first, taken: new Set([second]) },
    null,
    false,
  );
  for (const serial of [first, second]) assert.equal(scene.parents.get(serial), session);
  const shown = scene.order.filter((serial) => scene.parents.get(serial) === session);
  for (const [index, serial] of shown.entries()) {
    assert.equal(scene.ranks.get(serial)?.position, index + 1);
    assert.equal(scene.ranks.get(serial)?.siblings, shown.length);
  }
});

test('Siblings kept up to date entry by entry hold what an index made anew holds', () => {
  const { journal, session, requests } = crowd(300);
  const { base } = { base: journal.checkpoint() };
  const history = new JournalHistory(100_000, base);
  const kept = new Siblings(history.tree);
  journal.take();
  for (const [index, serial] of requests.entries()) {
    if (index % 3 === 0) journal.close(serial);
    else if (index % 3 === 1) journal.call('InternetReadFile', serial, { unfinished: index % 2 === 0 });
    else journal.open('HttpOpenRequest', 'http-request', 'unsent', session, `GET /${index}`);
  }
  const entries = journal.take();
  for (const entry of entries) history.append(entry);
  assert.equal(kept.follow(history.tree, entries), true);
  const facts = (siblings: Siblings) =>
    [...siblings.below(session)].map(({ kind, open, running, failed }) => ({ kind, open, running, failed }));
  assert.deepEqual(facts(kept), facts(new Siblings(history.tree)));
  assert.equal(kept.size, history.tree.byValue.size);
});

test('Siblings say that nothing else is to be drawn after bytes and states', () => {
  const { journal, requests } = crowd(20);
  const history = new JournalHistory(1000, journal.checkpoint());
  const siblings = new Siblings(history.tree);
  journal.take();
  journal.bytes(requests[0] ?? 0, 'in', 10);
  journal.state(requests[0] ?? 0, 'reading');
  const entries = journal.take();
  for (const entry of entries) history.append(entry);
  assert.equal(siblings.follow(history.tree, entries), false);
});

test('composeScene draws the newest tombstones and counts the others; hidden ones stay where they have a diagnosis', () => {
  const { journal, session, stale, hit, twice } = graveyard();
  const tree = restore(journal.checkpoint());
  const all = composeScene(tree, { ...nothing, graves: true }, null, false);
  const closed = tree.graves.filter((serial) => tree.nodes.get(serial)?.parent === session);
  const shown = closed.filter((serial) => all.ranks.has(serial));
  assert.equal(shown.length, 5);
  const many = [...all.many.values()].find((one) => one.type === 'closed' && one.parent === session);
  assert.ok(many?.type === 'closed');
  assert.equal(many.count, closed.length - shown.length);
  const few = composeScene(tree, { ...nothing, graves: false }, null, false);
  assert.deepEqual(
    tree.graves.filter((serial) => few.ranks.has(serial)),
    [stale, twice],
  );
  assert.deepEqual(
    few.stale.map((use) => [use.grave, use.hit]),
    [[stale, hit]],
  );
  const paged = composeScene(tree, { ...nothing, graves: true, exhumed: new Set([session]) }, null, false);
  assert.ok(closed.every((serial) => paged.ranks.has(serial)));
});

test('composeScene shows with a filter what passes and the handles above it, faint', () => {
  const { journal, root, session, requests } = crowd(12);
  const filter = ({ serial }: { readonly serial: number }) => serial === requests[3];
  const scene = composeScene(restore(journal.checkpoint()), { ...nothing, filter }, null, false);
  assert.deepEqual(scene.order, [root, session, requests[3]]);
  assert.deepEqual(
    scene.order.map((serial) => scene.ranks.get(serial)?.context),
    [true, true, false],
  );
});
