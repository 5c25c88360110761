import type { Recorder } from '../shared/journal.ts';
import { ENGINE_NAME_LIMIT } from '../shared/watchProtocol.ts';
import { createWinInet, type WinInet } from '../wininet/index.ts';
import { callSite } from './callSite.ts';
import { recordMarks } from './journalChannel.ts';
import { isWatched, startWatching, type WatchedEngine } from './watching.ts';

/** What an engine of a program's own is made of. */
export type OwnEngineParts = Parameters<typeof createWinInet>[0] & {
  /** Tells it from other engines in a window that watches the program, and in traces. */
  readonly name?: string;
};

/** Engines made so far; the first is the one that every program has. */
let count = 1;

/**
 * Makes an engine of its own: handles, last error and connections are not shared with any other. Who watches the program, a window
 * or a trace file, watches it too, as a source of its own: its handles have numbers and values of their own. It introduces
 * itself with its first call, and takes leave when it is disposed of.
 */
export function createOwnWinInet({ name = '', ...parts }: OwnEngineParts): WinInet {
  count += 1;
  if (!isWatched(process.env)) return createWinInet({ callSite, ...parts });
  const watch = new OwnEngineWatch(count, name.slice(0, ENGINE_NAME_LIMIT), parts.recorder ?? null);
  const stopMarks = recordMarks(watch);
  const wininet = createWinInet({ callSite, ...parts, recorder: watch });
  return {
    ...wininet,
    async dispose() {
      await wininet.dispose();
      stopMarks();
      watch.end();
    },
  };
}

/** Records for those who watch the program, and for whoever the program has chosen itself. */
class OwnEngineWatch implements Recorder {
  readonly #number: number;
  readonly #name: string;
  readonly #chosen: Recorder | null;
  /** Undefined before the first entry, null where nobody watches any more. */
  #watched: WatchedEngine | null | undefined;

  constructor(number: number, name: string, chosen: Recorder | null) {
    this.#number = number;
    this.#name = name;
    this.#chosen = chosen;
  }

  get idle(): boolean {
    return this.#watched === null && (this.#chosen?.idle ?? true);
  }

  record(body: Parameters<Recorder['record']>[0]): void {
    if (this.#watched === undefined) {
      this.#watched = startWatching(process.env, { number: this.#number, name: this.#name });
    }
    this.#watched?.recorder.record(body);
    if (this.#chosen !== null && this.#chosen.idle !== true) this.#chosen.record(body);
  }

  end(): void {
    this.#watched?.end();
    this.#watched = null;
  }
}
