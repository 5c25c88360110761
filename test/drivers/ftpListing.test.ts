import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FtpListing, loadListingParsers, parseListingDate } from '../../extension/drivers/ftpListing.ts';
import type { FtpEntry } from '../../extension/wininet/ports/ftp.ts';

const now = new Date('2026-11-22T12:00:00Z');

async function parse(bytes: Buffer, pieces = bytes.length): Promise<readonly FtpEntry[]> {
  const listing = new FtpListing(await loadListingParsers(), now);
  for (let start = 0; start < bytes.length; start += pieces) listing.push(bytes.subarray(start, start + pieces));
  listing.end();
  return listing.entries;
}

const unix = [
  'total 12',
  'drwxr-xr-x   2 owner    group           512 Jan 02  2020 .',
  'drwxr-xr-x   2 owner    group           512 Jan 02  2020 ..',
  '-rw-r--r--   1 owner    group            30 Jan 02  2020 welcome.msg',
  '-rw-r--r--   1 owner    group             6 Nov 20 10:30 name  with space.txt',
  '-rw-r--r--   1 owner    group    5000000000 Dec 24 18:00 größe 漢字.bin',
  'drwxr-xr-x   2 owner    group           512 Mar 15  2019 pub',
  'lrwxrwxrwx   1 owner    group             3 Jan 02  2020 link -> pub',
  '',
].join('\r\n');

const expected = [
  { name: 'welcome.msg', isDirectory: false, size: 30, modified: new Date('2020-01-02T12:00:00Z') },
  { name: 'name  with space.txt', isDirectory: false, size: 6, modified: new Date('2026-11-20T10:30:00Z') },
  { name: 'größe 漢字.bin', isDirectory: false, size: 5_000_000_000, modified: new Date('2025-12-24T18:00:00Z') },
  { name: 'pub', isDirectory: true, size: 0, modified: new Date('2019-03-15T12:00:00Z') },
  { name: 'link', isDirectory: false, size: 3, modified: new Date('2020-01-02T12:00:00Z') },
];

test('FtpListing reads Unix style, keeps spaces and drops dot entries', async () => {
  assert.deepEqual(await parse(Buffer.from(unix)), expected);
});

test('FtpListing reads the same wherever the bytes are cut', async () => {
  for (const pieces of [1, 2, 3, 5, 7, 64]) assert.deepEqual(await parse(Buffer.from(unix), pieces), expected);
});

test('FtpListing reads DOS style', async () => {
  const dos = '12-05-96  05:03PM       <DIR>          my Dir\r\n04-27-2000  09:09AM                   28 read me.txt';
  assert.deepEqual(await parse(Buffer.from(dos)), [
    { name: 'my Dir', isDirectory: true, size: 0, modified: new Date('1996-12-05T17:03:00Z') },
    { name: 'read me.txt', isDirectory: false, size: 28, modified: new Date('2000-04-27T09:09:00Z') },
  ]);
});

test('FtpListing reads the facts of MLSD, also where a server answers LIST with them', async () => {
  const mlsd = [
    'type=cdir;modify=20200102030405; .',
    'type=pdir;modify=20200102030405; ..',
    'Type=file;Size=5000000000;Modify=20200102030405.678;Perm=r; two  words = 1;2.txt',
    'type=dir;sizd=4096;modify=20161231235960; sub',
    'size=3;type=file;modify=yesterday; no date.txt',
    'type=OS.unix=slink:/etc;unix.mode=0777; link',
    '',
  ].join('\r\n');
  assert.deepEqual(await parse(Buffer.from(mlsd), 7), [
    {
      name: 'two  words = 1;2.txt',
      isDirectory: false,
      size: 5_000_000_000,
      modified: new Date('2020-01-02T03:04:05.678Z'),
    },
    { name: 'sub', isDirectory: true, size: 0, modified: new Date('2017-01-01T00:00:00Z') },
    { name: 'no date.txt', isDirectory: false, size: 3, modified: null },
    { name: 'link', isDirectory: false, size: 0, modified: null },
  ]);
});

test('FtpListing skips the lines that it cannot read', async () => {
  const mixed = `garbage\n ${'x'.repeat(100_000)}\n${unix}facts;without=values\n just a name\n\u0000\u0001`;
  assert.deepEqual(await parse(Buffer.from(mixed), 1000), expected);
});

test('FtpListing finds no entries in garbage', async () => {
  assert.deepEqual(await parse(Buffer.from('<html>\n<body>\nNot a listing\n')), []);
  assert.deepEqual(await parse(Buffer.alloc(300_000, 0x61), 4096), []);
  assert.deepEqual(await parse(Buffer.alloc(0)), []);
});

test('parseListingDate knows the forms in use', () => {
  const forms: Readonly<Record<string, string>> = {
    'Feb 29 2016': '2016-02-29T12:00:00.000Z',
    '15 Mar 2019': '2019-03-15T12:00:00.000Z',
    'Nov 22 11:59': '2026-11-22T11:59:00.000Z',
    'Nov 23 08:00': '2026-11-23T08:00:00.000Z',
    'Nov 30 08:00': '2025-11-30T08:00:00.000Z',
    '2020-01-02 03:04': '2020-01-02T03:04:00.000Z',
    '12-05-96 12:03AM': '1996-12-05T00:03:00.000Z',
    '12-05-06 17:03': '2006-12-05T17:03:00.000Z',
  };
  for (const [text, date] of Object.entries(forms))
    assert.equal(parseListingDate(text, now)?.toISOString(), date, text);
});

test('parseListingDate answers null for what is no date', () => {
  for (const text of [
    '',
    'Foo 12 2020',
    'Feb 31 2020',
    'Jan 02 25:00',
    '13-45-96 05:03PM',
    '1月 2日 12:00',
    '2020-13-01 00:00',
  ]) {
    assert.equal(parseListingDate(text, now), null, text);
  }
});
