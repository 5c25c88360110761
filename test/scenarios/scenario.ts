import assert from 'node:assert/strict';
import { createDrivers } from '../../extension/drivers/index.ts';
import type { Playground } from '../../extension/playground/playground.ts';
import { constantName } from '../../extension/shared/constantNames.ts';
import * as constants from '../../extension/shared/constants.ts';
import { functionNames } from '../../extension/shared/hierarchy.ts';
import { LiveJournal } from '../../extension/shared/liveJournal.ts';
import { treeText } from '../../extension/shared/treeText.ts';
import { createWinInet, HINTERNET, type WinInet, WinInetError } from '../../extension/wininet/index.ts';

/** A conversation in Markdown: blocks of calls, each with what they lead to. */
export interface Scenario {
  readonly title: string;
  readonly rounds: readonly Round[];
}

/** Calls and what is expected of them. */
export interface Round {
  readonly line: number;
  readonly calls: readonly string[];
  /** Statuses and results in the order in which they came. */
  readonly transcript: string;
  /** The open handles afterwards. */
  readonly tree: string;
}

interface Told {
  readonly status: string;
  readonly handle: HINTERNET;
  readonly information: unknown;
}

/** Reads a scenario: a title, then ```calls blocks, each followed by a ```transcript and a ```tree block. Throws if one is missing. */
export function parseScenario(text: string): Scenario {
  const title = /^# (.+)$/m.exec(text)?.[1];
  assert.ok(title !== undefined, 'A scenario begins with a title.');
  const blocks = [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map((found) => ({
    kind: found[1],
    body: found[2] ?? '',
    line: text.slice(0, found.index).split('\n').length,
  }));
  assert.equal(blocks.length % 3, 0, 'Each block of calls has its transcript and its tree.');
  const rounds: Round[] = [];
  for (let at = 0; at < blocks.length; at += 3) {
    const [calls, transcript, tree] = blocks.slice(at, at + 3);
    assert.deepEqual(
      [calls?.kind, transcript?.kind, tree?.kind],
      ['calls', 'transcript', 'tree'],
      `line ${calls?.line}`,
    );
    const lines = calls?.body.trim().split('\n') ?? [];
    rounds.push({ line: calls?.line ?? 0, calls: lines, transcript: transcript?.body ?? '', tree: tree?.body ?? '' });
  }
  assert.notEqual(rounds.length, 0, 'A scenario has calls.');
  return { title, rounds };
}

/**
 * Carries out the calls of a scenario on an engine of its own. A line is `name = Function(arguments)`; `start` before it does
 * not wait for the call, `await name` waits for one that was started.
 */
export class Stage {
  readonly #journal: LiveJournal;
  readonly #wininet: WinInet;
  readonly #variables = new Map<string, unknown>();
  readonly #started = new Map<string, Promise<string>>();
  readonly #replacements: readonly (readonly [RegExp, string])[];
  #told: Told[] = [];

  constructor(playground: Playground) {
    let now = 0;
    this.#journal = new LiveJournal(() => ++now, 100_000);
    this.#wininet = createWinInet({ drivers: createDrivers(), recorder: this.#journal });
    const { http, ftp } = playground;
    for (const [name, value] of Object.entries({
      ...constants,
      HOST: http.hostname,
      HTTP_PORT: Number(http.port),
      FTP_PORT: Number(ftp.port),
      HTTP: http.origin,
      FTP: `ftp://${ftp.host}`,
      callback: (handle: HINTERNET, _context: number, status: number, information: unknown) => {
        const name = (constantName('INTERNET_STATUS_', status) ?? String(status)).replace('INTERNET_STATUS_', '');
        this.#told.push({ status: name, handle, information });
      },
    })) {
      this.#variables.set(name, value);
    }
    this.#replacements = [
      [new RegExp(`:${http.port}\\b`, 'g'), ':HTTP_PORT'],
      [new RegExp(`:${ftp.port}\\b`, 'g'), ':FTP_PORT'],
    ];
  }

  /** Carries out the calls of one round. */
  async play(round: Round): Promise<{ readonly transcript: string; readonly tree: string }> {
    const lines: string[] = [];
    for (const call of round.calls) {
      this.#told = [];
      const result = await this.#perform(call);
      lines.push(`> ${call}`, ...this.#told.map((one) => this.#statusLine(one)), `  = ${result}`);
    }
    return {
      transcript: this.#stable(lines.map((line) => `${line}\n`).join('')),
      tree: this.#stable(treeText(this.#journal.tree)),
    };
  }

  /** Closes everything. */
  close(): Promise<void> {
    return this.#wininet.dispose();
  }

  async #perform(line: string): Promise<string> {
    const waited = /^await (\w+)$/.exec(line)?.[1];
    if (waited !== undefined) return (await this.#started.get(waited)) ?? assert.fail(`${waited} was not started`);
    const [, start, name, fn = '', args = ''] = /^(start )?(?:(\w+) = )?(\w+)\((.*)\)$/.exec(line) ?? [];
    const known = functionNames.find((one) => one === fn);
    assert.ok(known !== undefined || fn === 'GetLastError', `"${line}" is no call`);
    const call: unknown = this.#wininet[known ?? 'GetLastError'];
    assert.ok(typeof call === 'function');
    const result = this.#outcome(Reflect.apply(call, this.#wininet, this.#arguments(args)), name);
    if (start === undefined) return result;
    this.#started.set(name ?? fn, result);
    return 'started';
  }

  async #outcome(call: unknown, name: string | undefined): Promise<string> {
    try {
      const result: unknown = await call;
      if (name !== undefined) this.#variables.set(name, result);
      if (result instanceof HINTERNET) return `${result.toString()}`;
      if (typeof result === 'object' && result !== null && 'cFileName' in result)
        return JSON.stringify(result.cFileName);
      return typeof result === 'function' ? 'a callback' : JSON.stringify(result);
    } catch (error) {
      assert.ok(error instanceof WinInetError, String(error));
      return error.symbol;
    }
  }

  #arguments(text: string): unknown[] {
    const parts = text.match(/"(?:[^"\\]|\\.)*"|[\w.]+\([^)]*\)|[^,\s|]+(?:\s*\|\s*\w+)*/g) ?? [];
    return parts.map((part) => this.#argument(part));
  }

  #argument(text: string): unknown {
    const made = /^(buffer|bytes)\((\d+)\)$/.exec(text);
    if (made !== null) return new Uint8Array(Number(made[2])).fill(120);
    if (/^("|-?\d|null$|true$|false$)/.test(text)) {
      const value: unknown = JSON.parse(text);
      return typeof value === 'string' ? this.#expand(value) : value;
    }
    const parts = text.split('|').map((name) => this.#variable(name.trim()));
    return parts.length === 1 ? parts[0] : parts.reduce<number>((flags, part) => flags | Number(part), 0) >>> 0;
  }

  #expand(text: string): string {
    return text.replace(/\$\{(\w+)\}/g, (_, name: string) => String(this.#variable(name)));
  }

  #variable(name: string): unknown {
    assert.ok(this.#variables.has(name), `nobody knows ${name}`);
    return this.#variables.get(name);
  }

  #statusLine({ status, handle, information }: Told): string {
    const shown = information instanceof HINTERNET ? this.#nameOf(information) : information;
    // How many bytes a head has depends on dates and ports.
    const text = shown === null ? '' : ` ${typeof shown === 'number' ? 'n' : String(shown)}`;
    return `  ${status} on ${this.#nameOf(handle)}${text}`;
  }

  #nameOf(handle: HINTERNET): string {
    for (const [name, value] of this.#variables) {
      if (value instanceof HINTERNET && value.serial === handle.serial) return name;
    }
    return 'a new handle';
  }

  #stable(text: string): string {
    return this.#replacements.reduce((changed, [pattern, name]) => changed.replace(pattern, name), text);
  }
}
