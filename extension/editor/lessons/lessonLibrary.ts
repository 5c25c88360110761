import * as vscode from 'vscode';
import { LESSON_LIMIT, type Lesson, parseLesson } from '../../lessons/lesson.ts';
import { LessonError } from '../../lessons/lessonError.ts';

/** Where a teacher's own lessons lie, in any folder of the workspace. */
const OWN_LESSONS = 'hinternet-lessons/*.md';

/** Most lessons of a workspace that are read. */
const OWN_LIMIT = 200;

/** A lesson that can be taken, or a file that is not one. */
export type ShelvedLesson = {
  readonly uri: vscode.Uri;
  /** File name without its ending, by which a command can name it. */
  readonly name: string;
  /** It comes with the extension. */
  readonly shipped: boolean;
} & ({ readonly lesson: Lesson } | { readonly problem: string });

/** The lessons that come with the extension, then those of the workspace if it is trusted; each in the order that it asks for. */
export async function findLessons(extensionUri: vscode.Uri): Promise<readonly ShelvedLesson[]> {
  const folder = vscode.Uri.joinPath(extensionUri, 'media', 'lessons');
  const files = await vscode.workspace.fs.readDirectory(folder);
  const shipped = files
    .filter(([name, type]) => type === vscode.FileType.File && /^\d.*\.md$/.test(name))
    .map(([name]) => vscode.Uri.joinPath(folder, name));
  const own = vscode.workspace.isTrusted ? await vscode.workspace.findFiles(OWN_LESSONS, null, OWN_LIMIT) : [];
  const shelves = await Promise.all([
    Promise.all(shipped.map((uri) => readLesson(uri, true))),
    Promise.all(own.map((uri) => readLesson(uri, false))),
  ]);
  return shelves.flatMap((shelf) =>
    shelf.toSorted((one, other) => orderOf(one) - orderOf(other) || (one.name < other.name ? -1 : 1)),
  );
}

/** Reads a lesson's file; what is wrong with it is told in place of the lesson. */
async function readLesson(uri: vscode.Uri, shipped: boolean): Promise<ShelvedLesson> {
  const file = uri.path.split('/').at(-1) ?? uri.path;
  const shelved = { uri, shipped, name: file.replace(/\.md$/, '') };
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > 4 * LESSON_LIMIT) return { ...shelved, problem: vscode.l10n.t('{0} is too long for a lesson.', file) };
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    return { ...shelved, lesson: parseLesson(text, file) };
  } catch (error) {
    if (error instanceof LessonError || error instanceof vscode.FileSystemError) {
      return { ...shelved, problem: error.message };
    }
    throw error;
  }
}

function orderOf(shelved: ShelvedLesson): number {
  return 'lesson' in shelved ? shelved.lesson.order : Number.MAX_SAFE_INTEGER;
}
