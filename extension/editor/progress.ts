import * as vscode from 'vscode';
import { formatBytes } from '../shared/format.ts';
import { CallWatch } from './callWatch.ts';
import type { Explorer } from './explorer.ts';

/** What takes less is over before anybody could read of it. */
const PATIENCE_MILLISECONDS = 300;
const UPDATE_MILLISECONDS = 250;

/**
 * Runs one call and, if it takes long, shows a notification that can cancel it: the handle which the call has opened, or
 * which it uses, is closed. A call that has opened nothing yet is left to itself, and what it opens later is closed at once.
 * @param begin calls the engine at once, without waiting for anything before
 */
export async function callWithProgress<T>(explorer: Explorer, title: string, begin: () => Promise<T>): Promise<T> {
  const watch = new CallWatch(explorer.journal, (serial) => closeNow(explorer, serial));
  try {
    const result = watch.during(begin);
    return await show(
      explorer,
      title,
      () => watch.handle,
      () => watch.cancel(),
      result,
    );
  } finally {
    watch.settle();
  }
}

/** Runs a series of calls on one handle with the same notification; cancelling closes that handle. */
export function workWithProgress<T>(
  explorer: Explorer,
  title: string,
  serial: number,
  work: () => Promise<T>,
): Promise<T> {
  return show(
    explorer,
    title,
    () => serial,
    () => closeNow(explorer, serial),
    work(),
  );
}

/** Waits for the end of something that cannot be cancelled, as the closing of a handle. */
export async function waitWithProgress<T>(title: string, work: Promise<T>): Promise<T> {
  if (await isQuick(work)) return await work;
  return await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, () => work);
}

async function show<T>(
  explorer: Explorer,
  title: string,
  handle: () => number | null,
  cancel: () => void,
  result: Promise<T>,
): Promise<T> {
  const before = movedBytes(explorer, handle());
  if (await isQuick(result)) return await result;
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return await vscode.window.withProgress(options, async (progress, token) => {
    const timer = setInterval(() => {
      const moved = movedBytes(explorer, handle()) - before;
      if (moved > 0) progress.report({ message: formatBytes(moved) });
    }, UPDATE_MILLISECONDS);
    try {
      return await Promise.race([result, cancelled(token, cancel)]);
    } finally {
      clearInterval(timer);
    }
  });
}

function movedBytes(explorer: Explorer, serial: number | null): number {
  const node = serial === null ? undefined : explorer.node(serial);
  return (node?.bytesIn ?? 0) + (node?.bytesOut ?? 0);
}

function cancelled(token: vscode.CancellationToken, cancel: () => void): Promise<never> {
  return new Promise((_, reject) => {
    token.onCancellationRequested(() => {
      cancel();
      reject(new vscode.CancellationError());
    });
  });
}

async function isQuick(work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MILLISECONDS);
  });
  const settled = work.then(
    () => true,
    () => true,
  );
  const quick = await Promise.race([settled, late]);
  clearTimeout(timer);
  return quick;
}

function closeNow(explorer: Explorer, serial: number): void {
  const handle = explorer.wininet.handleWithSerial(serial);
  // What the interrupted transfer says while it closes has been answered by the person already.
  if (handle !== null) void explorer.wininet.InternetCloseHandle(handle).catch(() => undefined);
}
