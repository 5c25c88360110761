import assert from 'node:assert/strict';
import { createDrivers } from '../../extension/drivers/index.ts';
import { parseCallLine } from '../../extension/lessons/callLine.ts';
import { type CallOutcome, CallStage, resultText, type ToldStatus } from '../../extension/lessons/callStage.ts';
import type { Playground } from '../../extension/playground/playground.ts';
import type { Entry } from '../../extension/shared/journal.ts';
import { LiveJournal } from '../../extension/shared/liveJournal.ts';
import { treeText } from '../../extension/shared/treeText.ts';
import { createWinInet, HINTERNET, type WinInet } from '../../extension/wininet/index.ts';

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

/** Carries out the calls of a scenario, in the notation of lessons, on an engine of its own. */
export class Stage {
  readonly #journal: LiveJournal;
  readonly #wininet: WinInet;
  readonly #calls: CallStage;
  readonly #replacements: readonly (readonly [RegExp, string])[];

  /** @param face through what the calls go, as one that makes them asynchronous */
  constructor(playground: Playground, face: (wininet: WinInet) => WinInet = (wininet) => wininet) {
    let now = 0;
    this.#journal = new LiveJournal(() => ++now, 100_000);
    this.#wininet = createWinInet({ drivers: createDrivers(), recorder: this.#journal });
    const { http, ftp } = playground;
    this.#calls = new CallStage(face(this.#wininet), {
      HOST: http.hostname,
      HTTP_PORT: Number(http.port),
      FTP_PORT: Number(ftp.port),
      HTTP: http.origin,
      FTP: `ftp://${ftp.host}`,
    });
    this.#replacements = [
      [new RegExp(`:${http.port}\\b`, 'g'), ':HTTP_PORT'],
      [new RegExp(`:${ftp.port}\\b`, 'g'), ':FTP_PORT'],
    ];
  }

  /** Carries out the calls of one round. */
  async play(round: Round): Promise<{ readonly transcript: string; readonly tree: string }> {
    const lines: string[] = [];
    for (const call of round.calls) {
      const outcome = await this.#calls.perform(parseCallLine(call));
      lines.push(`> ${call}`, ...outcome.told.map((one) => this.#statusLine(one)), `  = ${outcomeText(outcome)}`);
    }
    return {
      transcript: this.#stable(lines.map((line) => `${line}\n`).join('')),
      tree: this.#stable(treeText(this.#journal.tree)),
    };
  }

  /** What has been recorded so far. */
  get entries(): readonly Entry[] {
    return this.#journal.entries;
  }

  /** Closes everything. */
  close(): Promise<void> {
    return this.#wininet.dispose();
  }

  #statusLine({ name, handle, information }: ToldStatus): string {
    const shown = information instanceof HINTERNET ? this.#nameOf(information) : information;
    // How many bytes a head has depends on dates and ports.
    const text = shown === null ? '' : ` ${typeof shown === 'number' ? 'n' : String(shown)}`;
    return `  ${name} on ${this.#nameOf(handle)}${text}`;
  }

  #nameOf(handle: HINTERNET): string {
    return this.#calls.nameOf(handle) ?? 'a new handle';
  }

  #stable(text: string): string {
    return this.#replacements.reduce((changed, [pattern, name]) => changed.replace(pattern, name), text);
  }
}

function outcomeText(outcome: CallOutcome): string {
  if (outcome.is === 'started') return 'started';
  return outcome.is === 'error' ? outcome.symbol : resultText(outcome.value);
}
