import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { test } from 'node:test';
import { RawControl, readAll } from './rawControl.ts';
import { withFtpServer } from './withFtpServer.ts';

const server = withFtpServer();

async function fetchFile(control: RawControl, command: string): Promise<Buffer> {
  const data = await control.passive();
  const arrived = readAll(data);
  assert.match(await control.ask(command), /^150 /);
  assert.match(await control.reply(), /^226 /);
  return arrived;
}

async function sendFile(control: RawControl, command: string, bytes: Buffer | string): Promise<string> {
  const data = await control.passive();
  const answer = await control.ask(command);
  if (!answer.startsWith('150 ')) {
    data.destroy();
    return answer;
  }
  data.end(bytes);
  return control.reply();
}

test('dialForData calls the client that PORT or EPRT names, for both directions', async () => {
  const control = await RawControl.login(server().url);
  for (const verb of ['PORT', 'EPRT'] as const) {
    const down = await control.active(verb);
    assert.match(down.answer, /^200 /);
    control.socket.write('RETR /binary.bin\r\n');
    assert.deepEqual([...(await readAll(await down.data))], [...Array(256).keys()]);
    assert.match(await control.reply(), /^150 /);
    assert.match(await control.reply(), /^226 /);
    const up = await control.active(verb);
    control.socket.write(`STOR /incoming/${verb}.txt\r\n`);
    (await up.data).end(verb);
    assert.match(await control.reply(), /^150 /);
    assert.match(await control.reply(), /^226 /);
    assert.equal((await fetchFile(control, `RETR /incoming/${verb}.txt`)).toString(), verb);
  }
  control.socket.destroy();
});

test('dialForData answers 425 when nobody listens', async () => {
  const control = await RawControl.login(server().url);
  const closed = createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const address = closed.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  closed.close();
  await once(closed, 'close');
  control.socket.write(`EPRT |1|127.0.0.1|${port}|\r\nLIST\r\n`);
  assert.match(await control.reply(), /^200 /);
  assert.match(await control.reply(), /^150 /);
  assert.match(await control.reply(), /^425 /);
  control.socket.destroy();
});

test('listenForData names the address and port in PASV and serves one transfer', async () => {
  const control = await RawControl.login(server().url);
  const numbers = /\((\d+),(\d+),(\d+),(\d+),(\d+),(\d+)\)/
    .exec(await control.ask('PASV'))
    ?.slice(1)
    .map(Number);
  assert.deepEqual(numbers?.slice(0, 4), [127, 0, 0, 1]);
  const [high = 0, low = 0] = numbers?.slice(4) ?? [];
  const data = connect({ host: '127.0.0.1', port: high * 256 + low });
  await once(data, 'connect');
  const arrived = readAll(data);
  assert.match(await control.ask('NLST /empty'), /^150 /);
  assert.match(await control.reply(), /^226 /);
  assert.equal((await arrived).length, 0);
  assert.match(await control.ask('NLST /empty'), /^425 /);
  control.socket.destroy();
});

test('toNetworkText and fromNetworkText translate line ends in TYPE A only', async () => {
  const control = await RawControl.login(server().url);
  const bytes = (await fetchFile(control, 'RETR /pub/notes.txt')).toString();
  assert.equal(bytes, 'First note\nSecond note\n');
  await control.ask('TYPE A');
  const text = (await fetchFile(control, 'RETR /pub/notes.txt')).toString();
  assert.equal(text, 'First note\r\nSecond note\r\n');
  assert.match((await fetchFile(control, 'RETR /pub/windows.txt')).toString(), /^These lines\r\nend with CR LF\r\n$/);
  await control.ask('REST 12');
  assert.equal((await fetchFile(control, 'RETR /pub/notes.txt')).toString(), 'Second note\r\n');
  assert.match(await sendFile(control, 'STOR /incoming/text.txt', 'a\r\nb\rc\r\r\n\r'), /^226 /);
  await control.ask('TYPE I');
  assert.equal((await fetchFile(control, 'RETR /incoming/text.txt')).toString(), 'a\nb\rc\r\n\r');
  control.socket.destroy();
});

test('fromNetworkText joins a CR LF that the network has split', async () => {
  const control = await RawControl.login(server().url);
  await control.ask('TYPE A');
  const data = await control.passive();
  data.setNoDelay(true);
  assert.match(await control.ask('STOR /incoming/split.txt'), /^150 /);
  for (const byte of Buffer.from('a\r\nb\r\n')) {
    data.write(Buffer.of(byte));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  data.end();
  assert.match(await control.reply(), /^226 /);
  await control.ask('TYPE I');
  assert.equal((await fetchFile(control, 'RETR /incoming/split.txt')).toString(), 'a\nb\n');
  control.socket.destroy();
});

test('REST, APPE and STOU begin in the middle, at the end and under a free name', async () => {
  const control = await RawControl.login(server().url);
  await sendFile(control, 'STOR /incoming/parts.txt', '0123456789');
  await control.ask('REST 4');
  assert.equal((await fetchFile(control, 'RETR /incoming/parts.txt')).toString(), '456789');
  assert.equal((await fetchFile(control, 'RETR /incoming/parts.txt')).toString(), '0123456789');
  await control.ask('REST 4');
  assert.match(await sendFile(control, 'STOR /incoming/parts.txt', 'new'), /^226 /);
  assert.equal((await fetchFile(control, 'RETR /incoming/parts.txt')).toString(), '0123new');
  assert.match(await sendFile(control, 'APPE /incoming/parts.txt', '+'), /^226 /);
  assert.equal((await fetchFile(control, 'RETR /incoming/parts.txt')).toString(), '0123new+');
  await control.ask('REST 100');
  assert.match(await control.ask('RETR /incoming/parts.txt'), /^554 /);
  assert.match(
    await sendFile(control, 'STOU /incoming/parts.txt', 'x'),
    /^226 Transfer complete: \/incoming\/parts\.txt\.1$/,
  );
  assert.match(await sendFile(control, 'APPE /incoming/fresh.txt', 'x'), /^226 /);
  control.socket.destroy();
});

test('repeatedContent continues from the middle of its 1 GiB', async () => {
  const control = await RawControl.login(server().url);
  await control.ask(`REST ${1024 ** 3 - 64}`);
  assert.match((await fetchFile(control, 'RETR /large.bin')).toString(), /^Line 1023 .*\n$/);
  control.socket.destroy();
});

test('ABOR ends a transfer with 426 and is then answered itself', async () => {
  const control = await RawControl.login(server().url);
  const data = await control.passive();
  assert.match(await control.ask('RETR /faults/stalls.bin'), /^150 /);
  const [part] = await once(data, 'data');
  assert.ok(part.length > 0);
  control.socket.write(Buffer.from([0xff, 0xf4, 0xff, 0xf2]));
  assert.match(await control.ask('ABOR'), /^426 /);
  assert.match(await control.reply(), /^226 /);
  assert.match(await control.ask('NOOP'), /^200 /);
  control.socket.destroy();
});

test('breakingContent ends the data connection and explains itself with 451', async () => {
  const control = await RawControl.login(server().url);
  const data = await control.passive();
  const arrived = readAll(data);
  assert.match(await control.ask('RETR /faults/breaks.bin'), /^150 /);
  assert.match(await control.reply(), /^451 /);
  assert.ok((await arrived).length <= 500_000);
  control.socket.destroy();
});

test('Upload leaves nothing under the final name when its connection breaks', async () => {
  const control = await RawControl.login(server().url);
  const before = server().stored();
  const data = await control.passive();
  assert.match(await control.ask('STOR /incoming/broken.bin'), /^150 /);
  await new Promise((resolve) => data.write(Buffer.alloc(100_000), resolve));
  data.resetAndDestroy();
  assert.match(await control.reply(), /^426 /);
  assert.match(await control.ask('SIZE /incoming/broken.bin'), /^550 /);
  assert.equal(server().stored(), before);
  control.socket.destroy();
});

test('Upload leaves nothing behind when the control connection goes away', async () => {
  const before = server().stored();
  const control = await RawControl.login(server().url);
  const data = await control.passive();
  assert.match(await control.ask('STOR /incoming/orphan.bin'), /^150 /);
  data.write('half');
  control.socket.destroy();
  await readAll(data);
  const next = await RawControl.login(server().url);
  assert.match(await next.ask('SIZE /incoming/orphan.bin'), /^550 /);
  assert.equal(server().stored(), before);
  next.socket.destroy();
});

test('FileTree refuses what the folder does not allow', async () => {
  const control = await RawControl.login(server().url);
  assert.match(await sendFile(control, 'STOR /readonly/x', 'x'), /^553 /);
  assert.match(await sendFile(control, 'STOR /pub/x', 'x'), /^553 /);
  assert.match(await sendFile(control, 'STOR /incoming', 'x'), /^553 /);
  assert.match(await sendFile(control, `STOR /incoming/${'n'.repeat(256)}`, 'x'), /^553 /);
  for (const command of ['CWD /private', 'LIST /private', 'MLSD /private', 'RETR /secret.txt', 'MKD /pub/x']) {
    assert.match(await control.ask(command), /^550 /, command);
  }
  for (const command of ['DELE /readonly/fixed.txt', 'RMD /empty', 'RNFR /readme.txt', 'DELE /pub', 'RMD /nowhere']) {
    assert.match(await control.ask(command), /^550 /, command);
  }
  control.socket.destroy();
});

test('FileTree makes, renames and removes in the folder for uploads', async () => {
  const control = await RawControl.login(server().url);
  assert.match(await control.ask('MKD /incoming/new'), /^257 /);
  assert.match(await control.ask('MKD /incoming/new'), /^550 /);
  assert.match(await sendFile(control, 'STOR /incoming/new/a', 'a'), /^226 /);
  assert.match(await control.ask('RMD /incoming/new'), /^550 .*not empty/);
  assert.match(await control.ask('RNFR /incoming/new'), /^350 /);
  assert.match(await control.ask('RNTO /incoming/new/inside'), /^553 /);
  assert.match(await control.ask('RNFR /incoming/new/a'), /^350 /);
  assert.match(await control.ask('RNTO /incoming/b'), /^250 /);
  assert.equal((await fetchFile(control, 'RETR /incoming/b')).toString(), 'a');
  assert.match(await control.ask('DELE /incoming/b'), /^250 /);
  assert.match(await control.ask('RMD /incoming/new'), /^250 /);
  assert.match(await control.ask('CWD /incoming/new'), /^550 /);
  control.socket.destroy();
});

test('LIST and NLST match patterns, skip Unix options and find names that look like either', async () => {
  const control = await RawControl.login(server().url);
  assert.equal((await fetchFile(control, 'NLST /pub/source/*.c')).toString(), 'hello.c\r\nlist.c\r\n');
  assert.equal((await fetchFile(control, 'NLST /pub/source/l?st.*')).toString(), 'list.c\r\n');
  assert.equal((await fetchFile(control, 'NLST -al /pub/source')).toString(), 'hello.c\r\nlist.c\r\nmakefile\r\n');
  await control.ask('CWD /names');
  assert.equal((await fetchFile(control, 'NLST -rf')).toString(), '-rf\r\n');
  assert.match((await fetchFile(control, 'LIST [x].txt')).toString(), /^-rw-r--r-- .* \[x\]\.txt\r\n$/);
  assert.match((await fetchFile(control, 'LIST -la')).toString(), /^-rw-r--r-- .* Feb 02 {2}1991 日本語\.txt\r$/m);
  assert.equal((await fetchFile(control, 'LIST /empty')).length, 0);
  assert.equal((await fetchFile(control, 'NLST /many')).toString().split('\r\n').length, 3001);
  control.socket.destroy();
});
