import * as vscode from 'vscode';
import { readTrace } from '../sources/traceFile.ts';
import { readLongText } from './longTexts.ts';
import type { TraceModel } from './traceModel.ts';

/** The file is read again so long after a change, in milliseconds, and the longer reading takes, the later. */
const PAUSE = 300;
const PAUSE_PER_READING = 4;

/** Keeps an open trace up to its file while a program writes it, until the result is disposed of. `log` is told what cannot be read. */
export function followTrace(model: TraceModel, log: (sentence: string) => void): vscode.Disposable {
  const { uri } = model;
  // A pattern would take the brackets of a name for its own.
  const folder = new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), '*');
  const watcher = vscode.workspace.createFileSystemWatcher(folder, false, false, true);
  let timer: NodeJS.Timeout | undefined;
  /** It has changed again while it was read. */
  let stale = false;
  let ended = false;
  let pause = PAUSE;
  const read = async (): Promise<void> => {
    const start = performance.now();
    const trace = await readTrace(readLongText(uri));
    pause = Math.max(PAUSE, PAUSE_PER_READING * (performance.now() - start));
    if (ended) return;
    // A file that is just being written anew is empty for a moment: what was read before stays until there is something else.
    if (trace.ok) model.update(trace);
    else log(`${uri.fsPath}: ${trace.problem}`);
  };
  const changed = (file: vscode.Uri): void => {
    if (file.toString() !== uri.toString()) return;
    stale = true;
    timer ??= setTimeout(readAgain, pause);
  };
  const readAgain = (): void => {
    stale = false;
    read()
      .catch((error: unknown) => log(`${uri.fsPath} cannot be read again: ${String(error)}`))
      .finally(() => {
        timer = stale && !ended ? setTimeout(readAgain, pause) : undefined;
      });
  };
  const listening = vscode.Disposable.from(watcher, watcher.onDidChange(changed), watcher.onDidCreate(changed));
  return new vscode.Disposable(() => {
    ended = true;
    clearTimeout(timer);
    listening.dispose();
  });
}
