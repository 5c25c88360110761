import { closeSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { threadId } from 'node:worker_threads';
import { checkpoint, emptyTree } from '../shared/model.ts';
import { engineTitle, type ProgramEngine } from '../shared/watchProtocol.ts';
import { writeTrace } from '../sources/traceFile.ts';
import type { LineSink } from './programJournal.ts';

/** Environment variable with the file for a program's journal. */
export const TRACE_VARIABLE = 'HINTERNET_TRACE';
/** Environment variable by which child processes and workers see that the file is taken. */
const OWNER_VARIABLE = 'HINTERNET_TRACE_OWNER';

/** Writes a program's journal into a trace file. */
export class TraceWriter implements LineSink {
  #file: number | null;

  /**
   * Creates the file. Children, workers and further engines of the program that has it write beside it, with their number in the
   * name.
   * @param engine null for the one that every program has
   * Throws what node:fs throws.
   */
  constructor(name: string, program: string, startedAt: Date, engine: ProgramEngine | null) {
    this.#file = openSync(ownName(name, engine), 'w');
    const file = program === '' ? 'Node.js' : path.basename(program);
    const title = engine === null ? file : `${file} (${engineTitle(engine)})`;
    this.write([...writeTrace({ title, program, startedAt }, checkpoint(emptyTree()), [])].join(''));
  }

  get over(): boolean {
    return this.#file === null;
  }

  write(lines: string): void {
    if (this.#file === null) return;
    try {
      const bytes = Buffer.from(lines);
      for (let sent = 0; sent < bytes.length; ) sent += writeSync(this.#file, bytes, sent);
    } catch {
      // As when the disk is full: what was written can be read, and the program goes on.
      this.close();
    }
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }
}

function ownName(name: string, engine: ProgramEngine | null): string {
  const owner = process.env[OWNER_VARIABLE];
  if (owner === undefined) {
    process.env[OWNER_VARIABLE] = String(process.pid);
    // Children that run in another folder write beside it all the same.
    process.env[TRACE_VARIABLE] = path.resolve(name);
  }
  const owns = threadId === 0 && (owner === undefined || owner === String(process.pid));
  if (owns && engine === null) return name;
  const { dir, name: stem, ext } = path.parse(name);
  const thread = threadId === 0 ? '' : `-${threadId}`;
  const parts = [...(owns ? [] : [`${process.pid}${thread}`]), ...(engine === null ? [] : [`engine${engine.number}`])];
  return path.join(dir, `${stem}.${parts.join('-')}${ext}`);
}
