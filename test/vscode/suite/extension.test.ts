import assert from 'node:assert/strict';
import { suite, test } from 'mocha';
import { extensions } from 'vscode';

suite('extension', () => {
  test('extension is present in VS Code under its published name', () => {
    const extension = extensions.getExtension('hinternet-explorer.hinternet-explorer');
    assert.equal(extension?.packageJSON.displayName, 'HINTERNET Explorer');
  });
});
