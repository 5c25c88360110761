import * as v from 'valibot';
import * as vscode from 'vscode';
import type { FunctionName } from '../../shared/hierarchy.ts';
import type { UncheckedHandle } from '../../wininet/index.ts';
import { handleFor } from '../handlePick.ts';
import { readAnswers } from '../invocation.ts';
import { callWithProgress } from '../progress.ts';
import { attempt } from '../report.ts';
import type { Command, CommandParts } from './commandParts.ts';

/** The handle and what belongs to it while a function is called. */
export interface Called {
  readonly parts: CommandParts;
  readonly serial: number;
  readonly handle: UncheckedHandle;
}

/** How the editor calls a function that needs no more than a few answers. */
export interface FunctionActionParts<A, R> {
  /** The answers of a program; they may name the handle as `handle`. */
  readonly answers: v.GenericSchema<unknown, A>;
  /** Asks a person for the same answers; undefined if the person left. Absent: there is nothing to ask. */
  readonly ask?: (parts: CommandParts, serial: number) => Promise<A | undefined>;
  /** Calls the engine at once. */
  readonly call: (called: Called, answers: A) => Promise<R>;
  /** Shows the result to a person. */
  readonly tell?: (called: Called, result: R, answers: A) => void;
}

/** The command that calls a function: picks a handle, asks, calls, shows. Returns what the call resolves to. */
export function functionAction<A, R>(fn: FunctionName, action: FunctionActionParts<A, R>): Command {
  return async (parts, target, args) => {
    const given = readAnswers(action.answers, args);
    const quiet = given !== undefined;
    const title = `HINTERNET: ${fn}`;
    const none = vscode.l10n.t('No open handle can take {0} now.', fn);
    const serial = await handleFor(parts, target, quiet, { fn, title, none });
    if (serial === undefined) return undefined;
    return await attempt(parts, quiet, async () => {
      const answers =
        given ?? (action.ask === undefined ? v.parse(action.answers, {}) : await action.ask(parts, serial));
      if (answers === undefined) return undefined;
      const called = { parts, serial, handle: parts.explorer.handle(serial) };
      const result = await callWithProgress(parts.explorer, title, () => action.call(called, answers));
      if (!quiet) action.tell?.(called, result, answers);
      return result;
    });
  };
}
