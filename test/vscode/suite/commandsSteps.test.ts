import assert from 'node:assert/strict';
import { suite, test } from 'mocha';
import { commands } from 'vscode';
import { ftpSession, node, openedRequest, run, withCommands } from './commandsFixture.ts';

const ENTER = 'workbench.action.acceptSelectedQuickOpenItem';
const BACK = 'workbench.action.quickInputBack';
const ESCAPE = 'workbench.action.closeQuickOpen';
/** A question needs this long to appear. */
const PAUSE_MILLISECONDS = 400;
const AGAIN_MILLISECONDS = 2000;
const HANG_MILLISECONDS = 20_000;

/** Calls a command as a person does and then presses keys, one for each question. */
async function press<T>(called: Promise<T>, ...keys: readonly string[]): Promise<T> {
  for (const key of keys) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
    await commands.executeCommand(key);
  }
  // On a slow machine a key may have come before its question: then the last one is missing.
  const again = setInterval(() => void commands.executeCommand(keys.at(-1) ?? ESCAPE), AGAIN_MILLISECONDS);
  try {
    return await called;
  } finally {
    clearInterval(again);
  }
}

/** Presses the first button of the newest notification, once it is shown, and waits for what follows from it. */
async function pressFirstButton(isDone: () => boolean): Promise<void> {
  for (let waited = 0; waited < HANG_MILLISECONDS && !isDone(); waited += PAUSE_MILLISECONDS) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
    if (!isDone()) await commands.executeCommand('notification.acceptPrimaryAction');
  }
  assert.ok(isDone(), 'the button did what it says');
}

suite('commands as people call them', () => {
  const bench = withCommands();

  test('openRequest and sendRequest take Enter, Enter each', async () => {
    const first = await openedRequest(bench(), 'HEAD', '/status/404');
    const session = node(bench(), first).parent ?? 0;
    const request = await press(run<number>('openRequest', session), ENTER, ENTER);
    assert.match(node(bench(), request).target, /^GET http:\/\/127\.0\.0\.1:\d+\/$/);
    assert.equal(await press(run('sendRequest'), ENTER, ENTER), 'HTTP/1.1 200 OK');
    assert.equal(node(bench(), request).state, 'answered');
  });

  test('openRequest goes back to the method', async () => {
    const first = await openedRequest(bench(), 'GET', '/');
    const session = node(bench(), first).parent ?? 0;
    const request = await press(run<number>('openRequest', session), ENTER, BACK, ENTER, ENTER);
    assert.equal(node(bench(), request).state, 'unsent');
    assert.equal(bench().explorer.open('http-request').length, 2);
  });

  test('connect stays at an empty server and connects nothing when it is left', async () => {
    assert.equal(await press(run('connect'), ENTER, ENTER, ENTER, ESCAPE), undefined);
    assert.equal(bench().explorer.open('http-connect').length, 0);
  });

  test('openUrl that is left opens nothing', async () => {
    assert.equal(await press(run('openUrl'), ESCAPE), undefined);
    assert.equal(bench().explorer.open('http-request').length, 0);
  });

  test('showPlayground opens the address that is chosen', async () => {
    const serial = await press(run<number>('showPlayground'), ENTER);
    assert.equal(node(bench(), serial).state, 'answered');
  });

  test('listFolder shows a listing and leaves the session idle', async () => {
    const session = await ftpSession(bench());
    const entries = await press(run<readonly unknown[]>('listFolder', session), ENTER, ESCAPE);
    assert.ok(entries.length > 5);
    assert.equal(node(bench(), session).state, 'idle');
  });

  test('a command that fails tells the person and does not throw', async () => {
    const request = await openedRequest(bench(), 'GET', '/');
    assert.equal(await run('readResponse', request), undefined);
    assert.equal(node(bench(), request).lastError, 'ERROR_INTERNET_INCORRECT_HANDLE_STATE');
    await run('closeHandle', { handle: request });
    assert.equal(await run('closeHandle', request), undefined);
  });

  test('sendRequest tolerates a certificate once the person has accepted it', async () => {
    const request = await openedRequest(bench(), 'GET', '/', 'https');
    await commands.executeCommand('notifications.clearAll');
    assert.equal(await press(run('sendRequest', request), ENTER, ENTER), undefined);
    assert.equal(node(bench(), request).lastError, 'ERROR_INTERNET_INVALID_CA');
    await pressFirstButton(() => node(bench(), request).state === 'answered');
  });

  test('a busy session can be freed from the message about it', async () => {
    const session = await ftpSession(bench());
    await run('fn.FtpOpenFile', { handle: session, name: 'pub/notes.txt' });
    await commands.executeCommand('notifications.clearAll');
    assert.equal(await run('fn.FtpGetCurrentDirectory', session), undefined);
    assert.equal(node(bench(), session).lastError, 'ERROR_FTP_TRANSFER_IN_PROGRESS');
    const told = () => node(bench(), session).tallies.FtpGetCurrentDirectory;
    await pressFirstButton(() => told()?.count === 2 && told()?.lastError === null);
    assert.equal(node(bench(), session).state, 'idle');
  });

  test('a command without a handle that serves offers to make one', async () => {
    assert.equal(await run('listFolder'), undefined);
    assert.equal(await run('sendRequest'), undefined);
  });
});
