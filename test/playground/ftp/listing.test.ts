import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesContent } from '../../../extension/playground/ftp/fileContent.ts';
import { resolvePath, type TreeNode } from '../../../extension/playground/ftp/fileTree.ts';
import { FACTS, factLine, unixLine } from '../../../extension/playground/ftp/listing.ts';
import { formatReply, reply } from '../../../extension/playground/ftp/reply.ts';

const now = new Date('2024-06-15T12:00:00Z');

function file(modified: string): TreeNode {
  return {
    kind: 'file',
    id: 10,
    content: bytesContent(Buffer.alloc(1234)),
    modified: new Date(modified),
    readable: true,
  };
}

test('unixLine shows the time of recent files and the year of old and future ones', () => {
  const line = (modified: string) => unixLine({ name: 'a b', node: file(modified) }, now);
  assert.match(line('2024-06-01T08:05:00Z'), /^-rw-r--r-- +1 ftp +ftp +1234 Jun 01 08:05 a b$/);
  assert.match(line('2023-06-01T08:05:00Z'), / Jun 01 {2}2023 a b$/);
  assert.match(line('2024-06-16T08:05:00Z'), / Jun 16 {2}2024 a b$/);
});

test('factLine sends the chosen facts in their order', () => {
  const node = file('2024-02-29T23:59:58Z');
  assert.equal(
    factLine({ name: ' a;b', node }, FACTS, true),
    'type=file;size=1234;modify=20240229235958;perm=adfwr;unique=playa;UNIX.mode=0644;  a;b',
  );
  assert.equal(factLine({ name: 'x', node }, ['size'], false), 'size=1234; x');
  assert.equal(factLine({ name: 'x', node }, [], false), ' x');
});

test('formatReply indents what could be taken for the last line', () => {
  assert.equal(formatReply(reply(200, 'OK')), '200 OK\r\n');
  assert.equal(
    formatReply(reply(211, 'First', '211 not the end', 'Last')),
    '211-First\r\n 211 not the end\r\n211 Last\r\n',
  );
});

test('resolvePath never leaves the root', () => {
  assert.equal(resolvePath('/pub', '../../../x'), '/x');
  assert.equal(resolvePath('/pub', './/a/./b/'), '/pub/a/b');
  assert.equal(resolvePath('/', '..'), '/');
  assert.equal(resolvePath('/pub', '/names/..'), '/');
});
