import * as v from 'valibot';
import * as vscode from 'vscode';
import { openCount } from '../../shared/model.ts';
import { readAnswers } from '../invocation.ts';
import { waitWithProgress } from '../progress.ts';
import { attempt } from '../report.ts';
import type { CommandParts } from './commandParts.ts';

const answers = v.strictObject({});

/** Closes every root and so every handle. Returns how many were open. */
export async function closeAll(parts: CommandParts, _target?: number, args?: unknown): Promise<number | undefined> {
  const quiet = readAnswers(answers, args) !== undefined;
  const { explorer } = parts;
  const count = openCount(explorer.journal.tree);
  return await attempt(parts, quiet, async () => {
    const closings = explorer.open('root').flatMap((root) => {
      const handle = explorer.wininet.handleWithSerial(root.serial);
      return handle === null ? [] : [explorer.wininet.InternetCloseHandle(handle)];
    });
    // Each closing is awaited, so that a failed upload below one root does not hide the end of another.
    const ends = await waitWithProgress(vscode.l10n.t('HINTERNET: closing all handles'), Promise.allSettled(closings));
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    return count;
  });
}
