import type { CallBegin, Entry, NoteTopic } from '../journal.ts';
import type { Diagnosis, DiagnosisRule } from './diagnosis.ts';

/** What every topic means, and what to do about it. */
export const DIAGNOSES: Readonly<Record<NoteTopic, DiagnosisRule>> = {
  'stale-use': {
    severity: 'error',
    title: 'Recycled handle',
    explanation:
      'The handle was closed and its value given to a newer one, which the original would have used instead.',
    fix: 'Drop a handle when it is closed.',
  },
  'double-close': {
    severity: 'error',
    title: 'Closed twice',
    explanation: 'The handle had been closed before; the original may close somebody else’s handle here.',
    fix: 'Close a handle once, and forget it then.',
  },
  'use-after-close': {
    severity: 'error',
    title: 'Used after it was closed',
    explanation: 'A closed handle is refused with ERROR_INVALID_HANDLE.',
    fix: 'Close the handle later, or open a new one.',
  },
  'wrong-kind': {
    severity: 'error',
    title: 'Handle of the wrong kind',
    explanation: 'Every function takes handles of certain kinds only.',
    fix: 'Pass the handle that the function’s page names.',
  },
  'wrong-state': {
    severity: 'error',
    title: 'Call in the wrong state',
    explanation: 'The function is legal in certain states of the handle only.',
    fix: 'Make the calls that lead to such a state first.',
  },
  'callback-threw': {
    severity: 'error',
    title: 'Status callback threw',
    explanation: 'An exception of a status callback would have ended the original program.',
    fix: 'Catch what the callback throws inside it.',
  },
  'short-body': {
    severity: 'warning',
    title: 'Body cut short',
    explanation: 'The connection ended before the announced length had come.',
    fix: 'Compare the bytes read with Content-Length before using them.',
  },
  'no-dialog': {
    severity: 'information',
    title: 'No dialog',
    explanation: 'InternetErrorDlg had nobody to ask.',
    fix: 'Run it inside the editor, or handle the error in the program.',
  },
  'unanswered-challenge': {
    severity: 'warning',
    title: 'Challenge not answered',
    explanation: 'The server wants a kind of authentication that is not offered here.',
    fix: 'Let the server accept Basic or Digest.',
  },
  'no-cache': {
    severity: 'information',
    title: 'No cache',
    explanation: 'A flag that concerns the cache changes nothing here: nothing is ever taken from a cache.',
    fix: 'Nothing to do, unless the program relies on cached answers.',
  },
  'flag-without-effect': {
    severity: 'information',
    title: 'Flag without effect',
    explanation: 'The flag changes nothing here; the note says why.',
    fix: 'Nothing to do, unless the program relies on it.',
  },
};

/** Finds what is wrong in a journal, in the order in which it shows. */
export function diagnose(entries: Iterable<Entry>): readonly Diagnosis[] {
  const calls = new Map<number, CallBegin>();
  const found: Diagnosis[] = [];
  for (const entry of entries) {
    if (entry.type === 'call-begin') calls.set(entry.call, entry);
    if (entry.type !== 'note') continue;
    const { topic, seq, serial, call, text, hit } = entry;
    const site = (call === null ? undefined : calls.get(call)?.site) ?? null;
    found.push({ topic, seq, serial, call, site, text, ...(hit === undefined ? {} : { hit }) });
  }
  return found;
}
