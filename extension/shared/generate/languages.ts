import { cppOf } from './cpp.ts';
import { curlOf } from './curl.ts';
import { lftpOf } from './lftp.ts';
import type { Program } from './program.ts';
import type { JournalPart } from './selectedCalls.ts';
import { typescriptOf } from './typescript.ts';

/** A language in which a history can be written. */
interface Language {
  readonly label: string;
  /** How files of this kind end, without the dot. */
  readonly extension: string;
  /** The editor's own name of the language. */
  readonly languageId: string;
  /** The text; null where the language has no words for what happened. */
  readonly write: (program: Program, journal: JournalPart) => string | null;
}

/** Every language by its name, in the order in which they are offered. */
export const LANGUAGES = {
  typescript: {
    label: 'TypeScript',
    extension: 'ts',
    languageId: 'typescript',
    write: (program: Program) => typescriptOf(program),
  },
  cpp: { label: 'C++', extension: 'cpp', languageId: 'cpp', write: (program: Program) => cppOf(program) },
  curl: {
    label: 'curl',
    extension: 'sh',
    languageId: 'shellscript',
    write: (program: Program, { entries }: JournalPart) => curlOf(program, entries),
  },
  lftp: { label: 'lftp', extension: 'sh', languageId: 'shellscript', write: (program: Program) => lftpOf(program) },
} as const satisfies Readonly<Record<string, Language>>;

/** Name of a language. */
export type LanguageName = keyof typeof LANGUAGES;
/** All names. */
export const languageNames = Object.keys(LANGUAGES) as readonly LanguageName[];
