/** A lesson that cannot be read or may not be played: the message names file and line and says what to do. */
export class LessonError extends Error {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** What is wrong and what to do, without file and line. */
  readonly sentence: string;

  constructor(file: string, line: number, sentence: string) {
    super(`${file}:${line}: ${sentence}`);
    this.name = 'LessonError';
    this.file = file;
    this.line = line;
    this.sentence = sentence;
  }
}
