import { printable } from '../format.ts';
import { optionRow } from '../optionTable.ts';
import type { Argument, CallStep, Secret } from './program.ts';
import { fitsParameter } from './typescriptForms.ts';

/** What the text of an argument brings along. */
export interface Uses {
  /** A name of the library is used. */
  readonly name: (name: string) => string;
  /** A function that the program defines is used. */
  readonly part: (name: 'placeholder' | 'onStatus') => string;
}

/** The arguments of a call in TypeScript. `as never` lets through what the compiler refuses, as the original refused it when called. */
export function typescriptArguments(step: CallStep, uses: Uses): readonly string[] {
  return step.args.map((argument, index) => {
    const text = argumentText(step, argument, uses);
    return fitsParameter(step, argument, index) ? text : `${text} as never`;
  });
}

function argumentText(step: CallStep, argument: Argument, { name, part }: Uses): string {
  switch (argument.is) {
    case 'null':
      return 'null';
    case 'boolean':
      return String(argument.value);
    case 'number':
      return argument.names.length === 0
        ? String(argument.value)
        : argument.names.map((one) => (one.startsWith('0x') ? one : name(one))).join(' | ');
    case 'handle':
      return argument.handle === null ? 'null' : argument.handle.name;
    case 'text':
      return textLiteral(argument.parts);
    case 'texts':
      return `[${argument.texts.map((one) => quoted(one)).join(', ')}]`;
    case 'room':
      return `new Uint8Array(${argument.bytes})`;
    case 'body':
      return `${part('placeholder')}(${argument.bytes})`;
    case 'inOut':
      return step.fn === 'HttpQueryInfo' ? `{ index: ${argument.value} }` : `{ high: ${argument.value} }`;
    case 'callback':
      // The attributes that a Gopher server tells one by one; to go on with the next is the least that it can do.
      return step.fn === 'GopherGetAttribute' ? '() => true' : part('onStatus');
    case 'lock':
      return argument.name;
    case 'buffers':
      return buffersText(step, argument, part);
    case 'record':
      return recordText(step, name);
  }
}

function buffersText(
  { fn }: CallStep,
  { bytes, total }: Argument & { readonly is: 'buffers' },
  part: Uses['part'],
): string {
  if (fn === 'InternetReadFileEx') return `{ lpvBuffer: new Uint8Array(${bytes || 65_536}) }`;
  const fields = [
    ...(bytes === 0 ? [] : [`lpvBuffer: ${part('placeholder')}(${bytes})`]),
    ...(total === null ? [] : [`dwBufferTotal: ${total}`]),
  ];
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

function recordText({ fn, args }: CallStep, name: Uses['name']): string {
  const [first, option] = args;
  if (fn === 'FtpFindFirstFile') return `{} as ${name('WIN32_FIND_DATA')}`;
  if (fn === 'GopherFindFirstFile') return `{} as ${name('GOPHER_FIND_DATA')}`;
  if (fn === 'InternetFindNextFile') {
    const isGopher = first?.is === 'handle' && first.handle?.kind === 'gopher-find';
    return `{} as ${name(isGopher ? 'GOPHER_FIND_DATA' : 'WIN32_FIND_DATA')}`;
  }
  const form = option?.is === 'number' ? optionRow(option.value)?.form : undefined;
  const note = '/* PLACEHOLDER: the journal does not hold it */';
  switch (form) {
    case 'proxy':
      return `{ dwAccessType: ${name('INTERNET_OPEN_TYPE_DIRECT')}, lpszProxy: null, lpszProxyBypass: null } ${note}`;
    case 'version':
      return `{ dwMajorVersion: 1, dwMinorVersion: 1 } ${note}`;
    case 'connections':
      return `{ pszConnection: null, pOptions: [] } ${note}`;
    case 'client-certificate':
      return `{ pfx: new Uint8Array(), passphrase: '' } ${note}`;
    case 'state':
      return `{ dwConnectedState: ${name('INTERNET_STATE_CONNECTED')}, dwFlags: 0 } ${note}`;
    default:
      return '{} as never';
  }
}

/** A text with the secrets that the environment holds. */
function textLiteral(parts: readonly (string | Secret)[]): string {
  if (parts.length === 0) return "''";
  const [first] = parts;
  if (parts.length === 1 && first !== undefined) return typeof first === 'string' ? quoted(first) : variableOf(first);
  const pieces = parts.map((part) => {
    if (typeof part !== 'string') return `\${${variableOf(part)}}`;
    return JSON.stringify(part)
      .slice(1, -1)
      .replaceAll('\\"', '"')
      .replace(/`|\$(?=\{)/g, '\\$&');
  });
  return `\`${pieces.join('')}\``;
}

/**
 * Name of the constant that holds a secret: proxyAuthorization for HINTERNET_PROXY_AUTHORIZATION. What would be a word of a language, or
 * of the program itself, is told apart.
 */
export function variableOf({ variable }: Secret): string {
  const name = variable
    .replace(/^HINTERNET_/, '')
    .toLowerCase()
    .replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return PLAIN.test(name) ? name : `masked${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

/** Names of secrets that mean nothing else in a program. */
const PLAIN =
  /^(?:authorization|proxyAuthorization|cookie|setCookie|xApiKey|xAuthToken|accessToken|apiKey|apikey|auth|clientSecret|code|idToken|key|pass|passwd|password|proxyPassword|pwd|refreshToken|sid|sig|signature|token|userAndPassword)\d*$/;

/** A string literal in single quotes. */
export function quoted(text: string): string {
  return `'${escaped(text).replaceAll("'", "\\'")}'`;
}

/** A text with the escapes of a literal; what would not be seen, or would reorder what is seen, is escaped too. */
function escaped(text: string): string {
  return printable(JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"'), Infinity);
}
