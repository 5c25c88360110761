import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { RawControl, readAll } from './rawControl.ts';
import { withFtpServer } from './withFtpServer.ts';

const server = withFtpServer();

test('FtpSession lets guests and the named user in, and asks strangers to log in', async () => {
  const control = await RawControl.open(server().url);
  assert.match(await control.ask('PWD'), /^530 /);
  assert.match(await control.ask('PASS x'), /^503 /);
  assert.match(await control.ask('USER ada'), /^331 /);
  assert.match(await control.ask('PASS wrong'), /^530 /);
  assert.match(await control.ask('USER ada'), /^331 /);
  assert.match(await control.ask('PASS lovelace'), /^230-.*\r\n .*\r\n230 /);
  assert.equal(await control.ask('PWD'), '257 "/" is the current directory');
  assert.match(await control.ask('REIN'), /^220 /);
  assert.match(await control.ask('PWD'), /^530 /);
  assert.match(await control.ask('QUIT'), /^221 /);
  await once(control.socket, 'close');
});

test('FtpSession hangs up after five wrong passwords', async () => {
  const control = await RawControl.open(server().url);
  for (let attempt = 1; attempt < 5; attempt += 1) {
    await control.ask('USER ada');
    assert.match(await control.ask(`PASS ${attempt}`), /^530 /);
  }
  await control.ask('USER ada');
  assert.match(await control.ask('PASS last'), /^421 /);
  await once(control.socket, 'close');
});

test('FtpSession greets with several lines and answers pipelined commands in order', async () => {
  const socket = connect({ host: '127.0.0.1', port: Number(server().url.port) });
  socket.write('USER ftp\r\nPASS\r\nNOOP\r\nSYST\r\nQUIT\r\n');
  const codes = (await readAll(socket))
    .toString()
    .split('\r\n')
    .filter((line) => /^\d{3} /.test(line));
  assert.deepEqual(
    codes.map((line) => Number(line.slice(0, 3))),
    [220, 331, 230, 200, 215, 221],
  );
});

test('FtpSession answers every command of its table and 500 to others', async () => {
  const control = await RawControl.login(server().url);
  for (const [line, code] of [
    ['NOOP', 200],
    ['syst', 215],
    ['FEAT', 211],
    ['HELP', 214],
    ['HELP RETR', 214],
    ['STAT', 211],
    ['STAT /pub', 213],
    ['ACCT x', 202],
    ['ALLO 5', 202],
    ['TYPE A', 200],
    ['SIZE /readme.txt', 550],
    ['TYPE E', 504],
    ['TYPE L 8', 200],
    ['MODE S', 200],
    ['MODE B', 504],
    ['STRU F', 200],
    ['STRU R', 504],
    ['OPTS UTF8 ON', 200],
    ['OPTS MLST type;size;', 200],
    ['OPTS X', 501],
    ['REST x', 501],
    ['REST 5', 350],
    ['SIZE /binary.bin', 213],
    ['MDTM /binary.bin', 213],
    ['MLST /binary.bin', 250],
    ['XPWD', 257],
    ['CWD /pub', 250],
    ['CDUP', 250],
    ['CWD /nowhere', 550],
    ['CWD /readme.txt', 550],
    ['RNTO x', 503],
    ['RETR', 501],
    ['RETR /readme.txt', 425],
    ['ABOR', 226],
    ['PORT 1,2,3', 501],
    ['PORT 8,8,8,8,100,0', 504],
    ['PORT 127,0,0,1,0,80', 504],
    ['EPRT |1|8.8.8.8|5000|', 504],
    ['EPRT |3|x|5000|', 522],
    ['EPRT nonsense', 501],
    ['EPSV 2', 522],
    ['SITE HELP', 500],
    ['RETR a\u0007b', 501],
    ['X'.repeat(9000), 500],
    ['EPSV ALL', 200],
    ['PASV', 501],
  ] as const) {
    assert.equal(Number((await control.ask(line)).slice(0, 3)), code, line.slice(0, 40));
  }
  control.socket.destroy();
});

test('FtpSession describes files in SIZE, MDTM and MLST, and doubles quotes in paths', async () => {
  const control = await RawControl.login(server().url);
  assert.equal(await control.ask('SIZE /large.bin'), '213 1073741824');
  assert.equal(await control.ask('MDTM /binary.bin'), '213 20010909014640');
  assert.match(
    await control.ask('MLST /binary.bin'),
    /^250-.*\r\n type=file;size=256;modify=20010909014640;perm=r;.* \/binary\.bin\r\n250 End$/,
  );
  assert.equal(await control.ask('MKD /incoming/say "hi"'), '257 "/incoming/say ""hi""" created');
  assert.match(
    await control.ask('CWD /pub'),
    /^250-This is the public part\.\r\n .*\r\n250 Directory changed to \/pub$/,
  );
  control.socket.destroy();
});

test('FtpSession understands commands that arrive byte by byte', async () => {
  const control = await RawControl.open(server().url);
  for (const byte of Buffer.from('USER ftp\r\nPASS x\r\nSIZE /names/日本語.txt\r\n')) {
    control.socket.write(Buffer.of(byte));
    await new Promise(setImmediate);
  }
  assert.match(await control.reply(), /^331 /);
  assert.match(await control.reply(), /^230/);
  assert.match(await control.reply(), /^550 SIZE is not known in TYPE A/);
  control.socket.destroy();
});

test('FtpSession hangs up on a flood of commands', async () => {
  const control = await RawControl.login(server().url);
  control.socket.write('NOOP\r\n'.repeat(500));
  assert.match((await readAll(control.socket)).toString(), /421 Too many commands at once/);
});
