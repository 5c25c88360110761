import { connect, createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import type * as v from 'valibot';
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
  #passive: { readonly server: Server; readonly socket: Promise<Socket> } | undefined;
  #active: number | undefined;
  #data: Socket | undefined;
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
    control.on('close', () => this.#dropData());
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
    this.#dropData();
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
    if (before !== undefined) before.call(this, argument);
    else if (!this.#loggedOn) this.reply('530need');
    else await (COMMANDS[command] ?? (() => this.reply('500', verb))).call(this, argument);
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
    else this.reply('213', node.content.length);
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
    const port = await this.#listen();
    this.reply('227', Math.floor(port / 256), port % 256);
  }

  async epsv(): Promise<void> {
    if (this.#quirks.includes('noepsv') || !this.#fixture.epsv) {
      this.reply('500', 'EPSV');
      return;
    }
    this.reply('229', await this.#listen());
  }

  port(argument: string): void {
    const [, , , , high = 0, low = 0] = argument.split(',').map(Number);
    this.#dropData();
    this.#active = high * 256 + low;
    this.reply('200');
  }

  eprt(argument: string): void {
    this.#dropData();
    this.#active = Number(argument.split(argument[0] ?? '|')[3]);
    this.reply('200');
  }

  async list(argument: string, namesOnly: boolean): Promise<void> {
    const asked = argument
      .split(' ')
      .filter((part) => !part.startsWith('-'))
      .join(' ');
    const target = this.#resolve(asked);
    const lines = this.#quirks.includes('nolist') ? undefined : this.#tree.list(target);
    if (lines === undefined) {
      this.#dropData();
      this.reply('550', asked);
      return;
    }
    const shown = namesOnly ? this.#tree.names(target).map((name) => path.posix.basename(name)) : lines;
    await this.#send(Buffer.from(shown.map((line) => `${line}\r\n`).join(''), 'latin1'));
  }

  async retr(argument: string): Promise<void> {
    const node = this.#tree.get(this.#resolve(argument));
    const offset = this.#offset;
    this.#offset = 0;
    if (node?.type !== 'file' || node.noRead) {
      this.#dropData();
      this.reply('550', argument);
      return;
    }
    await this.#send(node.content.subarray(offset));
  }

  async store(argument: string, append: boolean): Promise<void> {
    const target = this.#resolve(argument);
    if (!this.#tree.isWritable(target) || this.#tree.get(target)?.type === 'dir') {
      this.#dropData();
      this.reply('553', argument);
      return;
    }
    this.reply('150');
    const data = await this.#connection();
    if (data === undefined) return;
    const parts: Buffer[] = append ? [this.#tree.get(target)?.content ?? Buffer.alloc(0)] : [];
    for await (const bytes of data as AsyncIterable<Buffer>) parts.push(bytes);
    const content = Buffer.concat(parts);
    this.#tree.store(target, content);
    this.#saw({ stored: target, bytes: content.length, text: content.toString('latin1') });
    this.#dropData();
    this.reply('226');
  }

  async #send(content: Buffer): Promise<void> {
    this.reply('150');
    const data = await this.#connection();
    if (data === undefined) return;
    const dropped = this.#quirks.includes('dropdata');
    await new Promise<void>((resolve) => {
      data.on('error', () => resolve());
      data.end(dropped ? content.subarray(0, Math.floor(content.length / 2)) : content, () => resolve());
    });
    this.#data = undefined;
    this.#dropData();
    this.reply(dropped ? '426' : '226');
  }

  /** The data connection of the command; 425 where there is none. */
  async #connection(): Promise<Socket | undefined> {
    try {
      if (this.#passive !== undefined) this.#data = await this.#passive.socket;
      else if (this.#active !== undefined) this.#data = await toPort(this.#active);
    } catch {
      // The client has gone away from its port: that is what 425 says.
      this.#data = undefined;
    }
    if (this.#data === undefined) this.reply('425');
    return this.#data;
  }

  /** Listens on a port whose two octets have three digits. */
  async #listen(): Promise<number> {
    this.#dropData();
    for (;;) {
      const port = (100 + Math.floor(Math.random() * 100)) * 256 + 100 + Math.floor(Math.random() * 156);
      const server = createServer();
      const socket = new Promise<Socket>((resolve) => {
        server.once('connection', (one) => {
          one.on('error', () => undefined);
          resolve(one);
        });
      });
      const listening = await new Promise<boolean>((resolve) => {
        server.once('error', () => resolve(false));
        server.listen(port, '127.0.0.1', () => resolve(true));
      });
      if (!listening) continue;
      this.#passive = { server, socket };
      return port;
    }
  }

  #dropData(): void {
    this.#passive?.server.close();
    this.#data?.destroy();
    this.#passive = undefined;
    this.#active = undefined;
    this.#data = undefined;
  }

  #resolve(argument: string): string {
    const resolved = path.posix.resolve(this.#folder, argument === '' ? '.' : argument);
    return resolved;
  }

  #write(line: string): void {
    if (!this.#control.destroyed) this.#control.write(`${line}\r\n`, 'latin1');
  }
}

function toPort(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.on('error', reject);
  });
}

type Handler = (this: FtpFixtureSession, argument: string) => unknown;

const BEFORE_LOGON: Readonly<Record<string, Handler>> = {
  USER(name) {
    this.user(name);
  },
  PASS(password) {
    this.pass(password);
  },
  QUIT() {
    this.quit();
  },
  FEAT() {
    this.reply('feat');
  },
  SYST() {
    this.reply('215');
  },
  NOOP() {
    this.reply('200');
  },
};

const COMMANDS: Readonly<Record<string, Handler>> = {
  TYPE(type) {
    this.reply('200type', type);
  },
  PWD() {
    this.pwd();
  },
  CWD(folder) {
    this.cwd(folder);
  },
  CDUP() {
    this.cwd('..');
  },
  MKD(folder) {
    this.mkd(folder);
  },
  RMD(folder) {
    this.remove('dir', folder);
  },
  DELE(file) {
    this.remove('file', file);
  },
  RNFR(file) {
    this.rnfr(file);
  },
  RNTO(file) {
    this.rnto(file);
  },
  SIZE(file) {
    this.size(file);
  },
  REST(offset) {
    this.rest(offset);
  },
  ABOR() {
    this.reply('226');
  },
  PASV() {
    return this.pasv();
  },
  EPSV() {
    return this.epsv();
  },
  PORT(address) {
    this.port(address);
  },
  EPRT(address) {
    this.eprt(address);
  },
  LIST(argument) {
    return this.list(argument, false);
  },
  NLST(argument) {
    return this.list(argument, true);
  },
  RETR(file) {
    return this.retr(file);
  },
  STOR(file) {
    return this.store(file, false);
  },
  APPE(file) {
    return this.store(file, true);
  },
};
