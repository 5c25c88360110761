import {
  HTTP_QUERY_FLAG_REQUEST_HEADERS,
  HTTP_QUERY_HEADER_MASK,
  HTTP_QUERY_RAW_HEADERS,
  HTTP_QUERY_RAW_HEADERS_CRLF,
  HTTP_QUERY_STATUS_CODE,
  HTTP_QUERY_STATUS_TEXT,
} from '../constants.ts';
import { bringsAnswer } from '../hierarchy.ts';
import type { CallBegin, Entry, Wire } from '../journal.ts';
import { named } from './naming.ts';
import { type Finding, NOTHING, type Rule, type World } from './rule.ts';

/** An answer that the program has. */
interface Answer {
  /** The call that received it; null while none has. */
  readonly call: number | null;
  /** As `404 Not Found`; null before it has come. */
  line: string | null;
  /** The program knows the status. */
  asked: boolean;
  read: boolean;
}

/** HTTP_QUERY_* that tell how the request went. */
const TELLING: ReadonlySet<number> = new Set([
  HTTP_QUERY_STATUS_CODE,
  HTTP_QUERY_STATUS_TEXT,
  HTTP_QUERY_RAW_HEADERS,
  HTTP_QUERY_RAW_HEADERS_CRLF,
]);

/** Bodies of 4xx and 5xx answers that were read by programs which never asked for the status. */
export class StatusNotChecked implements Rule {
  readonly #answers = new Map<number, Answer>();

  read(entry: Entry, world: World): readonly Finding[] {
    switch (entry.type) {
      case 'call-begin':
        this.#called(entry);
        break;
      case 'wire':
        this.#head(entry, world);
        break;
      case 'bytes':
        if (entry.direction === 'in') this.#set(entry.serial, { read: true });
        break;
      case 'handle-close': {
        const answer = this.#answers.get(entry.serial);
        this.#answers.delete(entry.serial);
        return answer === undefined ? NOTHING : judge(entry.serial, answer, world);
      }
      case 'end':
        return [...this.#answers].flatMap(([serial, answer]) => judge(serial, answer, world));
      default:
    }
    return NOTHING;
  }

  #called({ call, fn, handle, args }: CallBegin): void {
    if (handle === null) return;
    if (bringsAnswer(fn)) this.#answers.set(handle, { call, line: null, asked: false, read: false });
    else if (fn === 'InternetErrorDlg') {
      for (const arg of args) if (typeof arg === 'object' && arg !== null) this.#set(arg.handle, { asked: true });
    } else if (fn === 'HttpQueryInfo' && typeof args[1] === 'number' && tellsStatus(args[1])) {
      this.#set(handle, { asked: true });
    }
  }

  #head({ serial, direction, text }: Wire, { tree }: World): void {
    const line = direction === 'in' ? /^HTTP\/\S+ ([2-5]\d\d[^\r\n]*)/.exec(text)?.[1] : undefined;
    if (line === undefined) return;
    const { call } = this.#answers.get(serial) ?? { call: tree.nodes.get(serial)?.call ?? null };
    this.#answers.set(serial, { call, line: line.trim(), asked: false, read: false });
  }

  #set(serial: number, change: Partial<Answer>): void {
    const answer = this.#answers.get(serial);
    if (answer !== undefined) Object.assign(answer, change);
  }
}

function tellsStatus(level: number): boolean {
  return (level & HTTP_QUERY_FLAG_REQUEST_HEADERS) === 0 && TELLING.has((level & HTTP_QUERY_HEADER_MASK) >>> 0);
}

function judge(serial: number, { call, line, asked, read }: Answer, { tree }: World): readonly Finding[] {
  const node = tree.nodes.get(serial);
  if (node === undefined || line === null || line < '4' || asked || !read) return NOTHING;
  const text = `The server answered ${line}, and the body of ${named(node)} was read without asking for the status.`;
  return [{ topic: 'status-not-checked', serial, call, text }];
}
