import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagramFor, layOver } from '../../extension/shared/diagramTruth.ts';
import type { FunctionName } from '../../extension/shared/hierarchy.ts';
import { restore } from '../../extension/shared/model.ts';
import type { ScriptedJournal } from '../webview/harness/journal.ts';
import { ftpListing, oneRequest } from '../webview/harness/scenes.ts';

function treeAndNode(journal: ScriptedJournal, serial: number) {
  const tree = restore(journal.checkpoint());
  const node = tree.nodes.get(serial);
  assert.ok(node !== undefined);
  return { tree, node };
}

test('layOver tells of every box whether its function made the handle, may be called, would fail, or takes another handle', () => {
  const { journal, request, session } = oneRequest();
  const { tree, node } = treeAndNode(journal, request);
  const of = (fn: FunctionName) => layOver('ax-wnt08', 'printed', node, tree).find((box) => box.fn === fn);
  const origin = of('InternetConnect')?.truth;
  assert.ok(origin?.is === 'origin' && origin.handle.serial === session);
  assert.deepEqual(of('HttpSendRequestEx')?.truth, { is: 'legal' });
  assert.deepEqual(of('InternetWriteFile')?.truth, { is: 'illegal', symbol: 'ERROR_INTERNET_INCORRECT_HANDLE_STATE' });
  assert.deepEqual(of('HttpEndRequest')?.tally?.lastError, 'ERROR_INTERNET_INCORRECT_HANDLE_STATE');
  assert.equal(of('InternetReadFile')?.tally?.count, 2);
  const elsewhere = layOver('ax-wnt06', 'printed', node, tree).find((box) => box.fn === 'FtpPutFile')?.truth;
  assert.deepEqual(elsewhere, { is: 'elsewhere', kinds: ['ftp-connect'], handle: undefined });
});

test('layOver leads from a session to the open handle that a function takes', () => {
  const { journal, session, find } = ftpListing();
  const { tree, node } = treeAndNode(journal, session);
  const next = layOver('ax-wnt03', 'printed', node, tree).find((box) => box.fn === 'InternetFindNextFile');
  assert.ok(next?.truth.is === 'elsewhere' && next.truth.handle?.serial === find);
  journal.close(find);
  const after = treeAndNode(journal, find);
  const onGrave = layOver('ax-wnt03', 'printed', after.node, after.tree);
  assert.deepEqual(onGrave.find(({ fn }) => fn === 'InternetFindNextFile')?.truth, {
    is: 'illegal',
    symbol: 'ERROR_INVALID_HANDLE',
  });
});

test('diagramFor finds the diagram that tells most of a handle', () => {
  const { journal, request, session, root } = oneRequest();
  const best = (serial: number): string => {
    const { tree, node } = treeAndNode(journal, serial);
    return diagramFor(node, tree);
  };
  assert.equal(best(request), 'ax-wnt07');
  assert.equal(best(root), 'ax-wnt01');
  assert.ok(!['ax-wnt02', 'ax-wnt06', 'ax-wnt03'].includes(best(session)), best(session));
  const upload = journal.open('HttpOpenRequest', 'http-request', 'unsent', session, 'PUT /upload');
  assert.equal(best(upload), 'ax-wnt05');
  journal.call('HttpSendRequestEx', upload);
  journal.state(upload, 'upload');
  assert.equal(best(upload), 'ax-wnt08');
  const url = journal.open('InternetOpenUrl', 'http-request', 'answered', root, 'http://127.0.0.1/');
  assert.equal(best(url), 'ax-wnt02');
  const ftp = ftpListing();
  const { tree, node } = treeAndNode(ftp.journal, ftp.find);
  assert.equal(diagramFor(node, tree), 'ax-wnt03');
});

test('layOver leads to the newest of the open handles that a function takes', () => {
  const { journal, session, find } = ftpListing();
  const newest = (): number | undefined => {
    const { tree, node } = treeAndNode(journal, session);
    const box = layOver('ax-wnt03', 'printed', node, tree).find(({ fn }) => fn === 'InternetFindNextFile');
    return box?.truth.is === 'elsewhere' ? box.truth.handle?.serial : undefined;
  };
  journal.open('FtpOpenFile', 'ftp-file', 'reading', session, '/pub/a.txt');
  assert.equal(newest(), find, 'a file is not searched');
  const other = journal.open('FtpFindFirstFile', 'ftp-find', 'listing', session, '/*');
  assert.equal(newest(), other);
  journal.close(other);
  assert.equal(newest(), find);
});
