import { assertNever } from './assertNever.ts';
import { constantName } from './constantNames.ts';
import { formatBytes, formatDuration, formatEndpoint, formatHandleValue, printable } from './format.ts';
import type { HandleTree } from './model.ts';
import { NOT_LOGGED } from './notLogged.ts';
import type { StepCall, StepStory } from './stepStory.ts';

/** Turns an English sentence with holes into the reader's language and fills the holes. */
export type Translate = (message: string, ...values: readonly (string | number)[]) => string;

/** What is not translated: the sentence itself, with its values in place. */
export function english(message: string, ...values: readonly (string | number)[]): string {
  return message.replace(/\{(\d+)\}/g, (hole, index) => String(values[Number(index)] ?? hole));
}

/** What changed in a step, in one sentence; `tree` is the tree after it, and gives the handles their values. */
export function stepSentence(story: StepStory, tree: HandleTree, t: Translate): string {
  const { call } = story;
  const name = (serial: number): string => handleName(tree, serial, t);
  if (call === null) return entrySentence(story, name, t);
  const subject = call.handle === null ? call.fn : t('{0} on {1}', call.fn, name(call.handle));
  const time = formatDuration(call.microseconds);
  switch (call.outcome) {
    case 'begun':
      return t('{0} began.', subject);
    case 'pending':
      return t('{0} answered ERROR_IO_PENDING after {1} and goes on by itself.', subject, time);
    case 'failed':
      return failure(story, call, subject, tree, t);
    case 'succeeded': {
      const facts = factsOf(story, call, name, t);
      const done = call.pended
        ? t('{0} completed {1} after it was called', subject, time)
        : call.microseconds === 0
          ? t('{0} succeeded at once', subject) // as far as the clock of a log can tell
          : t('{0} succeeded in {1}', subject, time);
      return facts.length === 0 ? `${done}.` : `${done}: ${facts.join(', ')}.`;
    }
    default:
      return assertNever(call.outcome);
  }
}

/** A handle in a sentence: its value, or its serial where the tree does not keep it. */
export function handleName(tree: HandleTree, serial: number, t: Translate): string {
  const node = tree.nodes.get(serial);
  return node === undefined ? t('handle no. {0}', serial) : formatHandleValue(node.value);
}

function failure(story: StepStory, call: StepCall, subject: string, tree: HandleTree, t: Translate): string {
  const error = call.error ?? '';
  const stale = story.notes.find(({ topic }) => topic === 'stale-use');
  if (stale?.hit !== undefined) {
    const owner = tree.nodes.get(stale.hit);
    return t(
      '{0} was refused with {1}: the handle was closed, and its value now belongs to the handle of {2}.',
      subject,
      error,
      owner?.fn ?? t('handle no. {0}', stale.hit),
    );
  }
  const [note] = story.notes;
  if (note !== undefined) return t('{0} was refused with {1}: {2}', subject, error, printable(note.text, 400));
  const facts = factsOf(story, call, (serial) => handleName(tree, serial, t), t);
  const failed =
    call.microseconds === 0
      ? t('{0} failed with {1} at once', subject, error)
      : t('{0} failed with {1} after {2}', subject, error, formatDuration(call.microseconds));
  return facts.length === 0 ? `${failed}.` : `${failed}: ${facts.join(', ')}.`;
}

function factsOf(story: StepStory, call: StepCall, name: (serial: number) => string, t: Translate): string[] {
  const facts: string[] = [];
  const { opened, closed, states, statuses, bytesIn, bytesOut } = story;
  if (opened.length > 0) facts.push(t('it opened {0}', opened.map(name).join(', ')));
  const cascaded = closed.filter(({ reason }) => reason === 'cascade').length;
  if (cascaded > 0) {
    facts.push(cascaded === 1 ? t('it took 1 handle below along') : t('it took {0} handles below along', cascaded));
  }
  for (const { serial, from, to } of states) {
    const move = from === null ? `→ ${to}` : `${from} → ${to}`;
    facts.push(serial === call.handle ? move : `${name(serial)} ${move}`);
  }
  if (typeof call.result === 'number' && bytesIn + bytesOut === 0) facts.push(t('it returned {0}', call.result));
  if (call.result === NOT_LOGGED) {
    facts.push(call.error === null ? t('the log does not tell whether it failed') : t('the log does not tell why'));
  }
  if (statuses > 0) facts.push(statuses === 1 ? t('1 callback') : t('{0} callbacks', statuses));
  if (bytesOut > 0) facts.push(t('{0} out', formatBytes(bytesOut)));
  if (bytesIn > 0) facts.push(t('{0} in', formatBytes(bytesIn)));
  return facts;
}

/** A moment within a call, or between calls. */
function entrySentence({ entry, states }: StepStory, name: (serial: number) => string, t: Translate): string {
  switch (entry.type) {
    case 'handle-open':
      return t('{0} opened {1}.', entry.fn, name(entry.serial));
    case 'handle-state': {
      const from = states[0]?.from ?? null;
      if (from === null) return t('{0} is {1} now.', name(entry.serial), entry.state);
      return t('{0} went from {1} to {2}.', name(entry.serial), from, entry.state);
    }
    case 'handle-close':
      return entry.reason === 'cascade'
        ? t('{0} closed because {1} above it closes.', name(entry.serial), name(entry.cascadeRoot))
        : t('{0} closed.', name(entry.serial));
    case 'status':
      return t(
        '{0} reported {1}.',
        name(entry.serial),
        constantName('INTERNET_STATUS_', entry.code) ?? t('status {0}', entry.code),
      );
    case 'bytes':
      return entry.direction === 'in'
        ? t('{0} came in on {1}.', formatBytes(entry.count), name(entry.serial))
        : t('{0} went out on {1}.', formatBytes(entry.count), name(entry.serial));
    case 'wire': {
      const line = printable(entry.text.split(/\r?\n/, 1)[0] ?? '', 120);
      return entry.direction === 'in'
        ? t('{0} heard “{1}”.', name(entry.serial), line)
        : t('{0} said “{1}”.', name(entry.serial), line);
    }
    case 'note':
      return printable(entry.text, 400);
    case 'connection-wait':
      return t('{0} waits for one of {1} connections to its server.', name(entry.serial), entry.limit);
    case 'connection': {
      if (entry.use > 1) return t('{0} uses connection no. {1} again.', name(entry.serial), entry.connection);
      if (entry.peer === null) return t('{0} has a new connection.', name(entry.serial));
      return t('{0} has a new connection to {1}.', name(entry.serial), printable(formatEndpoint(entry.peer), 80));
    }
    case 'last-error':
      return t('The program read its last error: {0}.', entry.code);
    case 'mark':
      return entry.name === ''
        ? t('The open handles were marked.')
        : t('The open handles were marked as “{0}”.', printable(entry.name, 80));
    case 'mark-comparison':
      return entry.name === ''
        ? t('The open handles were compared with the mark.')
        : t('The open handles were compared with the mark “{0}”.', printable(entry.name, 80));
    case 'end':
      return t('The program ended.');
    case 'call-begin':
    case 'call-pending':
    case 'call-end':
      return t('Call no. {0}, which began before this journal, ended.', entry.call);
    default:
      return assertNever(entry);
  }
}
