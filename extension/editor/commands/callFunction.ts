import * as v from 'valibot';
import * as vscode from 'vscode';
import { type FunctionName, functionNames, functionRow, handleKinds, refusal } from '../../shared/hierarchy.ts';
import type { Explorer } from '../explorer.ts';
import { readInvocation } from '../invocation.ts';
import { type Choice, heading, pick } from '../steps.ts';
import type { CommandParts } from './commandParts.ts';
import { actionOf } from './functionActions.ts';

const names = v.picklist(functionNames);

/**
 * Calls a function of the table, asking for its handle and its arguments.
 * @param passed the handle's serial, the function's name, and, if a program calls, the answers; nothing: a person chooses
 */
export async function callFunction(parts: CommandParts, passed: readonly unknown[]): Promise<unknown> {
  const [handle, name, answers] = passed;
  const fn = name === undefined ? await askFunction(parts.explorer) : v.parse(names, name);
  if (fn === undefined) return undefined;
  const { target } = readInvocation([handle]);
  const args = typeof answers === 'object' && answers !== null ? answers : undefined;
  return await actionOf(fn)(parts, target, args);
}

async function askFunction(explorer: Explorer): Promise<FunctionName | undefined> {
  const legal = functionNames.filter((fn) => isLegal(explorer, fn));
  const others = functionNames.filter((fn) => !legal.includes(fn));
  const answer = await pick<FunctionName>({
    title: vscode.l10n.t('HINTERNET: Call Function'),
    placeholder: vscode.l10n.t('Choose a function, for example by typing a part of its name'),
    choices: [
      heading(vscode.l10n.t('legal now')),
      ...legal.map(line),
      ...(others.length > 0 ? [heading(vscode.l10n.t('no open handle can take it now'))] : []),
      ...others.map(line),
    ],
  });
  return answer.type === 'value' ? answer.value : undefined;
}

/** Does the function use no handle, or is one open that can take it? */
function isLegal(explorer: Explorer, fn: FunctionName): boolean {
  if (Object.keys(functionRow(fn).uses).length === 0) return true;
  return handleKinds.some((kind) => explorer.open(kind).some(({ state }) => refusal(fn, kind, state) === undefined));
}

function line(fn: FunctionName): Choice<FunctionName> {
  const { family, summary } = functionRow(fn);
  return { label: fn, description: family, detail: summary, value: fn };
}
