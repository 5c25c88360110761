import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import type { GOPHER_FIND_DATA } from '../../extension/wininet/index.ts';
import { withPeer } from '../peers/peer.ts';
import { startPygopherd } from '../peers/pygopherd.ts';
import { connectGopher, entriesOf, failsWith, leavesNothingBehind, readAll, startEngine } from './engineFixture.ts';

leavesNothingBehind();

test('GopherGetAttribute reads the attributes that PyGopherd has of an item, all of them, a category or one', (t) =>
  withPeer(t, startPygopherd, async ({ urls, port }) => {
    const engine = await startEngine(t);
    const { wininet } = engine;
    const session = await connectGopher(engine, new URL(urls.gopher));
    const type = c.GOPHER_TYPE_BINARY | c.GOPHER_TYPE_GOPHER_PLUS;
    const locator = await wininet.GopherCreateLocator('127.0.0.1', port, 'Every byte', '/bytes.bin', type);
    const all = await wininet.GopherGetAttribute(session, locator, null);
    assert.deepEqual(
      all.map(({ CategoryId, AttributeId }) => [CategoryId, AttributeId]),
      [
        [c.GOPHER_CATEGORY_ID_INFO, c.GOPHER_ATTRIBUTE_ID_UNKNOWN],
        [c.GOPHER_CATEGORY_ID_ADMIN, c.GOPHER_ATTRIBUTE_ID_ADMIN],
        [c.GOPHER_CATEGORY_ID_ADMIN, c.GOPHER_ATTRIBUTE_ID_MOD_DATE],
        [c.GOPHER_CATEGORY_ID_VIEWS, c.GOPHER_ATTRIBUTE_ID_VIEW],
      ],
    );
    const [, admin, date, view] = all;
    assert.deepEqual(admin?.AttributeType, { Comment: "The peer's keeper", EmailAddress: 'keeper@127.0.0.1' });
    assert.ok(date !== undefined && 'DateAndTime' in date.AttributeType && date.AttributeType.DateAndTime !== null);
    assert.deepEqual(view?.AttributeType, { ContentType: 'application/octet-stream', Language: '', Size: 4096 });
    assert.deepEqual(await wininet.GopherGetAttribute(session, locator, 'Admin'), [admin]);
    assert.deepEqual(await wininet.GopherGetAttribute(session, locator, 'Mod-Date'), [date]);
    assert.deepEqual(await wininet.GopherGetAttribute(session, locator, '+ADMIN'), [admin, date]);
    assert.deepEqual(await wininet.GopherGetAttribute(session, locator, '+VIEWS'), [view]);
    await failsWith(wininet.GopherGetAttribute(session, locator, 'Abstract'), 'ERROR_GOPHER_ATTRIBUTE_NOT_FOUND');
    const buffer = Buffer.alloc(c.MIN_GOPHER_ATTRIBUTE_LENGTH);
    const length = await wininet.GopherGetAttribute(session, locator, 'Admin', buffer);
    assert.match(buffer.toString('latin1', 0, length), /Admin: The peer's keeper <keeper@127\.0\.0\.1>/);
  }));

test('GopherFindFirstFile and GopherOpenFile ask PyGopherd in the way of Gopher+, with sizes, dates and views', (t) =>
  withPeer(t, startPygopherd, async ({ urls, port }) => {
    const engine = await startEngine(t);
    const { wininet, journal } = engine;
    const session = await connectGopher(engine, new URL(urls.gopher));
    const plus = c.GOPHER_TYPE_GOPHER_PLUS;
    const menu = await wininet.GopherCreateLocator('127.0.0.1', port, '', '', c.GOPHER_TYPE_DIRECTORY | plus);
    const find = await wininet.GopherFindFirstFile(session, menu);
    let bytes: GOPHER_FIND_DATA;
    do bytes = await wininet.InternetFindNextFile(find);
    while (bytes.DisplayString !== 'Every byte');
    assert.deepEqual([bytes.SizeHigh, bytes.SizeLow], [0, 4096]);
    assert.ok(bytes.LastModificationTime !== null);
    assert.equal(bytes.GopherType, (c.GOPHER_TYPE_BINARY | plus) >>> 0);
    const file = await wininet.GopherOpenFile(session, bytes.Locator, 'application/octet-stream');
    assert.ok((await readAll(engine, file)).length > 0);
    const asked = entriesOf(journal, 'wire').filter(({ direction }) => direction === 'out');
    assert.deepEqual(
      asked.map(({ text }) => text),
      ['\t$', '/bytes.bin\t+application/octet-stream'],
    );
  }));
