import * as vscode from 'vscode';
import { errorSentence } from './errorSentence.ts';

/** Something to do next, as a button. */
export interface NextAction {
  readonly title: string;
  readonly run: () => unknown;
}

const MENTION_MILLISECONDS = 6000;

/** Says in the status bar, for a while, what can be seen in the tree as well: steps on the way need no notification. */
export function mention(message: string): void {
  vscode.window.setStatusBarMessage(`$(check) ${message}`, MENTION_MILLISECONDS);
}

/** Says in a notification what a command brought and what can be done with it. Does not wait for the person. */
export function announce(message: string, actions: readonly NextAction[] = []): void {
  const titles = actions.map((action) => action.title);
  void vscode.window.showInformationMessage(message, ...titles).then(async (chosen) => {
    try {
      await runChosen(actions, chosen);
    } catch (error) {
      void vscode.window.showErrorMessage(errorSentence(error));
    }
  });
}

/** Runs the action of a button, if one was pressed. */
export async function runChosen(actions: readonly NextAction[], chosen: string | undefined): Promise<void> {
  await actions.find((action) => action.title === chosen)?.run();
}

/** A button that runs a command on a handle. */
export function commandAction(title: string, command: string, serial?: number): NextAction {
  return { title, run: () => vscode.commands.executeCommand(command, ...(serial === undefined ? [] : [serial])) };
}
