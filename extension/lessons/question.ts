import { type FunctionName, functionRow, isFunctionName } from '../shared/hierarchy.ts';

/** What a learner is asked. */
export interface Question {
  readonly sentence: string;
  readonly answer: QuestionAnswer;
  /** What is said to a right choice. */
  readonly right: string;
  /** What is said to a wrong one. */
  readonly wrong: string;
  /** More and more help, one after each wrong choice. */
  readonly hints: readonly string[];
}

/** What has to be picked. */
export type QuestionAnswer =
  | {
      readonly by: 'function';
      /** Name of the handle on which the function is to be called. */
      readonly on: string;
      /**
       * `exact`: one of `functions`, each legal now; `exact-refused`: one of them, each refused now. `legal`: any function that the
       * table allows now; `refused`: any that accepts this kind of handle, but not in its state. Of the last two, `functions` are
       * those that the reply speaks of.
       */
      readonly rule: AnswerRule;
      readonly functions: readonly FunctionName[];
    }
  | {
      readonly by: 'handle';
      /** Names of handles; any of them is right. */
      readonly handles: readonly string[];
    };

/** How a function is judged. */
export type AnswerRule = (typeof ANSWER_RULES)[number];
const ANSWER_RULES = ['exact', 'exact-refused', 'legal', 'refused'] as const;
const KEYS = ['on', 'rule', 'answer', 'right', 'wrong', 'hint'] as const;
type Key = (typeof KEYS)[number];
type Fail = (at: number, why: string) => never;
type Values = ReadonlyMap<Key, readonly { readonly at: number; readonly text: string }[]>;

/** Reads the lines of a question. `fail` is told which line, counted from 0, is wrong and what to write. */
export function parseQuestion(lines: readonly string[], fail: Fail): Question {
  const sentence: string[] = [];
  const values = new Map<Key, { readonly at: number; readonly text: string }[]>();
  for (const [at, line] of lines.entries()) {
    const [, word = '', text = ''] = /^(\w+):\s*(.*?)\s*$/.exec(line) ?? [];
    const key = KEYS.find((one) => one === word);
    if (key !== undefined) values.set(key, [...(values.get(key) ?? []), { at, text }]);
    else if (word !== '') fail(at, `Nobody knows ${word}. A question has ${KEYS.map((one) => `${one}:`).join(', ')}.`);
    else if (values.size > 0 && line.trim() !== '') fail(at, 'The question stands first. Write one line for each key.');
    else sentence.push(line.trim());
  }
  const asked = sentence.join(' ').trim();
  if (asked === '') fail(0, 'The question is missing. Write it as the first line.');
  const one = (key: Key): string => {
    const found = values.get(key) ?? [];
    if (found.length > 1) fail(found[1]?.at ?? 0, `${key} stands here twice. Write it once.`);
    return found[0]?.text || fail(found[0]?.at ?? 0, `The question needs ${key}:. Write a line that begins with it.`);
  };
  return {
    sentence: asked,
    answer: answerOf(one('answer'), values, fail),
    right: one('right'),
    wrong: one('wrong'),
    hints: (values.get('hint') ?? []).map(({ text }) => text),
  };
}

function answerOf(text: string, values: Values, fail: Fail): QuestionAnswer {
  const at = values.get('answer')?.[0]?.at ?? 0;
  const names = text.split(/\s*,\s*/);
  const functions = names.filter(isFunctionName);
  const on = values.get('on')?.[0];
  const rule = values.get('rule')?.[0] ?? { at, text: 'exact' };
  if (functions.length === 0) {
    const wrong = names.find((name) => !/^[A-Za-z_]\w*$/.test(name));
    if (wrong !== undefined)
      fail(at, `"${wrong}" is neither a function nor a handle. Write names with commas between.`);
    if (on !== undefined) fail(on.at, 'on: goes with functions. Leave it out where the answer is a handle.');
    return { by: 'handle', handles: names };
  }
  const other = names.find((name) => !isFunctionName(name));
  if (other !== undefined) fail(at, `${other} is no function. Write functions only, or handles only.`);
  if (on === undefined || on.text === '') fail(at, 'On which handle? Write a line on: with the name of a handle.');
  const useless = functions.find((fn) => Object.keys(functionRow(fn).uses).length === 0);
  if (useless !== undefined) fail(at, `${useless} uses no handle, so nobody can pick it on one. Ask for another.`);
  const known = ANSWER_RULES.find((one) => one === rule.text);
  if (known === undefined) {
    return fail(rule.at, `Nobody knows the rule "${rule.text}". Write one of ${ANSWER_RULES.join(', ')}.`);
  }
  return { by: 'function', on: on.text, rule: known, functions };
}
