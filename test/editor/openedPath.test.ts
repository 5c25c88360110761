import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { openedPath } from '../../extension/editor/openedPath.ts';

test('openedPath finds the folder that is open by way of a link, and leaves other files alone', (t) => {
  const scratch = realpathSync.native(mkdtempSync(path.join(tmpdir(), 'opened-')));
  t.after(() => rmSync(scratch, { recursive: true }));
  const real = path.join(scratch, 'disk', 'project');
  const link = path.join(scratch, 'project');
  mkdirSync(real, { recursive: true });
  symlinkSync(real, link, 'junction');
  const file = path.join(real, 'src', 'main.ts');
  assert.equal(openedPath(file, [path.join(scratch, 'gone'), link]), path.join(link, 'src', 'main.ts'));
  assert.equal(openedPath(file, [link, real]), file, 'it is open under its own path');
  const neighbour = path.join(scratch, 'disk', 'project-two', 'main.ts');
  assert.equal(openedPath(neighbour, [link]), neighbour);
});
