import { existsSync, readFileSync } from 'node:fs';
import type { Server } from 'node:net';
import path from 'node:path';
import * as v from 'valibot';
import type { Numbers } from './caseOutput.ts';
import { FtpFixture } from './ftpFixture.ts';
import { FTP_FIXTURE } from './ftpFixtureTree.ts';
import { HTTP_FIXTURE, HttpFixture } from './httpFixture.ts';

const OURS = import.meta.dirname;

/** The servers that the cases of a folder talk to, and its constants. */
export class Fixtures {
  readonly http: HttpFixture;
  readonly ftp: FtpFixture;
  /** The value of a flag expression as `A|B`, or of a number. Throws for a name that constants.json does not have. */
  readonly number: Numbers;
  readonly #listeners: readonly string[];
  readonly #ports = new Map<string, number>();
  readonly #servers: Server[] = [];

  /** @param folder what it lacks of servers/ and constants.json is taken from above its vectors, or from beside this file */
  constructor(folder: string) {
    const places = path.basename(folder) === 'vectors' ? [folder, path.dirname(folder)] : [folder];
    const read = (name: string): unknown => {
      const own = places.map((place) => path.join(place, name)).find((file) => existsSync(file));
      return JSON.parse(readFileSync(own ?? path.join(OURS, name), 'utf8'));
    };
    const substitute = (text: string) => this.substitute(text);
    const routes = v.parse(HTTP_FIXTURE, read('servers/http.json'));
    this.http = new HttpFixture(routes, substitute);
    this.ftp = new FtpFixture(v.parse(FTP_FIXTURE, read('servers/ftp.json')));
    this.#listeners = routes.listeners;
    const constants = v.parse(v.record(v.string(), v.union([v.number(), v.unknown()])), read('constants.json'));
    this.number = (value) => numberOf(constants, value);
  }

  /** Starts every server on a port of five digits. */
  async start(): Promise<void> {
    for (const name of this.#listeners) await this.#listen(name, this.http.server(name));
    await this.#listen('ftp', this.ftp.server());
    await this.#listen('closed', this.ftp.server());
    // Nobody listens there from now on.
    this.#servers.pop()?.close();
  }

  /** Puts the ports into a text: `{{http.port}}`. */
  substitute(text: string): string {
    return text.replace(/\{\{(\w+)\.port\}\}/g, (whole, name: string) => String(this.#ports.get(name) ?? whole));
  }

  /** Forgets what a case has left behind. */
  reset(): void {
    this.http.reset();
    this.ftp.reset();
  }

  /** Ends every server. */
  stop(): void {
    this.reset();
    for (const server of this.#servers) server.close();
  }

  async #listen(name: string, server: Server): Promise<void> {
    for (;;) {
      const port = 20_000 + Math.floor(Math.random() * 12_000);
      const listening = await new Promise<boolean>((resolve) => {
        server.once('error', () => resolve(false));
        server.listen(port, '127.0.0.1', () => resolve(true));
      });
      if (!listening) continue;
      this.#ports.set(name, port);
      this.#servers.push(server);
      return;
    }
  }
}

function numberOf(constants: Readonly<Record<string, unknown>>, value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value === '') return 0;
  let sum = 0n;
  for (const part of value.split('|').map((one) => one.trim())) {
    const known = Object.hasOwn(constants, part) ? constants[part] : Number(part);
    if (typeof known !== 'number' || Number.isNaN(known)) throw new Error(`constants.json does not have ${part}`);
    sum |= BigInt(known);
  }
  return Number(sum);
}
