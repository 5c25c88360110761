import * as vscode from 'vscode';
import type { DiagnosingRecorder } from '../../shared/diagnoses/diagnosingRecorder.ts';
import { leakAge } from '../settings.ts';

/** How often the present is looked at: some faults show because nothing happens. */
const LOOK_MILLISECONDS = 1000;

/** Lets time tell: looks for handles that lie forgotten, as old as the setting allows, and for requests that are stuck. */
export function watchLeaks(diagnoses: Pick<DiagnosingRecorder, 'leakAge' | 'look'>): vscode.Disposable {
  const apply = (): void => {
    diagnoses.leakAge = leakAge();
  };
  apply();
  const timer = setInterval(() => diagnoses.look(), LOOK_MILLISECONDS);
  const changes = vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration('hinternet.diagnoses.leakAge')) apply();
  });
  return new vscode.Disposable(() => {
    clearInterval(timer);
    changes.dispose();
  });
}
