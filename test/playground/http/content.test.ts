import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { withPlayground } from '../withPlayground.ts';
import { type Answer, exchange } from './exchange.ts';

const playground = withPlayground();
const at = (path: string): URL => new URL(path, playground().http);
const read = (path: string): Promise<Answer> => exchange(at(path));

test('contentTypeRoutes declare the charset that their bytes have', async () => {
  for (const name of ['utf-8', 'windows-1252', 'latin-1', 'utf-16']) {
    const { body, headers } = await read(`/content/${name}.txt`);
    const charset = /charset=(.*)$/.exec(headers['content-type'] ?? '')?.[1];
    assert.ok(charset);
    assert.match(new TextDecoder(charset, { fatal: true }).decode(body), /^Grüße/, name);
  }
  assert.match((await read('/content/windows-1252.txt')).body.toString('latin1'), /\u0080 \u0096/);
});

test('contentTypeRoutes serve JSON, XML, HTML and all byte values', async () => {
  assert.equal(JSON.parse((await read('/content/data.json')).body.toString()).number, 1.5);
  assert.match((await read('/content/data.xml')).body.toString(), /^<\?xml version="1.0" encoding="utf-8"\?>/);
  assert.match((await read('/content/page.html')).body.toString(), /^<!doctype html>/);
  const octets = (await read('/content/octets.bin')).body;
  assert.deepEqual([...octets], [...Array(256).keys()]);
});

test('pngImage makes a picture with the pixels it promises', async () => {
  const png = (await read('/content/picture.png')).body;
  assert.equal(png.subarray(0, 8).toString('latin1'), '\u0089PNG\r\n\u001a\n');
  assert.equal(png.readUInt32BE(16), 64);
  assert.equal(png.readUInt32BE(20), 64);
  const data = png.indexOf('IDAT');
  const pixels = inflateSync(png.subarray(data + 4, data + 4 + png.readUInt32BE(data - 4)));
  assert.equal(pixels.length, 64 * (1 + 64 * 3));
});

test('downloadRoutes announce their odd file names and continue with Range', async () => {
  const disposition = async (name: string) => (await read(`/download/${name}`)).headers['content-disposition'];
  assert.equal(await disposition('spaces'), 'attachment; filename="annual report; final (2).txt"');
  assert.equal(await disposition('quotes'), 'attachment; filename="the \\"best\\" report.txt"');
  assert.match((await disposition('unicode')) ?? '', /filename\*=UTF-8''na%C3%AFve/);
  assert.equal(Buffer.from((await disposition('raw')) ?? '', 'latin1').toString(), 'attachment; filename="café.txt"');
  assert.match((await disposition('path')) ?? '', /\.\.\/\.\./);
  const rest = await exchange(at('/download/plain'), { headers: { Range: 'bytes=7-' } });
  assert.equal(rest.status, 206);
  assert.deepEqual(rest.body, (await read('/download/plain')).body.subarray(7));
});

test('headerRoutes send many, long, repeated and odd headers', async () => {
  const many = await read('/headers/many');
  assert.equal(many.headers['x-number-200'], '40000');
  assert.equal((await read('/headers/long')).headers['x-long']?.length, 20_480);
  const repeated = (await read('/headers/duplicates')).rawHeaders.filter((name) => name === 'X-Repeated');
  assert.equal(repeated.length, 3);
  assert.match((await read('/headers/timing')).headers['server-timing']?.toString() ?? '', /^db;dur=53.2/);
  const odd = await read('/headers/odd');
  assert.equal(odd.headers['x-empty'], '');
  assert.ok(odd.rawHeaders.includes('x-STRANGE-cApItAlS'));
  assert.equal(odd.headers['x-latin'], 'café');
  assert.equal(odd.headers['x-spaces'], 'around');
  assert.equal(odd.body.length, 31);
  const folded = await exchange(at('/headers/folded'), { insecureHTTPParser: true });
  assert.match(folded.headers['x-folded']?.toString() ?? '', /^first half\s+second half$/);
});

test('headerRoutes and cachingRoutes are dated by the clock they were given', async () => {
  const dates = await read('/headers/dates');
  const made = Date.parse(dates.headers.date ?? '');
  assert.equal(Date.parse(dates.headers.expires ?? '') - made, 60_000);
  assert.equal((await read('/cache/never')).headers['cache-control'], 'no-store');
  assert.equal((await read('/cache/vary')).headers.vary, 'Accept-Language');
  assert.match((await read('/cache/minute')).body.toString(), /^Made at \d{4}-/);
});
