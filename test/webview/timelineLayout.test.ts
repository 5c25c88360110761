import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EntryBody } from '../../extension/shared/journal.ts';
import { JournalHistory } from '../../extension/shared/journalHistory.ts';
import { rowsBetween, stackLanes } from '../../webview/laneStack.ts';
import { readRuler } from '../../webview/readRuler.ts';
import { hitLane, markBeside } from '../../webview/timelineHit.ts';
import { pictureLane } from '../../webview/timelineLayout.ts';
import { type Lane, TimelineModel } from '../../webview/timelineModel.ts';
import { panTime, revealTime, wholeTime, zoomTime } from '../../webview/timeWindow.ts';
import { numbered } from '../shared/journals.ts';
import { ScriptedJournal } from './harness/journal.ts';
import { ftpListing, oneRequest } from './harness/scenes.ts';

const WIDTH = 1000;

function modelOf(journal: ScriptedJournal): TimelineModel {
  return filled(journal.take().map(({ seq: _seq, ...body }) => body));
}

function filled(entries: readonly (EntryBody & { t: number })[]): TimelineModel {
  const history = new JournalHistory(100_000);
  for (const [index, entry] of entries.entries()) history.append({ ...entry, seq: index + 1 });
  const model = new TimelineModel(history);
  model.update();
  return model;
}

function laneOf(model: TimelineModel, serial: number): Lane {
  const lane = model.lane(serial);
  assert.ok(lane !== undefined);
  return lane;
}

test('pictureLane keeps the number of a status at the beginning whole', () => {
  const { journal, root } = oneRequest();
  const opened = { type: 'status', serial: root, code: 60, context: 1, information: null, t: 0 } as const;
  const model = filled([...journal.take().map(({ seq: _seq, ...body }) => body), opened]);
  const { tickLabels } = pictureLane(laneOf(model, root), { from: 0, to: 1000 }, WIDTH, true, 1000);
  // Written around its place, in digits of six pixels.
  assert.ok((tickLabels[0]?.x ?? 0) >= 6);
});

test('TimelineModel puts every call on the lane of its handle, and the call of InternetOpen on the handle it opened', () => {
  const { journal, root, session, request } = oneRequest();
  const model = modelOf(journal);
  assert.deepEqual(
    model.lanes.map(({ serial, depth }) => [serial, depth]),
    [
      [root, 0],
      [session, 1],
      [request, 2],
    ],
  );
  const names = (serial: number) => laneOf(model, serial).spans.map(({ fn }) => fn);
  assert.deepEqual(names(root), ['InternetOpen', 'InternetConnect']);
  assert.deepEqual(names(session), ['HttpOpenRequest']);
  assert.equal(names(request)[1], 'HttpSendRequest');
  assert.equal(laneOf(model, request).spans.at(-1)?.error, 'ERROR_INTERNET_INCORRECT_HANDLE_STATE');
});

test('TimelineModel stands calls at the same time on one handle in rows of their own, and uses a row again', () => {
  const model = filled([
    ...opening(),
    { type: 'call-begin', call: 2, fn: 'InternetOpenUrl', handle: 1, args: [], t: 10 },
    { type: 'call-pending', call: 2, t: 12 },
    { type: 'call-begin', call: 3, fn: 'InternetOpenUrl', handle: 1, args: [], t: 20 },
    { type: 'call-end', call: 2, result: true, t: 30 },
    { type: 'call-begin', call: 4, fn: 'InternetOpenUrl', handle: 1, args: [], t: 40 },
  ]);
  const lane = laneOf(model, 1);
  assert.deepEqual(
    lane.spans.map(({ call, row }) => [call, row]),
    [
      [1, 0],
      [2, 0],
      [3, 1],
      [4, 0],
    ],
  );
  assert.equal(lane.rows, 2);
  const { bars } = pictureLane(lane, { from: 0, to: 100 }, WIDTH, false, 50);
  const [pending, running] = bars.filter(({ span }) => span.call > 1);
  assert.deepEqual([pending?.x, pending?.pending, pending?.width], [100, 20, 200]);
  assert.deepEqual([running?.x, running?.width], [200, 300], 'a call that runs has got as far as the journal');
});

test('TimelineModel keeps the calls that were under way when the journal was cut', () => {
  const { journal, request } = oneRequest();
  journal.call('InternetReadFile', request, { unfinished: true });
  const whole = journal.take();
  const history = new JournalHistory(2);
  for (const entry of whole) history.append(entry);
  const model = new TimelineModel(history);
  model.update();
  assert.ok(history.cut > 0);
  assert.equal(model.holds(history), true);
  assert.equal(laneOf(model, request).spans.at(-1)?.to, null);
  assert.equal(laneOf(model, request).readBefore, 18_432);
});

test('pictureLane draws no more shapes than there are pixels, however many calls there were', () => {
  const journal = new ScriptedJournal();
  const root = journal.open('InternetOpen', 'root', 'open', null, 'many/1.0');
  for (let count = 0; count < 10_000; count += 1) journal.call('InternetQueryOption', root, { microseconds: 5 });
  const model = modelOf(journal);
  const lane = laneOf(model, root);
  const end = lane.spans.at(-1)?.to ?? 0;
  const { bars, short } = pictureLane(lane, wholeTime({ from: 0, to: end }), WIDTH, false, end);
  assert.ok(bars.length <= 2);
  assert.ok(short.split('M').length <= WIDTH / 2 + 2, `${short.split('M').length} shapes`);
});

test('rowsBetween gives the lanes on screen alone, and stackLanes can leave out the idle ones and counts them', () => {
  const journal = new ScriptedJournal();
  const root = journal.open('InternetOpen', 'root', 'open', null, 'many/1.0');
  for (let count = 0; count < 3000; count += 1) journal.open('InternetConnect', 'http-connect', 'open', root, 'h');
  const model = modelOf(journal);
  const stack = stackLanes(model.lanes, null, null);
  assert.equal(stack.rows.length, 3001);
  const seen = rowsBetween(stack, 1000, 1200);
  assert.ok(seen.length < 12);
  assert.ok(seen.every(({ top, height }) => top + height > 1000 && top < 1200));
  const busy = stackLanes(model.lanes, 5, { from: 0, to: 5000 });
  assert.deepEqual(
    busy.rows.map(({ lane }) => lane.serial),
    [root, 5],
    'the selected one stays',
  );
  assert.equal(busy.hidden, 2999);
});

test('hitLane finds the call under the pointer and the status beside it', () => {
  const model = filled([
    ...opening(),
    { type: 'call-begin', call: 2, fn: 'InternetConnect', handle: 1, args: [], t: 100 },
    { type: 'status', serial: 1, code: 60, context: 0, information: null, t: 400 },
    { type: 'call-end', call: 2, result: true, t: 500 },
  ]);
  const at = (x: number, y: number) => hitLane(laneOf(model, 1), { from: 0, to: 1000 }, WIDTH, { x, y }, 500, false);
  const call = at(300, 8);
  assert.equal(call?.is === 'call' && call.span.call, 2);
  const status = at(402, 22);
  assert.equal(status?.is === 'status' && status.tick.code, 60);
  assert.equal(at(800, 8), undefined);
});

test('pictureLane draws bytes as a strip whose highest column is the busiest, what goes out from above and what comes in from below', () => {
  const model = filled([
    ...opening(),
    { type: 'bytes', serial: 1, direction: 'in', count: 100, t: 100 },
    { type: 'bytes', serial: 1, direction: 'in', count: 400, t: 500 },
    { type: 'bytes', serial: 1, direction: 'out', count: 7, t: 700 },
  ]);
  const lane = laneOf(model, 1);
  const picture = pictureLane(lane, { from: 0, to: 1000 }, WIDTH, false, 1000);
  const columns = (path: string) =>
    [...path.matchAll(/M(\d+) (\d+)h3v(\d+)/g)].map(([, x, y, tall]) => [Number(x), Number(y), Number(tall)]);
  const [little, much] = columns(picture.bytesIn);
  assert.deepEqual([little?.[0], much?.[0]], [99, 498], 'where their time is, in columns of three pixels');
  assert.equal((much?.[2] ?? 0) / (little?.[2] ?? 1), 2, 'the area tells the amount: four times is twice as high');
  assert.equal(
    (little?.[1] ?? 0) + (little?.[2] ?? 0),
    (much?.[1] ?? 0) + (much?.[2] ?? 0),
    'they stand on one ground',
  );
  const [out] = columns(picture.bytesOut);
  assert.equal(out?.[0], 699);
  assert.equal(out?.[1], much?.[1], 'hangs from the top of the strip');
  const hit = hitLane(lane, { from: 0, to: 1000 }, WIDTH, { x: 501, y: 33 }, 1000, false);
  assert.equal(hit?.is === 'bytes' && hit.bytes.count, 400);
});

test('pictureLane marks lines of the dialogue in their place by their direction, and writes them on a selected lane as far as there is room', () => {
  const model = filled([
    ...opening(),
    { type: 'wire', serial: 1, direction: 'out', text: 'RETR a-rather-long-name.txt', t: 100 },
    { type: 'wire', serial: 1, direction: 'in', text: '226 Done\r\nmore', t: 200 },
    { type: 'wire', serial: 1, direction: 'in', text: '221 later', t: 5000 },
  ]);
  const lane = laneOf(model, 1);
  const plain = pictureLane(lane, { from: 0, to: 1000 }, WIDTH, false, 1000);
  assert.deepEqual(
    [...plain.wires.matchAll(/M([\d.]+) \d+l3 (-?\d)/g)].map(([, x, way]) => [x, way]),
    [
      ['100.5', '5'],
      ['200.5', '-5'],
    ],
  );
  assert.deepEqual(plain.wireLabels, []);
  const { wireLabels } = pictureLane(lane, { from: 0, to: 1000 }, WIDTH, true, 1000);
  assert.deepEqual(
    wireLabels.map(({ x, text }) => [x, text]),
    [
      [100, '→ RETR a-rathe…'],
      [200, '← 226 Done'],
    ],
  );
  const hit = hitLane(lane, { from: 0, to: 1000 }, WIDTH, { x: 202, y: 30 }, 1000, true);
  assert.equal(hit?.is === 'wire' && hit.wire.text, '226 Done\r\nmore');
});

test('markBeside walks the statuses and lines of a lane in the order of the journal, and stops at both ends', () => {
  const model = filled([
    ...opening(),
    { type: 'status', serial: 1, code: 30, context: 0, information: null, t: 100 },
    { type: 'wire', serial: 1, direction: 'out', text: 'NOOP', t: 100 },
    { type: 'status', serial: 1, code: 31, context: 0, information: 6, t: 100 },
  ]);
  const lane = laneOf(model, 1);
  const seen: string[] = [];
  let at = markBeside(lane, null, 1);
  for (let count = 0; count < 4 && at !== undefined; count += 1) {
    seen.push(at.is === 'status' ? String(at.tick.code) : at.is);
    at = markBeside(lane, at, 1);
  }
  assert.deepEqual(seen, ['30', 'wire', '31', '31']);
  const last = markBeside(lane, null, -1);
  assert.equal(last?.is === 'status' && last.tick.code, 31);
});

test('zoomTime keeps the moment under the pointer, and neither it nor panTime leaves the journal', () => {
  const journal = { from: 100_000, to: 1_000_000 };
  const whole = wholeTime(journal);
  const closer = zoomTime({ from: 200_000, to: 400_000 }, 0.5, 0.25, journal);
  assert.deepEqual(closer, { from: 225_000, to: 325_000 });
  assert.deepEqual(zoomTime(closer, 1000, 0.5, journal), whole);
  assert.equal(panTime(closer, -100, journal).from, journal.from);
  assert.equal(panTime(closer, 100, journal).to, whole.to);
  assert.ok(zoomTime(closer, 1e-9, 0.5, journal).to > zoomTime(closer, 1e-9, 0.5, journal).from);
  assert.equal(revealTime(closer, 300_000, journal), closer);
  assert.deepEqual(revealTime(closer, 600_000, journal), { from: 550_000, to: 650_000 });
});

test('readRuler takes the size from Content-Length, and marks what was never read', () => {
  const head = 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n';
  const model = filled([
    ...opening(),
    { type: 'wire', serial: 1, direction: 'in', text: 'HTTP/1.1 302 Found\r\nContent-Length: 7\r\n', t: 4 },
    { type: 'wire', serial: 1, direction: 'in', text: head, t: 5 },
    { type: 'bytes', serial: 1, direction: 'in', count: 30, t: 6 },
    { type: 'bytes', serial: 1, direction: 'in', count: 40, t: 7 },
  ]);
  const lane = laneOf(model, 1);
  assert.deepEqual(readRuler(lane, undefined, 100, false), { offsets: [30, 70], read: 70, size: 100, gap: 0 });
  assert.deepEqual(readRuler(lane, undefined, 100, true), { offsets: [30, 70], read: 70, size: 100, gap: 30 });
  assert.deepEqual(readRuler(lane, undefined, 6, false)?.offsets, [30], 'at an earlier moment');
  assert.equal(readRuler(lane, undefined, 5, false), undefined);
});

test('readRuler does not take the length of an encoded body for the size of what is read', () => {
  const head = 'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 100\r\n';
  const model = filled([
    ...opening(),
    { type: 'wire', serial: 1, direction: 'in', text: head, t: 5 },
    { type: 'bytes', serial: 1, direction: 'in', count: 30, t: 6 },
  ]);
  assert.equal(readRuler(laneOf(model, 1), undefined, 100, false)?.size, null);
});

test('readRuler takes the size of an FTP file from the reply that opened the transfer', () => {
  const { journal, session } = ftpListing();
  const [reply, file] = ['150 Opening BINARY mode data connection for a.txt (2048 bytes)', 9];
  const entries = journal.take().map(({ seq: _seq, ...body }) => body);
  const t = 1_000_000;
  const model = filled([
    ...entries,
    { type: 'wire', serial: session, direction: 'in', text: reply, t },
    {
      ...{ type: 'handle-open', serial: file, value: 0xcc0020, kind: 'ftp-file', state: 'reading', t },
      ...{ parent: session, fn: 'FtpOpenFile', call: 99, target: 'a.txt' },
    },
    { type: 'bytes', serial: file, direction: 'in', count: 1024, t },
  ]);
  const ruler = readRuler(laneOf(model, file), laneOf(model, session), 10_000, true);
  assert.deepEqual([ruler?.size, ruler?.gap], [2048, 1024]);
});

function opening(): (EntryBody & { t: number })[] {
  return numbered([
    { type: 'call-begin', call: 1, fn: 'InternetOpen', handle: null, args: [] },
    {
      ...{ type: 'handle-open', serial: 1, value: 0xcc0004, kind: 'root', state: 'open', parent: null },
      ...{ fn: 'InternetOpen', call: 1, target: 'a' },
    },
    { type: 'call-end', call: 1, result: { handle: 1 } },
  ]).map(({ seq, ...body }) => ({ ...body, t: seq }));
}
