/** One line of Wine's debug output, as `6934.032:0020:0024:trace:wininet:InternetCloseHandle 0000000000000003`. */
export interface LogLine {
  /** In microseconds since the system's start; null where the log has no time stamps (+timestamp). */
  readonly time: number | null;
  /** Process, as it is printed; empty where the log does not tell it (+pid). */
  readonly pid: string;
  /** Thread, as it is printed; empty where the log does not tell it. */
  readonly tid: string;
  readonly channel: string;
  /** The function inside Wine that wrote the line. */
  readonly writer: string;
  /** What it wrote, with the blanks in front that some continuations have. */
  readonly text: string;
  /** The whole line. */
  readonly source: string;
}

// Newer Wines write the place in Wine's source in front of the function, and the address of the caller (+address) before that; some
// count microseconds.
const LINE =
  /^(?:(\d{1,12})\.(\d{3}(?:\d{3})?):)?(?:([0-9a-f]{2,8}):)?(?:([0-9a-f]{2,8}):)?(?:(?:0x)?[0-9a-f]{8,16}:)?(?:trace|warn|err|fixme):(\w+):(?:[\w.-]+:\d+:)?([A-Za-z_]\w*)(?: (.*))?$/;

// The relay channel writes what is called, without a class and its own name.
const RELAY =
  /^(?:(\d{1,12})\.(\d{3}(?:\d{3})?):)?(?:([0-9a-f]{2,8}):)?(?:([0-9a-f]{2,8}):)?(Call|Ret |Starting) ?([\w.]+)(.*)$/;

// What the program prints without ending its line stands in front of Wine's, which always begins with a thread of four digits.
const BEHIND_TEXT =
  /(?:\d+\.\d{3,6}:)?(?:[0-9a-f]{4}:){1,2}(?:(?:(?:0x)?[0-9a-f]{8,16}:)?(?:trace|warn|err|fixme):\w+:[\w.]|(?:Call|Ret ) ?\w+\.\w+\()/;

/** Reads a line; null where it is none of Wine's: what the program itself prints stands in the same log. */
export function readLogLine(line: string): LogLine | null {
  const start = line.search(BEHIND_TEXT);
  const own = start > 0 ? line.slice(start) : line;
  const relay = RELAY.exec(own);
  const found = relay ?? LINE.exec(own);
  if (found === null) return null;
  const [, seconds, fraction = '', first = '', second = ''] = found;
  const [what = '', writer = '', rest = ''] = found.slice(5);
  const [channel, text] = relay === null ? [what, rest] : ['relay', `${what.trim()} ${rest}`];
  const time = seconds === undefined ? null : Number(seconds) * 1_000_000 + Number(fraction.padEnd(6, '0'));
  // A number alone is the thread: Wine leaves the process out first.
  const [pid, tid] = second === '' ? ['', first] : [first, second];
  return { time, pid, tid, channel, writer, text, source: line };
}
