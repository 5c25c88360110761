import * as v from 'valibot';
import * as vscode from 'vscode';
import { readAnswers } from '../invocation.ts';
import { findLessons, type ShelvedLesson } from '../lessons/lessonLibrary.ts';
import { attempt } from '../report.ts';
import { type Choice, heading, pick } from '../steps.ts';
import type { CommandParts } from './commandParts.ts';

const answers = v.strictObject({ lesson: v.string() });

/** Opens a lesson beside the graph. Returns its title. */
export async function openLesson(parts: CommandParts, _target?: number, args?: unknown): Promise<string | undefined> {
  const given = readAnswers(answers, args);
  return await attempt(parts, given !== undefined, async () => {
    const shelf = await findLessons(parts.extensionUri);
    const chosen = given === undefined ? await askLesson(shelf) : shelf.find(({ name }) => name === given.lesson);
    if (chosen === undefined) {
      if (given === undefined) return undefined;
      throw new Error(vscode.l10n.t('There is no lesson named {0}.', given.lesson));
    }
    if ('problem' in chosen) throw new Error(chosen.problem);
    await parts.lessons.open(chosen.lesson);
    parts.graph.show(null, 'lesson');
    return chosen.lesson.title;
  });
}

async function askLesson(shelf: readonly ShelvedLesson[]): Promise<ShelvedLesson | undefined> {
  const own = shelf.filter(({ shipped }) => !shipped);
  const answer = await pick<ShelvedLesson>({
    title: vscode.l10n.t('HINTERNET: Lessons'),
    placeholder: vscode.l10n.t('Choose a lesson; it is played on the playground, step by step'),
    choices: [
      ...shelf.filter(({ shipped }) => shipped).map(line),
      ...(own.length > 0 ? [heading(vscode.l10n.t('of this workspace')), ...own.map(line)] : []),
    ],
  });
  return answer.type === 'value' ? answer.value : undefined;
}

function line(value: ShelvedLesson): Choice<ShelvedLesson> {
  if ('problem' in value) return { label: `$(warning) ${value.name}`, detail: value.problem, value };
  const { title, minutes, diagram } = value.lesson;
  const description = [vscode.l10n.t('{0} minutes', minutes), ...(diagram === null ? [] : [diagram])].join(', ');
  return { label: title, description, value };
}
