import type { Entry, RecordedValue } from './journal.ts';
import type { JournalHistory } from './journalHistory.ts';
import type { HandleNode, HandleTree } from './model.ts';
import { hasOption, optionRow, ownerOf } from './optionTable.ts';

/** An option that somebody has set, as it counts for a handle. */
export interface InheritedOption {
  readonly option: number;
  readonly value: RecordedValue;
  /** On which it was set; null: on the library itself. */
  readonly from: HandleNode | null;
  /** It was set on another handle: copied when this one, or one above it, was made, or shared with it. */
  readonly inherited: boolean;
}

interface Setting {
  /** Number of the entry with which it took effect. */
  readonly seq: number;
  readonly serial: number | null;
  readonly option: number;
  readonly value: RecordedValue;
  readonly t: number;
}

/**
 * The options that count for a handle at a moment because a program has set them, each with where it comes from. A handle copies
 * its parent's when it is made (InternetSetOption page): what is set above it later does not reach it, except for options that
 * handles share.
 */
export function inheritedOptions(
  node: HandleNode,
  tree: HandleTree,
  journal: JournalHistory,
  seq: number,
): readonly InheritedOption[] {
  const settings = settingsOf(journal);
  const counting = new Map<number, InheritedOption>();
  const count = ({ option, value }: Setting, from: HandleNode | null) =>
    counting.set(option, { option, value, from, inherited: from !== node });
  let until = Number.POSITIVE_INFINITY;
  const sources: { readonly from: HandleNode | null; readonly until: number }[] = [];
  for (let one: HandleNode | undefined = node; one !== undefined; one = tree.nodes.get(one.parent ?? 0)) {
    sources.unshift({ from: one, until });
    until = one.openedAt;
  }
  sources.unshift({ from: null, until });
  for (const { from, until: last } of sources) {
    for (const setting of settings) {
      const { serial, option, t } = setting;
      if (setting.seq > seq) break;
      if (serial === (from?.serial ?? null) && t <= last && counts(option, node)) count(setting, from);
    }
  }
  for (const setting of settings) {
    if (setting.seq > seq) break;
    const from = tree.nodes.get(setting.serial ?? 0);
    if (from !== undefined && counts(setting.option, node) && isShared(setting.option, from, node, tree)) {
      count(setting, from);
    }
  }
  return [...counting.values()].sort((one, other) => one.option - other.option);
}

/** Commands and options of other kinds leave nothing that counts. */
function counts(option: number, node: HandleNode): boolean {
  const row = optionRow(option);
  if (row === undefined || row.form === 'command') return false;
  return hasOption(row, node.kind, false) || hasOption(row, node.kind, true);
}

/** Is it an option that a handle shares with this one? */
function isShared(option: number, from: HandleNode, node: HandleNode, tree: HandleTree): boolean {
  const row = optionRow(option);
  if (row?.owner === undefined) return false;
  const parentOf = ({ parent }: HandleNode) => tree.nodes.get(parent ?? 0);
  return ownerOf(row, from, parentOf) === ownerOf(row, node, parentOf);
}

/** What was read of a journal so far: whoever asks in every frame must not read all of it each time. */
interface Reading {
  readonly settings: Setting[];
  readonly running: Map<number, Setting>;
  seq: number;
}

const readings = new WeakMap<JournalHistory, Reading>();

/** Every successful setting of an option that the journal told of, in order, those of entries too that it no longer keeps. */
function settingsOf(journal: JournalHistory): readonly Setting[] {
  const reading: Reading = readings.get(journal) ?? { settings: [], running: new Map(), seq: 0 };
  readings.set(journal, reading);
  const { settings, running } = reading;
  for (let entry = journal.entryAfter(reading.seq); entry !== undefined; entry = journal.entryAfter(entry.seq)) {
    reading.seq = entry.seq;
    if (entry.type === 'call-begin') {
      const setting = settingOf(entry);
      if (setting !== null) running.set(entry.call, setting);
    } else if (entry.type === 'call-end') {
      const setting = running.get(entry.call);
      running.delete(entry.call);
      if (setting !== undefined && entry.error === undefined) settings.push({ ...setting, t: entry.t, seq: entry.seq });
    }
  }
  return settings;
}

function settingOf({ fn, handle, args, t, seq }: Extract<Entry, { type: 'call-begin' }>): Setting | null {
  if (fn !== 'InternetSetOption' && fn !== 'InternetSetOptionEx') return null;
  const [on, option, value = null] = args;
  // A handle that the engine does not know is not the library.
  if (typeof option !== 'number' || (handle === null && on !== null)) return null;
  return { serial: handle, option, value, t, seq };
}
