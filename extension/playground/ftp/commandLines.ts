/** One line of the control connection: a command, or the report that a line was too long to keep. */
export type CommandLine =
  | { readonly kind: 'command'; readonly verb: string; readonly argument: string }
  | { readonly kind: 'too-long' };

/** Longest command line in bytes. */
export const LINE_LIMIT = 8 * 1024;

const LF = 0x0a;
const CR = 0x0d;
const IAC = 0xff;
const FIRST_NEGOTIATION = 0xfb;

/** Cuts the bytes of a control connection into commands, wherever the network has split them. */
export class CommandLines {
  readonly #line: number[] = [];
  #overflow = false;
  #telnet: 'text' | 'command' | 'option' = 'text';

  /** Takes the next bytes and returns the lines they complete. */
  push(bytes: Uint8Array): CommandLine[] {
    const lines: CommandLine[] = [];
    for (const byte of bytes) {
      if (this.#isTelnet(byte)) {
        continue;
      }
      if (byte === LF) {
        lines.push(this.#take());
      } else if (this.#line.length < LINE_LIMIT) {
        this.#line.push(byte);
      } else {
        this.#overflow = true;
      }
    }
    return lines;
  }

  // RFC 959, 4.1.3 lets clients precede ABOR by Telnet signals: IAC and a code, or IAC, a negotiation and its option.
  #isTelnet(byte: number): boolean {
    if (this.#telnet === 'option') {
      this.#telnet = 'text';
      return true;
    }
    if (this.#telnet === 'command') {
      this.#telnet = byte >= FIRST_NEGOTIATION && byte < IAC ? 'option' : 'text';
      return byte !== IAC;
    }
    this.#telnet = byte === IAC ? 'command' : 'text';
    return byte === IAC;
  }

  #take(): CommandLine {
    const bytes = Buffer.from(this.#line);
    const overflow = this.#overflow;
    this.#line.length = 0;
    this.#overflow = false;
    if (overflow) {
      return { kind: 'too-long' };
    }
    const text = decode(bytes.at(-1) === CR ? bytes.subarray(0, -1) : bytes);
    const space = text.indexOf(' ');
    const verb = space < 0 ? text : text.slice(0, space);
    // Everything after the first space belongs to the argument: names may begin and end with spaces.
    return { kind: 'command', verb: verb.toUpperCase(), argument: space < 0 ? '' : text.slice(space + 1) };
  }
}

// RFC 2640 asks for UTF-8; clients that know only one-byte letters are understood as Latin-1.
function decode(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.includes('\u{fffd}') ? bytes.toString('latin1') : text;
}
