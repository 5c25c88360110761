import * as v from 'valibot';
import * as vscode from 'vscode';
import { type FunctionName, functionRow } from '../../shared/hierarchy.ts';
import { HINTERNET, type WinInet } from '../../wininet/index.ts';
import { mention } from '../announce.ts';
import { readAnswers } from '../invocation.ts';
import { callWithProgress } from '../progress.ts';
import { attempt } from '../report.ts';
import { askText } from '../steps.ts';
import { fill, type Step, walk } from '../stepWalk.ts';
import type { Command, CommandParts } from './commandParts.ts';
import { parameterForm } from './parameterForm.ts';
import { showValue } from './showValue.ts';

/** What a function gets for a parameter that is not asked for; null where nothing is said. */
const NOTHING: Readonly<Record<string, unknown>> = { dwReserved: 0, dwUrlLength: 0 };

type Answers = Readonly<Record<string, unknown>>;

const answersSchema = v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.null()]));

/** How the editor calls a function that uses no handle, as InternetOpen and InternetCrackUrl: by its parameters in the table. */
export function freeAction(fn: FunctionName): Command {
  return async (parts, _target, args) => {
    const given = readAnswers(answersSchema, args);
    const quiet = given !== undefined;
    return await attempt(parts, quiet, async () => {
      const answers = given ?? (await askParameters(fn));
      if (answers === undefined) return undefined;
      const title = `HINTERNET: ${fn}`;
      const result = await callWithProgress(parts.explorer, title, () => call(parts.explorer.wininet, fn, answers));
      if (result instanceof HINTERNET) parts.explorer.select(result.serial);
      if (!quiet) await tell(parts, fn, result);
      return passable(result);
    });
  };
}

function call(wininet: WinInet, fn: FunctionName, answers: Answers): Promise<unknown> {
  const values = functionRow(fn).parameters.map((name) => {
    const form = parameterForm(fn, name);
    const answer = answers[name];
    if (answer === undefined) return form === null ? NOTHING[name] : form.otherwise;
    return typeof answer === 'string' && form !== null ? form.read(answer) : answer;
  });
  // The table has just said which arguments the function takes; the engine checks each of them.
  return (wininet[fn] as (...args: readonly unknown[]) => Promise<unknown>)(...values);
}

async function askParameters(fn: FunctionName): Promise<Answers | undefined> {
  const steps = functionRow(fn).parameters.flatMap((name): readonly Step<Answers>[] => {
    const form = parameterForm(fn, name);
    if (form === null) return [];
    const { prompt, placeholder, initial, problem } = form;
    return [
      {
        ask: async (draft, place) => {
          const typed = draft[name];
          const value = typeof typed === 'string' ? typed : initial;
          const question = { title: `HINTERNET: ${fn}`, prompt, placeholder, value, problem, place };
          return fill(await askText(question), (text) => ({ ...draft, [name]: text }));
        },
      },
    ];
  });
  return steps.length === 0 ? {} : await walk(steps, {});
}

async function tell(parts: CommandParts, fn: FunctionName, result: unknown): Promise<void> {
  if (result instanceof HINTERNET) {
    mention(vscode.l10n.t('{0} has returned {1}.', fn, result.toString()));
  } else if (typeof result === 'object' && result !== null && !(result instanceof Date)) {
    await parts.bodies.showText(`${fn}.json`, JSON.stringify(result, null, 2));
  } else {
    showValue(fn, String(passable(result)));
  }
}

/** A result that programs elsewhere can take: a handle becomes its serial, a time its text. */
function passable(result: unknown): unknown {
  if (result instanceof HINTERNET) return result.serial;
  return result instanceof Date ? result.toISOString() : result;
}
