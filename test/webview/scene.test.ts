import assert from 'node:assert/strict';
import { test } from 'node:test';
import { restore } from '../../extension/shared/model.ts';
import { planMotion } from '../../webview/motionPlan.ts';
import { composeList, composeScene } from '../../webview/scene.ts';
import type { ScriptedJournal } from './harness/journal.ts';
import { mixed, oneRequest } from './harness/scenes.ts';

const nothing = { selected: null, folded: new Set<number>(), anyOpen: false, filter: null };
const sceneOf = (journal: ScriptedJournal) => composeScene(restore(journal.checkpoint()), nothing, null, false);

test('composeScene ranks every open handle among its siblings, leaves before sessions', () => {
  const { journal, root, sessions } = mixed();
  const scene = sceneOf(journal);
  assert.equal(scene.order.length, 37);
  assert.deepEqual(scene.ranks.get(root), {
    level: 1,
    position: 1,
    siblings: 2,
    children: 8,
    hidden: 0,
    context: false,
  });
  const [first = 0] = sessions;
  assert.deepEqual(scene.ranks.get(first), {
    level: 2,
    position: 5,
    siblings: 8,
    children: 7,
    hidden: 0,
    context: false,
  });
  assert.equal(scene.parents.get(first), root);
});

test('composeScene hides what hangs below a folded handle and counts it', () => {
  const { journal, root } = mixed();
  const scene = composeScene(restore(journal.checkpoint()), { ...nothing, folded: new Set([root]) }, null, false);
  assert.equal(scene.ranks.get(root)?.hidden, 30);
  assert.equal(scene.order.length, 7);
});

test('composeScene shows with a filter what passes and the handles above it as context', () => {
  const { journal, root, sessions } = mixed();
  const filter = ({ target }: { readonly target: string }) => target.endsWith('/7.json');
  const scene = composeScene(restore(journal.checkpoint()), { ...nothing, filter }, null, false);
  assert.equal(scene.order.length, 5, 'a request in each of two sessions of one root');
  const context = [...scene.ranks].filter(([, rank]) => rank.context).map(([serial]) => serial);
  assert.deepEqual(new Set(context), new Set([root, ...sessions.slice(0, 2)]));
  assert.equal(scene.ranks.get(root)?.children, 2, 'hidden children are not counted among the siblings');
});

test('composeList names each error number of its boxes once below them', () => {
  const { journal, request } = oneRequest();
  const node = restore(journal.checkpoint()).nodes.get(request);
  assert.ok(node !== undefined);
  const folded = composeList(node, false);
  assert.deepEqual(folded.notes, [{ mark: 'lock', text: '12019 ERROR_INTERNET_INCORRECT_HANDLE_STATE' }]);
  assert.deepEqual(folded.rows.at(-1), { type: 'any', key: 'any-handle', open: false, count: 5 });
  assert.equal(composeList(node, true).rows.length, folded.rows.length + 5);
});

test('planMotion lets leaves close before their parents and new handles grow out of theirs', () => {
  const { journal, root, session, request } = oneRequest();
  const before = sceneOf(journal);
  journal.close(session);
  const added = journal.open('InternetConnect', 'http-connect', 'open', root, 'http://127.0.0.1:9090');
  const after = sceneOf(journal);
  const { opened, closed } = planMotion(before, after, [added], [request, session]);
  assert.deepEqual(opened.get(added), before.layout.boxes.get(root));
  assert.deepEqual(closed.get(request)?.into, before.layout.boxes.get(session));
  assert.deepEqual(closed.get(session)?.into, after.layout.boxes.get(root));
  assert.ok((closed.get(request)?.wait ?? 0) < (closed.get(session)?.wait ?? 0));
});
