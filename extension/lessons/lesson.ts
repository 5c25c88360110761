import { DIAGRAMS, type DiagramName } from '../shared/hierarchy.ts';
import { type CallLine, parseCallLine } from './callLine.ts';
import { type ExpectedNode, parseTree } from './expectedTree.ts';
import { LessonError } from './lessonError.ts';
import { parseQuestion, type Question } from './question.ts';

/** A lesson as its file has it: prose, steps that are carried out, and questions, in their order. */
export interface Lesson {
  /** The file that it came from, for messages. */
  readonly file: string;
  readonly title: string;
  /** The diagram that it explains; null for none. */
  readonly diagram: DiagramName | null;
  /** How long it takes, in minutes. */
  readonly minutes: number;
  /** Its place among the lessons, the lowest first. */
  readonly order: number;
  /** Markdown before the first heading. */
  readonly introduction: string;
  readonly parts: readonly LessonPart[];
  /** Markdown behind the last part. */
  readonly closing: string;
}

/** A step or a question. */
export type LessonPart = LessonStep | LessonQuestion;

/** What steps and questions share. */
interface Told {
  /** Where its block begins, counted from 1. */
  readonly line: number;
  /** Text of the last `##` heading before it, if there is one since the part before. */
  readonly heading: string | null;
  /** Markdown that stands before that heading: a last word on the part before. */
  readonly remark: string;
  /** Markdown that stands before it, behind that heading. */
  readonly prose: string;
}

/** Calls, and the open handles of the lesson afterwards. */
export interface LessonStep extends Told {
  readonly is: 'step';
  readonly calls: readonly LessonCall[];
  readonly tree: readonly ExpectedNode[];
}

/** A line of calls and where it stands. */
export type LessonCall = CallLine & { readonly line: number };

/** A question that is answered by picking a function or a handle. */
export interface LessonQuestion extends Told, Question {
  readonly is: 'question';
}

/** Longest lesson that is read, in characters. */
export const LESSON_LIMIT = 200_000;

/**
 * Reads a lesson. Front matter of `key: value` lines (`diagram`, `minutes`, `order`) may stand before the title.
 * Throws a LessonError that names file and line and says what to do.
 * @param file names the lesson in messages
 */
export function parseLesson(text: string, file: string): Lesson {
  return new LessonReader(text, file).lesson();
}

interface Block {
  readonly kind: 'calls' | 'tree' | 'question';
  /** Where the fence stands, counted from 1. */
  readonly line: number;
  readonly body: readonly string[];
}

const BLOCK_KINDS = ['calls', 'tree', 'question'] as const;

class LessonReader {
  readonly #file: string;
  readonly #lines: readonly string[];
  /** What the calls so far have given a name to. */
  readonly #named = new Set<string>();
  /** Index of the line that is read next. */
  #at = 0;

  constructor(text: string, file: string) {
    this.#file = file;
    this.#lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
    if (text.length > LESSON_LIMIT) {
      this.#fail(1, `The lesson has ${text.length} characters. Split it: ${LESSON_LIMIT} are the most that is read.`);
    }
  }

  lesson(): Lesson {
    const front = this.#front();
    const title = /^# (.+)$/.exec(this.#lines[this.#at] ?? '')?.[1];
    if (title === undefined) this.#fail(this.#at + 1, 'A title is missing. Write "# " and the title of the lesson.');
    this.#at += 1;
    const introduction = this.#prose(true);
    const parts: LessonPart[] = [];
    let prose = this.#prose(false);
    for (let block = this.#block(); block !== null; block = this.#block()) {
      parts.push(this.#part(block, prose));
      prose = this.#prose(false);
    }
    if (!parts.some((part) => part.is === 'step')) {
      this.#fail(this.#lines.length, 'The lesson has no step. Write a block that begins with ```calls.');
    }
    return { file: this.#file, title: title.trim(), ...front, introduction, parts, closing: prose };
  }

  /** `key: value` lines, and empty ones, up to the title. */
  #front(): Pick<Lesson, 'diagram' | 'minutes' | 'order'> {
    let front: Pick<Lesson, 'diagram' | 'minutes' | 'order'> = { diagram: null, minutes: 5, order: 100 };
    for (; this.#at < this.#lines.length; this.#at += 1) {
      const line = this.#lines[this.#at] ?? '';
      if (line.trim() === '') continue;
      const [, key, value = ''] = /^(\w+):\s*(.*?)\s*$/.exec(line) ?? [];
      if (key === undefined) break;
      front = { ...front, ...this.#setting(key, value) };
    }
    return front;
  }

  #setting(key: string, value: string): Partial<Pick<Lesson, 'diagram' | 'minutes' | 'order'>> {
    const line = this.#at + 1;
    if (key === 'diagram') {
      const diagram = DIAGRAMS.find((one) => one === value);
      return diagram
        ? { diagram }
        : this.#fail(line, `There is no diagram ${value}. Write one of ${DIAGRAMS.join(', ')}.`);
    }
    if (key !== 'minutes' && key !== 'order') {
      this.#fail(line, `Nobody knows ${key}. Before the title stand diagram:, minutes: and order: only.`);
    }
    if (!/^\d{1,4}$/.test(value)) this.#fail(line, `${key} is no whole number. Write it as ${key}: 5.`);
    return { [key]: Number(value) };
  }

  /** Markdown up to the next block of the lesson, or up to the next `##` heading as well. Other fenced blocks are prose. */
  #prose(toHeading: boolean): string {
    const from = this.#at;
    const fence = new Fence();
    for (; this.#at < this.#lines.length; this.#at += 1) {
      const line = this.#lines[this.#at] ?? '';
      if (!fence.isOpen && (this.#kindAt() !== null || (toHeading && /^## /.test(line)))) break;
      fence.holds(line);
    }
    return this.#lines.slice(from, this.#at).join('\n').trim();
  }

  #kindAt(): Block['kind'] | null {
    const word = /^```(\w+)\s*$/.exec(this.#lines[this.#at] ?? '')?.[1];
    return BLOCK_KINDS.find((kind) => kind === word) ?? null;
  }

  #block(): Block | null {
    const kind = this.#kindAt();
    if (kind === null) return null;
    const start = this.#at;
    const end = this.#lines.findIndex((line, at) => at > start && /^```\s*$/.test(line));
    if (end === -1) this.#fail(start + 1, `The block \`\`\`${kind} has no end. Write \`\`\` on a line of its own.`);
    this.#at = end + 1;
    return { kind, line: start + 1, body: this.#lines.slice(start + 1, end) };
  }

  #part(block: Block, before: string): LessonPart {
    const told = { line: block.line, ...splitHeading(before) };
    if (block.kind === 'tree')
      this.#fail(block.line, 'A tree stands behind the calls that make it. Write ```calls first.');
    if (block.kind === 'question') return { is: 'question', ...told, ...this.#question(block) };
    const calls = this.#calls(block);
    while ((this.#lines[this.#at] ?? '').trim() === '' && this.#at < this.#lines.length) this.#at += 1;
    const tree = this.#kindAt() === 'tree' ? this.#block() : null;
    if (tree === null) {
      this.#fail(
        this.#at + 1,
        `The calls of line ${block.line} need their tree. Write a block \`\`\`tree right behind them.`,
      );
    }
    const expected = parseTree(tree.body, (at, why) => this.#fail(tree.line + 1 + at, why));
    return { is: 'step', ...told, calls, tree: expected };
  }

  #question(block: Block): Question {
    const question = parseQuestion(block.body, (at, why) => this.#fail(block.line + 1 + at, why));
    const { answer } = question;
    for (const name of answer.by === 'handle' ? answer.handles : [answer.on]) {
      if (this.#named.has(name)) continue;
      this.#fail(block.line, `No call above gives the name ${name}. Write one of ${[...this.#named].join(', ')}.`);
    }
    return question;
  }

  #calls(block: Block): readonly LessonCall[] {
    const calls = block.body.flatMap((text, at) => {
      if (text.trim() === '' || text.trim().startsWith('//')) return [];
      const line = block.line + 1 + at;
      try {
        const call = parseCallLine(text);
        if (call.is === 'call' && call.name !== null) this.#named.add(call.name);
        return [{ ...call, line }];
      } catch (error) {
        return this.#fail(line, error instanceof SyntaxError ? error.message : String(error));
      }
    });
    if (calls.length === 0)
      this.#fail(block.line, 'A step needs a call. Write one, as root = InternetOpen("lesson/1.0").');
    return calls;
  }

  #fail(line: number, sentence: string): never {
    throw new LessonError(this.#file, line, sentence);
  }
}

/** The last heading that stands in no fenced block, and what is before and behind it. */
function splitHeading(text: string): Pick<Told, 'heading' | 'remark' | 'prose'> {
  const lines = text.split('\n');
  const fence = new Fence();
  let last = -1;
  for (const [at, line] of lines.entries()) {
    if (!fence.holds(line) && /^## /.test(line)) last = at;
  }
  if (last === -1) return { heading: null, remark: '', prose: text };
  const part = (from: number, to: number) => lines.slice(from, to).join('\n').trim();
  return { heading: (lines[last] ?? '').slice(3).trim(), remark: part(0, last), prose: part(last + 1, lines.length) };
}

/** Knows, line after line, whether a fenced block of Markdown is open. */
class Fence {
  #mark: string | null = null;

  get isOpen(): boolean {
    return this.#mark !== null;
  }

  /** Does this line belong to a fenced block? */
  holds(line: string): boolean {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1] ?? null;
    if (this.#mark === null) {
      this.#mark = mark;
      return mark !== null;
    }
    if (mark?.startsWith(this.#mark)) this.#mark = null;
    return true;
  }
}
