import * as v from 'valibot';
import { functionNames } from '../../shared/hierarchy.ts';
import { CallFailure } from '../../wininet/winInetError.ts';
import { readInvocation } from '../invocation.ts';
import { attempt } from '../report.ts';
import type { CommandParts } from './commandParts.ts';
import { FUNCTION_ACTIONS, hasAction } from './functionActions.ts';

const names = v.picklist(functionNames);

/**
 * Calls a function on a handle, asking for its arguments.
 * @param passed the handle's serial, the function's name, and, if a program calls, the answers
 */
export async function callFunction(parts: CommandParts, passed: readonly unknown[]): Promise<unknown> {
  const [handle, name, answers] = passed;
  const fn = v.parse(names, name);
  const { target } = readInvocation([handle]);
  const args = typeof answers === 'object' && answers !== null ? answers : undefined;
  if (hasAction(fn)) return await FUNCTION_ACTIONS[fn](parts, target, args);
  return await attempt(parts, args !== undefined, () => {
    throw new CallFailure('ERROR_CALL_NOT_IMPLEMENTED');
  });
}
