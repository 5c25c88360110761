import * as vscode from 'vscode';
import type { Answer, Place } from './stepWalk.ts';

/** What every question has. */
interface Question {
  readonly title: string;
  readonly placeholder: string;
  readonly place?: Place;
}

/** A question that text answers. */
export interface TextQuestion extends Question {
  readonly prompt: string;
  readonly value?: string;
  readonly password?: boolean;
  /** What is wrong with the text, in one sentence; undefined if nothing is. */
  readonly problem?: (text: string) => string | undefined;
}

/** One line of a list. Lines without a value separate the others or tell why nothing can be chosen. */
export interface Choice<T> extends vscode.QuickPickItem {
  readonly value?: T;
}

/** A question that a line of a list answers, or, where `typed` is given, what the person types. */
export interface PickQuestion<T> extends Question {
  readonly choices: readonly Choice<T>[];
  /** The line that is active at first. */
  readonly active?: (value: T) => boolean;
  /** Turns typed text into a line: one with a value, or one that tells what is wrong with the text. */
  readonly typed?: (text: string) => Choice<T>;
  /** Where the typed line stands: last where typing mostly searches the list. */
  readonly typedPlace?: 'first' | 'last';
}

/** Asks for a text; what `problem` finds is shown while typing and keeps the box open. */
export function askText(question: TextQuestion): Promise<Answer<string>> {
  const box = vscode.window.createInputBox();
  place(box, question);
  box.prompt = question.prompt;
  box.placeholder = question.placeholder;
  box.value = question.value ?? '';
  box.password = question.password ?? false;
  box.ignoreFocusOut = true;
  return asked(box, (answer) => {
    // Complaining about an empty box before anything was typed helps nobody.
    const check = () => {
      box.validationMessage = box.value === '' ? '' : (question.problem?.(box.value) ?? '');
    };
    box.onDidChangeValue(check);
    box.onDidAccept(() => {
      const problem = question.problem?.(box.value);
      if (problem === undefined) answer({ type: 'value', value: box.value });
      else box.validationMessage = problem;
    });
    check();
  });
}

/** Asks for one line of a list. */
export function pick<T>(question: PickQuestion<T>): Promise<Answer<T>> {
  const list = vscode.window.createQuickPick<Choice<T>>();
  list.ignoreFocusOut = true;
  const { choices, typed, active } = question;
  place(list, question);
  list.placeholder = question.placeholder;
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.items = choices;
  const first = active === undefined ? undefined : choices.find((one) => one.value !== undefined && active(one.value));
  if (first !== undefined) list.activeItems = [first];
  return asked(list, (answer) => {
    /** The line that says what is typed, and whether the list has shown it as the active one. */
    let [own, reached] = [undefined as Choice<T> | undefined, false];
    list.onDidChangeValue((text) => {
      if (typed === undefined) return;
      const wanted = text.trim();
      list.items = withTyped(question, typed, wanted);
      [own, reached] = [list.items.find((one) => wanted !== '' && one.label === wanted), false];
    });
    list.onDidChangeActive(([line]) => {
      reached ||= line !== undefined && line === own;
    });
    list.onDidAccept(() => {
      const [line] = list.activeItems;
      // Who types fast accepts before the list has come after: what is typed counts, not the line that was active before it.
      const isBehind = question.typedPlace !== 'last' && own?.value !== undefined && !reached;
      const value = (isBehind ? own : line)?.value;
      if (value !== undefined) answer({ type: 'value', value });
    });
  });
}

/** A heading between the lines of a list. */
export function heading(label: string): Choice<never> {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function withTyped<T>(
  { choices, typedPlace = 'first' }: PickQuestion<T>,
  typed: (text: string) => Choice<T>,
  text: string,
): readonly Choice<T>[] {
  if (text === '' || choices.some((choice) => choice.label === text)) return choices;
  const line: Choice<T> = { ...typed(text), alwaysShow: true };
  // A line that only complains must not stand in the way of those that can be chosen.
  return typedPlace === 'first' && line.value !== undefined ? [line, ...choices] : [...choices, line];
}

function place(input: vscode.QuickInput & { buttons: readonly vscode.QuickInputButton[] }, question: Question): void {
  input.title = question.title;
  if (question.place === undefined) return;
  const { step, totalSteps, canGoBack } = question.place;
  if (totalSteps > 1) {
    input.step = step;
    input.totalSteps = totalSteps;
  }
  if (canGoBack) input.buttons = [vscode.QuickInputButtons.Back];
}

function asked<T>(
  input: vscode.QuickPick<Choice<T>> | vscode.InputBox,
  listen: (answer: (answer: Answer<T>) => void) => void,
): Promise<Answer<T>> {
  return new Promise((resolve) => {
    const answer = (result: Answer<T>) => {
      resolve(result);
      input.dispose();
    };
    input.onDidTriggerButton(() => answer({ type: 'back' }));
    input.onDidHide(() => answer({ type: 'cancel' }));
    listen(answer);
    input.show();
  });
}
