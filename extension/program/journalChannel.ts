import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { EntryBody, Mark, MarkComparison, RecordedEngine, Recorder } from '../shared/journal.ts';
import { JOURNAL_VERSION } from '../shared/journalSchema.ts';
import { Audience } from './audience.ts';

/**
 * The journal of this process's own engine, for whoever in the process wants to know of it, as tests do.
 *
 * A channel of Node's, and no function of the library: a process may hold the library twice, once for `import` and once for
 * `require`, and a test must not find every handle closed because it asked the other copy.
 */
const NAME = `hinternet-explorer.journal.${JOURNAL_VERSION}`;

/** That somebody has begun to listen: the channel itself tells nobody who has subscribed. */
const LISTENERS = `hinternet-explorer.listeners.${JOURNAL_VERSION}`;

/** What tests mark and compare is told the other way, to all who record. */
const MARKS = `hinternet-explorer.marks.${JOURNAL_VERSION}`;

/** What is published: an entry, and whose it is: every copy of the library has an engine. */
interface Published {
  readonly engine: RecordedEngine;
  readonly body: EntryBody;
}

/**
 * Publishes what the engine records to which this is given; idle as long as nobody has subscribed.
 * @param others are told too, and first: those who watch the program from outside
 */
export function publishingRecorder(others: readonly Recorder[]): Recorder {
  const journal = channel(NAME);
  let engine: RecordedEngine = { owns: () => false };
  const audience = new Audience([
    ...others,
    {
      get idle() {
        return !journal.hasSubscribers;
      },
      attach(recorded) {
        engine = recorded;
      },
      record: (body) => journal.publish({ engine, body } satisfies Published),
    },
  ]);
  subscribe(LISTENERS, () => audience.refresh());
  return audience;
}

/** Listens to the engines of this process until it ends. */
export function listenToProcess(listener: (body: EntryBody, engine: RecordedEngine) => void): void {
  subscribe(NAME, (message) => {
    // Only the library publishes here, and the name says in which version.
    const { body, engine } = message as Published;
    listener(body, engine);
  });
  channel(LISTENERS).publish(null);
}

/** Records what this process marks and compares, until the returned function is called. */
export function recordMarks(recorder: Recorder): () => void {
  const record = (message: unknown): void => {
    // Only the library publishes here, and the name says in which version.
    if (recorder.idle !== true) recorder.record(message as Mark | MarkComparison);
  };
  subscribe(MARKS, record);
  return () => unsubscribe(MARKS, record);
}

/** Tells all engines of this process that their open handles are marked, or compared with a mark. */
export function publishMark(body: Mark | MarkComparison): void {
  channel(MARKS).publish(body);
}
