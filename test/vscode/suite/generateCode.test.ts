import assert from 'node:assert/strict';
import { suite, test } from 'mocha';
import { window } from 'vscode';
import { languageNames } from '../../../extension/shared/generate/languages.ts';
import { ftpSession, openedRequest, run, shownText, withCommands } from './commandsFixture.ts';

suite('Generate Code', () => {
  const bench = withCommands();

  test('generateCode opens the history of a handle as a document of each language', async () => {
    const request = await openedRequest(bench(), 'GET', '/content/data.json');
    await run('sendRequest', { handle: request });
    await ftpSession(bench());
    const seen: Record<string, string | undefined> = {};
    for (const language of languageNames) {
      const text = await run('generateCode', { language });
      assert.equal(shownText(), text);
      seen[language] = window.activeTextEditor?.document.languageId;
    }
    assert.deepEqual(seen, { typescript: 'typescript', cpp: 'cpp', curl: 'shellscript', lftp: 'shellscript' });
  });

  test('generateCode leaves out what is not about the handle', async () => {
    const request = await openedRequest(bench(), 'GET', '/content/data.json');
    const session = await ftpSession(bench());
    const text = await run<string>('generateCode', { handle: request, language: 'typescript' });
    assert.match(text, /HttpOpenRequest\(/);
    assert.doesNotMatch(text, /INTERNET_SERVICE_FTP/);
    await assert.rejects(run('generateCode', { handle: session, language: 'curl' }), /curl/);
  });
});
