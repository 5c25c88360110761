import { formatBytes } from '../format.ts';
import { looksForBytes, readsBytes } from '../hierarchy.ts';
import type { CallBegin, CallEnd, Entry, Wire } from '../journal.ts';
import { isReadToItsEnd } from '../leaks.ts';
import { named } from './naming.ts';
import { type Finding, NOTHING, type Rule, type World } from './rule.ts';

/** What is known of a body that is being read. */
interface Reading {
  /** Bytes that came, as the program got them. */
  came: number;
  /** How many of them had come when the last read began. */
  before: number;
  /** How long the server says it is; null where it does not, or the bytes are decoded. */
  announced: number | null;
  /** The last read. */
  call: number | null;
  /** It got all it had room for: there may be more. */
  full: boolean;
  /** Reads that have not ended: who closes then wants to stop them. */
  running: number;
  /** The program moves about in the body, or asked for a part of it, or was stopped: it knows what it leaves. */
  deliberate: boolean;
}

/** Bytes of a buffer that nobody takes for a whole body: who reads so little looks at its beginning. */
const PEEK = 256;

/** Read loops that end before the body does. */
export class ReadStoppedEarly implements Rule {
  readonly #readings = new Map<number, Reading>();

  read(entry: Entry, world: World): readonly Finding[] {
    switch (entry.type) {
      case 'wire':
        this.#head(entry);
        break;
      case 'call-begin':
        if (readsBytes(entry.fn) && entry.handle !== null) {
          const reading = this.#of(entry.handle);
          reading.running += 1;
          reading.before = reading.came;
        }
        break;
      case 'bytes':
        if (entry.direction === 'in') this.#of(entry.serial).came += entry.count;
        break;
      case 'call-end':
        this.#ended(entry, world.call(entry.call));
        break;
      case 'handle-close': {
        const reading = this.#readings.get(entry.serial);
        this.#readings.delete(entry.serial);
        return reading === undefined || entry.reason === 'failed' ? NOTHING : judge(entry.serial, reading, world);
      }
      default:
    }
    return NOTHING;
  }

  #of(serial: number): Reading {
    const before = this.#readings.get(serial);
    if (before !== undefined) return before;
    const begun: Reading = {
      came: 0,
      before: 0,
      announced: null,
      call: null,
      full: false,
      running: 0,
      deliberate: false,
    };
    this.#readings.set(serial, begun);
    return begun;
  }

  /** The head of an answer begins its body. */
  #head({ serial, direction, text }: Wire): void {
    if (direction !== 'in' || !text.startsWith('HTTP/')) return;
    const length = /^content-length:\s*(\d+)\s*$/im.exec(text)?.[1];
    const coded = /^content-encoding:/im.test(text);
    const announced = length === undefined || coded ? null : Number(length);
    this.#readings.set(serial, {
      came: 0,
      before: 0,
      announced,
      call: null,
      full: false,
      running: 0,
      deliberate: false,
    });
  }

  #ended({ call, error, result }: CallEnd, begin: CallBegin | undefined): void {
    if (begin === undefined || begin.handle === null) return;
    const { fn, handle, args } = begin;
    if (readsBytes(fn)) {
      const reading = this.#of(handle);
      const room = roomOf(args[1]);
      reading.running -= 1;
      reading.call = call;
      // InternetReadFileEx and what pends do not return how many bytes they got.
      reading.full = room !== null && room > 0 && reading.came - reading.before === room;
      if (error !== undefined || (room !== null && room < PEEK)) reading.deliberate = true;
    } else if (fn === 'InternetSetFilePointer' || (looksForBytes(fn) && error !== undefined)) {
      this.#of(handle).deliberate = true;
      // Who knows how long a file is may stop there.
    } else if (fn === 'FtpGetFileSize' && typeof result === 'number') this.#of(handle).announced = result;
  }
}

/** How many bytes a read had room for. */
function roomOf(buffer: unknown): number | null {
  // A buffer, or an INTERNET_BUFFERS.
  const [, bytes, length] = /^(\d+) bytes$|\bdwBufferLength (\d+)/.exec(String(buffer)) ?? [];
  const room = bytes ?? length;
  return room === undefined ? null : Number(room);
}

function judge(serial: number, reading: Reading, { tree }: World): readonly Finding[] {
  const { came, announced, call, full, running, deliberate } = reading;
  const node = tree.nodes.get(serial);
  if (node === undefined || call === null || deliberate || running > 0 || came === 0 || isReadToItsEnd(node))
    return NOTHING;
  if (announced === null ? !full : came >= announced) return NOTHING;
  const rest =
    announced === null
      ? `after ${formatBytes(came)}, when the last read had filled its buffer`
      : `after ${came} of ${announced} bytes`;
  const text = `${named(node)} was closed ${rest}: no read had returned 0, so its end had not come.`;
  return [{ topic: 'read-stopped-early', serial, call, text }];
}
