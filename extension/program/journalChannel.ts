import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { EntryBody, Mark, MarkComparison, Recorder } from '../shared/journal.ts';
import { JOURNAL_VERSION } from '../shared/journalSchema.ts';
import type { HINTERNET } from '../wininet/handle.ts';
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

/** The class of a copy's handles: by it copies of the library are told apart. */
export type LibraryCopy = typeof HINTERNET;

/** What is published: an entry, and whose it is. */
interface Published {
  readonly copy: LibraryCopy;
  readonly body: EntryBody;
}

/**
 * Publishes what an engine records; idle as long as nobody has subscribed.
 * @param others are told too, and first: those who watch the program from outside
 */
export function publishingRecorder(copy: LibraryCopy, others: readonly Recorder[]): Recorder {
  const journal = channel(NAME);
  const audience = new Audience([
    ...others,
    {
      get idle() {
        return !journal.hasSubscribers;
      },
      record: (body) => journal.publish({ copy, body } satisfies Published),
    },
  ]);
  subscribe(LISTENERS, () => audience.refresh());
  return audience;
}

/** Listens to the engines of this process until it ends. */
export function listenToProcess(listener: (body: EntryBody, copy: LibraryCopy) => void): void {
  subscribe(NAME, (message) => {
    // Only the library publishes here, and the name says in which version.
    const { body, copy } = message as Published;
    listener(body, copy);
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
