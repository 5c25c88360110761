import type { Socket } from 'node:net';
import path from 'node:path';
import type * as v from 'valibot';
import { FtpFixtureData } from './ftpFixtureData.ts';
import type { FTP_FIXTURE, FtpFixtureTree } from './ftpFixtureTree.ts';

type Seen = { readonly line: string } | { readonly stored: string; readonly bytes: number; readonly text: string };

/** One control connection of the FTP fixture. */
export class FtpFixtureSession {
  readonly #control: Socket;
  readonly #fixture: v.InferOutput<typeof FTP_FIXTURE>;
  readonly #tree: FtpFixtureTree;
  readonly #saw: (seen: Seen) => void;
  #user: string | undefined;
  #loggedOn = false;
  #folder = '/';
  #renaming: string | undefined;
  #offset = 0;
  readonly #data = new FtpFixtureData();
  #partial = '';
  #turn: Promise<void> = Promise.resolve();

  constructor(
    control: Socket,
    fixture: v.InferOutput<typeof FTP_FIXTURE>,
    tree: FtpFixtureTree,
    saw: (seen: Seen) => void,
  ) {
    this.#control = control;
    this.#fixture = fixture;
    this.#tree = tree;
    this.#saw = saw;
    control.on('error', () => undefined);
    control.on('close', () => this.#data.drop());
    control.on('data', (bytes) => {
      const lines = (this.#partial + bytes.toString('latin1')).split('\r\n');
      this.#partial = lines.pop() ?? '';
      for (const line of lines) this.#turn = this.#turn.then(() => this.#obey(line));
    });
  }

  /** Says the greeting. */
  greet(): void {
    this.#write(this.#fixture.greeting);
  }

  /** Ends every connection of the session. */
  destroy(): void {
    this.#data.drop();
    this.#control.destroy();
  }

  get #quirks(): readonly string[] {
    return this.#fixture.users[this.#user ?? '']?.quirks ?? [];
  }

  async #obey(line: string): Promise<void> {
    this.#saw({ line });
    const [, verb = '', argument = ''] = /^(\S*) ?(.*)$/s.exec(line) ?? [];
    const command = verb.toUpperCase();
    const before = BEFORE_LOGON[command];
    if (before !== undefined) before(this, argument);
    else if (!this.#loggedOn) this.reply('530need');
    else await (COMMANDS[command] ?? (() => this.reply('500', verb)))(this, argument);
  }

  /** Sends a reply of the fixture by its name. */
  reply(name: string, ...values: readonly (string | number)[]): void {
    const text = this.#fixture.replies[name] ?? name;
    for (const one of Array.isArray(text) ? text : [text]) {
      this.#write(String(one).replace(/\{(\d)\}/g, (_whole, index: string) => String(values[Number(index)] ?? '')));
    }
  }

  user(name: string): void {
    this.#user = name;
    this.#loggedOn = false;
    this.reply('331');
  }

  pass(password: string): void {
    const user = Object.hasOwn(this.#fixture.users, this.#user ?? '')
      ? this.#fixture.users[this.#user ?? '']
      : undefined;
    if (user === undefined || (user.password !== null && user.password !== password)) {
      this.reply('530');
      return;
    }
    this.#loggedOn = true;
    this.#folder = user.home ?? '/';
    for (const line of this.#fixture.welcome) this.#write(line);
  }

  quit(): void {
    this.reply('221');
    this.#control.end();
  }

  pwd(): void {
    this.reply('257pwd', this.#folder.replaceAll('"', '""'));
  }

  cwd(argument: string): void {
    const target = this.#resolve(argument);
    if (this.#tree.get(target)?.type !== 'dir') {
      this.reply('550', argument);
      return;
    }
    this.#folder = target;
    this.reply('250cwd');
  }

  mkd(argument: string): void {
    const target = this.#resolve(argument);
    if (this.#tree.get(target) !== undefined || !this.#tree.isWritable(target)) {
      this.reply('550mkd', argument);
      return;
    }
    this.#tree.make(target);
    this.reply('257mkd', argument);
  }

  remove(type: 'dir' | 'file', argument: string): void {
    const target = this.#resolve(argument);
    if (this.#tree.get(target)?.type !== type) {
      this.reply('550', argument);
      return;
    }
    if (!this.#tree.isWritable(target) || (type === 'dir' && this.#tree.names(target).length > 0)) {
      this.reply('550mkd', argument);
      return;
    }
    this.#tree.remove(target);
    this.reply('250');
  }

  rnfr(argument: string): void {
    const target = this.#resolve(argument);
    if (this.#tree.get(target) === undefined) {
      this.reply('550', argument);
      return;
    }
    this.#renaming = target;
    this.reply('350');
  }

  rnto(argument: string): void {
    const from = this.#renaming;
    this.#renaming = undefined;
    if (from === undefined) {
      this.reply('503');
      return;
    }
    const target = this.#resolve(argument);
    if (this.#tree.get(target) !== undefined) {
      this.reply('550', argument);
      return;
    }
    if (!this.#tree.isWritable(target)) {
      this.reply('553', argument);
      return;
    }
    this.#tree.rename(from, target);
    this.reply('250');
  }

  size(argument: string): void {
    const node = this.#tree.get(this.#resolve(argument));
    if (this.#quirks.includes('nosize')) this.reply('500', 'SIZE');
    else if (node?.type !== 'file') this.reply('550', argument);
    else this.reply('213', node.size);
  }

  rest(argument: string): void {
    this.#offset = Number(argument) || 0;
    this.reply('350');
  }

  async pasv(): Promise<void> {
    if (this.#quirks.includes('nopasv')) {
      this.reply('502');
      return;
    }
    const port = await this.#data.listen();
    this.reply('227', Math.floor(port / 256), port % 256);
  }

  async epsv(): Promise<void> {
    if (this.#quirks.includes('noepsv') || !this.#fixture.epsv) {
      this.reply('500', 'EPSV');
      return;
    }
    this.reply('229', await this.#data.listen());
  }

  port(argument: string): void {
    const [, , , , high = 0, low = 0] = argument.split(',').map(Number);
    this.#data.connectTo(high * 256 + low);
    this.reply('200');
  }

  eprt(argument: string): void {
    this.#data.connectTo(Number(argument.split(argument[0] ?? '|')[3]));
    this.reply('200');
  }

  async list(argument: string, namesOnly: boolean): Promise<void> {
    const asked = argument
      .split(' ')
      .filter((part) => !part.startsWith('-'))
      .join(' ');
    const target = this.#resolve(asked);
    const listed = this.#tree.listed(target)?.map((name) => path.posix.basename(name));
    const lines = namesOnly ? listed : this.#quirks.includes('nolist') ? undefined : this.#tree.list(target);
    if (lines === undefined) {
      this.#data.drop();
      this.reply('550', asked);
      return;
    }
    await this.#send(Buffer.from(lines.map((line) => `${line}\r\n`).join(''), 'latin1'));
  }

  async retr(argument: string): Promise<void> {
    const node = this.#tree.get(this.#resolve(argument));
    const offset = this.#offset;
    this.#offset = 0;
    if (node?.type !== 'file' || node.noRead) {
      this.#data.drop();
      this.reply('550', argument);
      return;
    }
    await this.#send(node.content.subarray(offset));
  }

  async store(argument: string, append: boolean): Promise<void> {
    const target = this.#resolve(argument);
    if (!this.#tree.isWritable(target) || this.#tree.get(target)?.type === 'dir') {
      this.#data.drop();
      this.reply('553', argument);
      return;
    }
    this.reply('150');
    const data = await this.#connection();
    if (data === undefined) return;
    const parts: Buffer[] = append ? [this.#tree.get(target)?.content ?? Buffer.alloc(0)] : [];
    try {
      for await (const bytes of data as AsyncIterable<Buffer>) parts.push(bytes);
    } catch {
      // The client broke off: what came is not kept.
      this.#data.drop();
      this.reply('426');
      return;
    }
    const content = Buffer.concat(parts);
    this.#tree.store(target, content);
    this.#saw({ stored: target, bytes: content.length, text: content.toString('latin1') });
    this.#data.drop();
    this.reply('226');
  }

  async #send(content: Buffer): Promise<void> {
    this.reply('150');
    const data = await this.#connection();
    if (data === undefined) return;
    const dropped = this.#quirks.includes('dropdata');
    await this.#data.send(data, dropped ? content.subarray(0, Math.floor(content.length / 2)) : content);
    this.reply(dropped ? '426' : '226');
  }

  async #connection(): Promise<Socket | undefined> {
    const data = await this.#data.open();
    if (data === undefined) this.reply('425');
    return data;
  }

  #resolve(argument: string): string {
    return path.posix.resolve(this.#folder, argument === '' ? '.' : argument);
  }

  #write(line: string): void {
    if (!this.#control.destroyed) this.#control.write(`${line}\r\n`, 'latin1');
  }
}

type Handler = (session: FtpFixtureSession, argument: string) => unknown;

const BEFORE_LOGON: Readonly<Record<string, Handler>> = {
  USER: (session, name) => session.user(name),
  PASS: (session, password) => session.pass(password),
  QUIT: (session) => session.quit(),
  FEAT: (session) => session.reply('feat'),
  SYST: (session) => session.reply('215'),
  NOOP: (session) => session.reply('200'),
};

const COMMANDS: Readonly<Record<string, Handler>> = {
  TYPE: (session, type) => session.reply('200type', type),
  PWD: (session) => session.pwd(),
  CWD: (session, folder) => session.cwd(folder),
  CDUP: (session) => session.cwd('..'),
  MKD: (session, folder) => session.mkd(folder),
  RMD: (session, folder) => session.remove('dir', folder),
  DELE: (session, file) => session.remove('file', file),
  RNFR: (session, file) => session.rnfr(file),
  RNTO: (session, file) => session.rnto(file),
  SIZE: (session, file) => session.size(file),
  REST: (session, offset) => session.rest(offset),
  ABOR: (session) => session.reply('226'),
  PASV: (session) => session.pasv(),
  EPSV: (session) => session.epsv(),
  PORT: (session, address) => session.port(address),
  EPRT: (session, address) => session.eprt(address),
  LIST: (session, argument) => session.list(argument, false),
  NLST: (session, argument) => session.list(argument, true),
  RETR: (session, file) => session.retr(file),
  STOR: (session, file) => session.store(file, false),
  APPE: (session, file) => session.store(file, true),
};
