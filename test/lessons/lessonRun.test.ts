import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LessonError } from '../../extension/lessons/lessonError.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { connectHttp, leavesNothingBehind } from '../wininet/engineFixture.ts';
import { lessonOf, playStep, shippedLessons, stageLesson } from './lessonFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

const ROOT = 'root = InternetOpen("a")';
const CONNECT = 'InternetConnect(root, HOST, HTTP_PORT, null, null, INTERNET_SERVICE_HTTP, 0, 0)';
const REQUEST = 'r = HttpOpenRequest(s, "GET", "/", null, null, null, 0, 0)';
const FTP = 'InternetConnect(root, HOST, FTP_PORT, null, null, INTERNET_SERVICE_FTP, INTERNET_FLAG_PASSIVE, 0)';

const refused: readonly (readonly [what: string, calls: readonly string[], says: RegExp])[] = [
  ['a server by name', [ROOT, 'InternetConnect(root, "example.org", 80, null, null, 3, 0, 0)'], /not the playground/],
  [
    'another port of the same host',
    [ROOT, 'InternetConnect(root, HOST, 22, null, null, 3, 0, 0)'],
    /not the playground/,
  ],
  ['an address', [ROOT, 'InternetOpenUrl(root, "http://example.org/")'], /not the playground/],
  ['an address that poses as one', [ROOT, `InternetOpenUrl(root, "\${HTTP}@example.org/")`], /not the playground/],
  [
    'an address that the engine reads otherwise',
    [ROOT, `InternetOpenUrl(root, "\${HTTP}\\\\@example.org/x")`],
    /not the playground/,
  ],
  ['cookies of others', ['InternetSetCookie("http://example.org/", "a", "b")'], /not the playground/],
  ['a check of others', ['InternetCheckConnection("http://example.org/", 1, 0)'], /not the playground/],
  ['a proxy', ['InternetOpen("a", INTERNET_OPEN_TYPE_PROXY, "example.org:80")'], /proxy/],
  ['a proxy as an option', [ROOT, 'InternetSetOption(root, INTERNET_OPTION_PROXY, { dwAccessType: 3 })'], /proxy/],
  ['options of the library', ['InternetSetOption(null, INTERNET_OPTION_CONNECT_TIMEOUT, 1)'], /of the library/],
  [
    'the end of the session of all',
    [ROOT, 'InternetSetOption(root, INTERNET_OPTION_END_BROWSER_SESSION)'],
    /of the library/,
  ],
  ['a server as a path', [ROOT, `s = ${CONNECT}`, 'HttpOpenRequest(s, "GET", "http://example.org/")'], /path alone/],
  ['a Host header', [ROOT, `s = ${CONNECT}`, REQUEST, 'HttpSendRequest(r, "A: b\\r\\nhost : x")'], /Host/],
  [
    'a Host header in a record',
    [ROOT, `s = ${CONNECT}`, REQUEST, 'HttpSendRequestEx(r, { lpcszHeader: "Host: x" })'],
    /Host/,
  ],
  ['PORT', [ROOT, `s = ${FTP}`, 'FtpCommand(s, false, 1, "PORT 10,0,0,1,0,80")'], /PORT/],
  [
    'a locator of others',
    [
      ROOT,
      's = InternetConnect(root, HOST, GOPHER_PORT, null, null, 2, 0, 0)',
      'GopherOpenFile(s, "0a\\t/a\\texample.org\\t70\\r\\n")',
    ],
    /not the playground/,
  ],
  ['a local path', [ROOT, `s = ${FTP}`, 'FtpGetFile(s, "/readme.txt", "/tmp/x")'], /plain file name/],
  ['a folder above', [ROOT, `s = ${FTP}`, 'FtpPutFile(s, "../x", "/incoming/x")'], /plain file name/],
  ['a backslash', [ROOT, `s = ${FTP}`, 'FtpPutFile(s, "..\\\\x", "/incoming/x")'], /plain file name/],
  ['a name that nobody gave', ['InternetCloseHandle(root)'], /Nobody knows root/],
];

for (const [what, calls, says] of refused) {
  test(`LessonRun.next refuses ${what}, before the call is made`, async (t) => {
    const { engine, run } = await stageLesson(t, lessonOf(calls), playground());
    const before = () => engine.journal.entries.filter(({ type }) => type === 'call-begin').length;
    const begun = before();
    await assert.rejects(playStep(run), (error) => {
      assert.ok(error instanceof LessonError, String(error));
      assert.match(error.sentence, says);
      assert.deepEqual([error.file, error.line], ['own.md', 3 + calls.length]);
      return true;
    });
    assert.equal(before() - begun, calls.length - 1);
    assert.equal(run.state, 'broken');
    await run.reset();
    assert.equal(engine.journal.tree.byValue.size, 0);
  });
}

test('LessonRun plays every shipped lesson where other handles are open, and closes only its own', async (t) => {
  for (const lesson of shippedLessons) {
    const { engine, run } = await stageLesson(t, lesson, playground(), { alone: false });
    const gap = await connectHttp(engine, playground().http);
    await connectHttp(engine, playground().http);
    await engine.wininet.InternetCloseHandle(gap);
    const others = [...engine.journal.tree.byValue.values()];
    while (run.state !== 'done') {
      if (run.state === 'question') run.skip();
      else await playStep(run);
      assert.deepEqual(run.checkTree().differences, [], `${lesson.file}, before part ${run.position}`);
    }
    await run.reset();
    assert.deepEqual([...engine.journal.tree.byValue.values()], others, lesson.file);
  }
});

test('LessonRun.checkTree says in a sentence what is missing, too much or different', async (t) => {
  const tree = ['0x00CC0004 InternetOpen: root, open, b', '0x00CC0008 InternetOpen: root, open, c'];
  const { run } = await stageLesson(t, lessonOf([ROOT], tree), playground());
  assert.throws(() => run.checkTree(), RangeError);
  await playStep(run);
  assert.deepEqual(run.checkTree().differences, [
    '0x00CC0004 InternetOpen: the target is a, not b.',
    'InternetOpen c should be open, and is not.',
  ]);
  const bare = await stageLesson(t, lessonOf([ROOT]), playground());
  await playStep(bare.run);
  assert.deepEqual(bare.run.checkTree().differences, ['0x00CC0004 InternetOpen is open, and should not be.']);
});

test('LessonRun.next stops at the first call that does not do what the lesson says', async (t) => {
  for (const wrong of ['GetLastError() -> 7', 'GetLastError() ! ERROR_INVALID_HANDLE', 'HttpSendRequest(root)']) {
    const { run } = await stageLesson(t, lessonOf([ROOT, wrong, ROOT]), playground());
    const reports = await playStep(run);
    assert.deepEqual(
      reports.map(({ asExpected }) => asExpected),
      [true, false],
    );
    assert.equal(run.state, 'broken');
    await assert.rejects(playStep(run), RangeError);
    await run.reset();
    assert.equal(run.state, 'step');
  }
});

test('LessonRun.reset ends a call that hangs, a step that waits for it, and a completion that never comes', async (t) => {
  const slow = 'r = HttpOpenRequest(s, "GET", "/slow/never", null, null, null, 0, 0)';
  for (const last of ['HttpSendRequest(r)', 'completion(9)']) {
    const lesson = lessonOf([ROOT, `s = ${CONNECT}`, slow, last, 'InternetOpen("late")']);
    const { engine, run } = await stageLesson(t, lesson, playground());
    const steps = run.next();
    for (let made = 0; made < 3; made += 1) await steps.next();
    const waiting = steps.next();
    assert.equal(run.state, 'running');
    await run.reset();
    assert.deepEqual(await waiting, { done: true, value: undefined });
    assert.deepEqual([run.state, run.position, engine.journal.tree.byValue.size], ['step', 0, 0]);
    await assert.rejects(async () => run.skip(), RangeError);
  }
});

test('LessonRun can be played again after reset', async (t) => {
  const [lesson] = shippedLessons;
  assert.ok(lesson !== undefined);
  const { run } = await stageLesson(t, lesson, playground());
  for (let time = 0; time < 2; time += 1) {
    while (run.state !== 'done') {
      if (run.state === 'question') run.skip();
      else await playStep(run);
      assert.deepEqual(run.checkTree().differences, []);
    }
    await run.reset();
  }
});
