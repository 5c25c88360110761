import * as vscode from 'vscode';
import { formatHandleValue, printable } from '../shared/format.ts';
import { type FunctionName, functionRow, type HandleKind, handleKinds, refusal } from '../shared/hierarchy.ts';
import type { HandleNode } from '../shared/model.ts';
import { announce, commandAction } from './announce.ts';
import type { CommandParts } from './commands/commandParts.ts';
import { pick } from './steps.ts';

/** Which handle a command needs. */
export interface HandleWish {
  /** The function that will be called: handles on which it is legal now are offered. */
  readonly fn: FunctionName;
  readonly title: string;
  /** Only these of the function's kinds. */
  readonly kinds?: readonly HandleKind[];
  /** Says that there is no such handle, and what to do. */
  readonly none: string;
  /** The command that makes such a handle. */
  readonly maker?: { readonly title: string; readonly command: string };
}

/**
 * The handle for a command: the one from which it was called, the selected one if it serves, the only one that serves, or the
 * one that the person picks. A given handle is taken as it is: if it does not serve, the engine says why.
 * @param quiet a program called: nothing is asked, and there must be exactly one choice
 * @returns its serial; undefined if there is none or the person left
 */
export async function handleFor(
  { explorer }: CommandParts,
  target: number | undefined,
  quiet: boolean,
  wish: HandleWish,
): Promise<number | undefined> {
  if (target !== undefined) return target;
  const serving = wish.kinds ?? handleKinds.filter((kind) => functionRow(wish.fn).uses[kind] !== undefined);
  const handles = serving
    .flatMap((kind) => explorer.open(kind))
    .filter((node) => refusal(wish.fn, node.kind, node.state) === undefined);
  const selected = handles.find((node) => node.serial === explorer.selected);
  const only = handles.length === 1 ? handles[0] : undefined;
  const certain = selected ?? only;
  if (certain !== undefined) return certain.serial;
  if (quiet) throw new TypeError(handles.length === 0 ? wish.none : vscode.l10n.t('Name the handle by its serial.'));
  if (handles.length === 0) {
    offerMaker(wish);
    return undefined;
  }
  return await pickHandle(wish.title, handles);
}

/** Asks for one of some handles. */
export async function pickHandle(title: string, handles: readonly HandleNode[]): Promise<number | undefined> {
  const answer = await pick({
    title,
    placeholder: vscode.l10n.t('Choose a handle, for example by typing a part of its address'),
    choices: handles.map((node) => ({
      label: `${node.fn} ${formatHandleValue(node.value)}`,
      description: printable(node.target, 100),
      detail: node.state,
      value: node.serial,
    })),
  });
  return answer.type === 'value' ? answer.value : undefined;
}

function offerMaker({ none, maker }: HandleWish): void {
  announce(none, maker === undefined ? [] : [commandAction(maker.title, maker.command)]);
}
