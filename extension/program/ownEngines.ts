import { makesSpans } from '../openTelemetry/madeSpans.ts';
import { programSpans } from '../openTelemetry/programSpans.ts';
import type { Recorder } from '../shared/journal.ts';
import { ENGINE_NAME_LIMIT } from '../shared/watchProtocol.ts';
import { createWinInet, type WinInet } from '../wininet/index.ts';
import { Audience } from './audience.ts';
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
 * itself with its first call, and takes leave when it is disposed of. An OpenTelemetry SDK that the program has registered gets
 * its handles and calls as those of the first engine, unless the chosen recorder makes spans itself, or passes on to one that does.
 */
export function createOwnWinInet({ name = '', ...parts }: OwnEngineParts): WinInet {
  count += 1;
  const watch = isWatched(process.env) ? new OwnEngineWatch(count, name.slice(0, ENGINE_NAME_LIMIT)) : null;
  const watchers = watch === null ? [] : [watch];
  const recorder = parts.recorder ? beside(parts.recorder, watchers) : new Audience([...watchers, programSpans()]);
  const wininet = createWinInet({ callSite, ...parts, recorder });
  if (watch === null) return wininet;
  const stopMarks = recordMarks(recorder);
  return {
    ...wininet,
    async dispose() {
      await wininet.dispose();
      stopMarks();
      watch.end();
    },
  };
}

/** Tells the recorder that was chosen, and the others; makes spans as long as the chosen one has not made some itself. */
function beside(chosen: Recorder, watchers: readonly Recorder[]): Recorder {
  const spans = programSpans();
  let made = false;
  const unlessMade: Recorder = {
    get idle() {
      return made || spans.idle === true;
    },
    record: (body) => spans.record(body),
  };
  const others = new Audience([...watchers, unlessMade]);
  return {
    get idle() {
      return others.idle && chosen.idle === true;
    },
    refresh() {
      chosen.refresh?.();
      others.refresh();
    },
    attach(engine) {
      chosen.attach?.(engine);
      others.attach(engine);
    },
    record(body) {
      if (chosen.idle !== true) made = makesSpans(() => chosen.record(body)) || made;
      others.record(body);
    },
  };
}

/** Records for those who watch the program from outside. */
class OwnEngineWatch implements Recorder {
  readonly #number: number;
  readonly #name: string;
  /** Undefined before the first entry, null where nobody watches any more. */
  #watched: WatchedEngine | null | undefined;

  constructor(number: number, name: string) {
    this.#number = number;
    this.#name = name;
  }

  get idle(): boolean {
    return this.#watched === null;
  }

  record(body: Parameters<Recorder['record']>[0]): void {
    if (this.#watched === undefined) {
      this.#watched = startWatching(process.env, { number: this.#number, name: this.#name });
    }
    this.#watched?.recorder.record(body);
  }

  end(): void {
    this.#watched?.end();
    this.#watched = null;
  }
}
