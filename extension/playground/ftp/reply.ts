/** One answer on the control connection. Several lines become a multi-line reply. */
export interface Reply {
  readonly code: number;
  readonly lines: readonly string[];
}

/** A reply of one or more lines. */
export function reply(code: number, ...lines: readonly string[]): Reply {
  return { code, lines };
}

/** A command that cannot be done, with the reply that says so. */
export class Refusal extends Error {
  readonly code: number;

  constructor(code: number, text: string) {
    super(text);
    this.name = 'Refusal';
    this.code = code;
  }
}

/**
 * The bytes of a reply, as RFC 959, 4.2 writes it: `code-` opens, `code ` closes, and lines between them are indented
 * so that none can be taken for the last.
 */
export function formatReply({ code, lines }: Reply): string {
  const [first = '', ...rest] = lines;
  const last = rest.pop();
  if (last === undefined) {
    return `${code} ${first}\r\n`;
  }
  return `${[`${code}-${first}`, ...rest.map((line) => ` ${line}`), `${code} ${last}`].join('\r\n')}\r\n`;
}
