import { type FunctionName, functionNames, functionRow, handleParameter } from '../../extension/shared/hierarchy.ts';

/** The parts of package.json that follow from the hierarchy table: a command for each function that can be called on a handle. */
export interface FunctionCommands {
  readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
  readonly palette: readonly { readonly command: string; readonly when: string }[];
  readonly context: readonly { readonly command: string; readonly when: string; readonly group: string }[];
}

/** Functions that have a command of their own in every menu and need no second entry. */
const ELSEWHERE: readonly FunctionName[] = ['InternetCloseHandle'];

/** Derives the commands for the functions that use a handle. */
export function functionCommands(): FunctionCommands {
  const functions = functionNames.filter(
    (fn) => handleParameter(fn) !== -1 && Object.keys(functionRow(fn).uses).length > 0,
  );
  const command = (fn: FunctionName) => `hinternet.fn.${fn}`;
  return {
    commands: functions.map((fn) => ({ command: command(fn), title: fn, category: 'HINTERNET' })),
    palette: functions.map((fn) => ({ command: command(fn), when: 'false' })),
    context: functions
      .filter((fn) => !ELSEWHERE.includes(fn))
      .map((fn) => ({
        command: command(fn),
        when: `view == hinternet.handles && viewItem =~ /;${fn};/`,
        group: `${group(fn)}@${String(functionNames.indexOf(fn) + 1)}`,
      })),
  };
}

function group(fn: FunctionName): string {
  const anyHandle = Object.keys(functionRow(fn).uses).length > 6;
  return anyHandle ? '1_anyhandle' : '0_functions';
}
