import type { Header } from './requestHeaders.ts';

/** One scheme that a server or proxy offers to be convinced with (RFC 9110 11.3). */
export interface AuthenticationChallenge {
  /** In lower case, as `basic`. */
  readonly scheme: string;
  /** By name in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
}

const PART =
  /\s*(?:(?<name>[!#$%&'*+.^_`|~\w-]+)\s*=\s*(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<bare>[^\s,"]+))|(?<scheme>[!#$%&'*+.^_`|~\w-]+)(?:\s+(?<token>[\w.~+/-]+=*)(?=\s*(?:,|$)))?)\s*(?:,|(?=\s)|$)/y;

/** The values of every WWW-Authenticate or Proxy-Authenticate header; each may hold several challenges. What cannot be read is left out. */
export function readChallenges(
  headers: readonly Header[],
  name: 'WWW-Authenticate' | 'Proxy-Authenticate',
): readonly AuthenticationChallenge[] {
  const wanted = name.toLowerCase();
  return headers.filter(([one]) => one.toLowerCase() === wanted).flatMap(([, value]) => readValue(value));
}

/** The parameters of a header such as Authentication-Info, by name in lower case. */
export function readParameters(value: string): ReadonlyMap<string, string> {
  return readValue(`info ${value}`)[0]?.parameters ?? new Map();
}

function readValue(text: string): readonly AuthenticationChallenge[] {
  const challenges: { readonly scheme: string; readonly parameters: Map<string, string> }[] = [];
  for (let at = 0; at < text.length; ) {
    PART.lastIndex = at;
    const found = PART.exec(text);
    if (found === null || PART.lastIndex === at) {
      // Behind what is no challenge another one may follow.
      at = nextPart(text, at);
      continue;
    }
    at = PART.lastIndex;
    const { name, quoted, bare, scheme } = found.groups ?? {};
    const parameters = challenges.at(-1)?.parameters;
    if (scheme !== undefined) challenges.push({ scheme: scheme.toLowerCase(), parameters: new Map() });
    else if (name !== undefined) parameters?.set(name.toLowerCase(), quoted?.replace(/\\(.)/gs, '$1') ?? bare ?? '');
  }
  return challenges;
}

function nextPart(text: string, at: number): number {
  const comma = text.indexOf(',', at);
  return comma === -1 ? text.length : comma + 1;
}
