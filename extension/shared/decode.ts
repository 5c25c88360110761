import { type Decoded, plain } from './codes/decoded.ts';
import { httpStatusMeaning } from './codes/httpStatuses.ts';
import { CONSTANT_MEANINGS } from './constantMeanings.ts';
import { constantName } from './constantNames.ts';
import * as constants from './constants.ts';
import { type ErrorSymbol, errorCode, errorMeaning, errorRemedy, errorSymbol } from './errorCodes.ts';
import { formatHandleValue, printable } from './format.ts';
import { type FunctionName, functionRow, kindRow } from './hierarchy.ts';
import type { RecordedValue, Status } from './journal.ts';
import type { HandleTree } from './model.ts';
import { NOT_LOGGED } from './notLogged.ts';
import { optionRow } from './optionTable.ts';
import { QUERY_ATTRIBUTE_HEADERS } from './queryAttributes.ts';
import { REFUSED_OPTIONS } from './refusedOptions.ts';
import { STATUS_ROWS } from './statusTable.ts';

/** Numbers of a journal in WinINet's own names, with what they mean. */

/** How a number is made up: of flags, or one of several values. */
type Coding =
  | { readonly is: 'flags'; readonly prefixes: readonly string[] }
  | { readonly is: 'value'; readonly prefix: string }
  | { readonly is: 'option' | 'infoLevel' | 'error' | 'modifiers' };

const INTERNET_FLAGS: Coding = { is: 'flags', prefixes: ['INTERNET_FLAG_', 'WININET_API_FLAG_'] };
const FTP_FLAGS: Coding = { is: 'flags', prefixes: ['FTP_TRANSFER_TYPE_', 'INTERNET_FLAG_'] };

/** What the numbers of a parameter are, for those functions that share its meaning. */
const CODINGS: Readonly<Record<string, Coding>> = {
  dwAccessType: { is: 'value', prefix: 'INTERNET_OPEN_TYPE_' },
  dwService: { is: 'value', prefix: 'INTERNET_SERVICE_' },
  nServerPort: { is: 'value', prefix: 'INTERNET_DEFAULT_' },
  dwAccess: { is: 'flags', prefixes: ['GENERIC_'] },
  dwMoveMethod: { is: 'value', prefix: 'FILE_' },
  dwModifiers: { is: 'modifiers' },
  dwInfoLevel: { is: 'infoLevel' },
  dwOption: { is: 'option' },
  dwError: { is: 'error' },
  dwFlags: INTERNET_FLAGS,
  dwInternetFlags: INTERNET_FLAGS,
};

/** Functions whose dwFlags are others. */
const FLAGS_OF: Readonly<Partial<Record<FunctionName, Coding>>> = {
  FtpOpenFile: FTP_FLAGS,
  FtpGetFile: FTP_FLAGS,
  FtpPutFile: FTP_FLAGS,
  FtpCommand: FTP_FLAGS,
  InternetReadFileEx: { is: 'flags', prefixes: ['IRF_'] },
  HttpSendRequestEx: { is: 'flags', prefixes: ['HSR_'] },
  HttpEndRequest: { is: 'flags', prefixes: ['HSR_'] },
  InternetSetOptionEx: { is: 'flags', prefixes: ['ISO_'] },
  InternetErrorDlg: { is: 'flags', prefixes: ['FLAGS_ERROR_UI_'] },
  InternetCrackUrl: { is: 'flags', prefixes: ['ICU_'] },
  InternetCreateUrl: { is: 'flags', prefixes: ['ICU_'] },
  InternetCanonicalizeUrl: { is: 'flags', prefixes: ['ICU_'] },
  InternetCombineUrl: { is: 'flags', prefixes: ['ICU_'] },
  InternetGetCookieEx: { is: 'flags', prefixes: ['INTERNET_COOKIE_'] },
  InternetSetCookieEx: { is: 'flags', prefixes: ['INTERNET_COOKIE_'] },
};

/** An argument of a call, piece by piece. */
export function decodeArgument(
  fn: FunctionName,
  index: number,
  value: RecordedValue,
  tree: HandleTree,
): readonly Decoded[] {
  const parameter = functionRow(fn).parameters[index] ?? '';
  const coding = (parameter === 'dwFlags' ? FLAGS_OF[fn] : undefined) ?? CODINGS[parameter];
  if (typeof value === 'number' && coding !== undefined) return decodeNumber(coding, value);
  return [standsForObject(parameter, value) ? plain(value.replace(/^1 bytes$/, '1 byte')) : decodeValue(value, tree)];
}

/** How buffers and functions are recorded: by their sizes and names. That is no text which a program has passed. */
const RECORDED_OBJECT = /^(?:\d+ bytes|dwBuffer(?:Total|Length) \d+.*|function .*)$/;

function standsForObject(parameter: string, value: RecordedValue): value is string {
  if (typeof value !== 'string' || !/^lp(?:Buffer|Optional|fn)/.test(parameter)) return false;
  return RECORDED_OBJECT.test(value);
}

/** A result or an argument that needs no names. */
export function decodeValue(value: RecordedValue, tree: HandleTree): Decoded {
  if (value === null) return plain('NULL');
  if (value === NOT_LOGGED) return { text: value, explanation: 'The log from which this was read does not tell it.' };
  if (typeof value === 'string') return plain(`"${printable(value, 512)}"`);
  return typeof value === 'object' ? decodeHandle(value.handle, tree) : plain(String(value));
}

/** A status, as `RECEIVING_RESPONSE (40)`. */
export function decodeStatus(code: number): Decoded {
  const row = STATUS_ROWS.find((one) => one.code === code);
  if (row === undefined) return plain(String(code));
  return { text: `${row.name.replace('INTERNET_STATUS_', '')} (${code})`, explanation: row.summary };
}

/**
 * What a call returned, or null where it failed.
 * @param args of the call: they say what the result is
 */
export function decodeResult(
  fn: FunctionName,
  args: readonly RecordedValue[],
  result: RecordedValue,
  tree: HandleTree,
): Decoded {
  const level = args[1];
  if (fn === 'HttpQueryInfo' && typeof level === 'number' && isStatusCode(level)) {
    const status = decodeHttpStatus(Number(result));
    if (status.explanation !== '') return status;
  }
  return decodeValue(result, tree);
}

/** What a status carried. */
export function decodeInformation(
  { code, information }: Pick<Status, 'code' | 'information'>,
  tree: HandleTree,
): Decoded | null {
  if (information === null) return null;
  if (typeof information === 'number') return decodeCount(code, information);
  if (typeof information !== 'object' || 'handle' in information) return decodeValue(information, tree);
  const { result, error } = information;
  const told = typeof result === 'number' ? plain(String(result)) : decodeHandle(result.handle, tree);
  if (error === 'ERROR_SUCCESS') return { text: `dwResult ${told.text}`, explanation: told.explanation };
  return {
    text: `dwResult ${told.text}, dwError ${decodeError(error).text}`,
    explanation: decodeError(error).explanation,
  };
}

function decodeCount(code: number, information: number): Decoded {
  if (code === constants.INTERNET_STATUS_INTERMEDIATE_RESPONSE) return decodeHttpStatus(information);
  if (code !== constants.INTERNET_STATUS_STATE_CHANGE) return plain(String(information));
  const flags = decodeFlags(['INTERNET_STATE_'], information);
  const explanation = flags.map((flag) => flag.explanation).join(' ');
  return { text: flags.map(({ text }) => text).join(' | '), explanation };
}

function decodeHttpStatus(status: number): Decoded {
  return { text: String(status), explanation: httpStatusMeaning(status) };
}

function isStatusCode(level: number): boolean {
  return (level & constants.HTTP_QUERY_HEADER_MASK) >>> 0 === constants.HTTP_QUERY_STATUS_CODE;
}

/** An error, as `ERROR_INTERNET_TIMEOUT (12002)`, with what it means and what to do. */
export function decodeError(symbol: ErrorSymbol): Decoded {
  const [meaning, remedy] = [errorMeaning(symbol), errorRemedy(symbol)];
  const explanation = meaning === remedy ? meaning : `${meaning} ${remedy}`;
  return { text: `${symbol} (${errorCode(symbol)})`, explanation };
}

function decodeNumber(coding: Coding, value: number): readonly Decoded[] {
  switch (coding.is) {
    case 'flags':
      return decodeFlags(coding.prefixes, value);
    case 'value': {
      const name = constantName(coding.prefix, value);
      return [name === undefined ? plain(String(value)) : { text: `${name} (${value})`, explanation: meaningOf(name) }];
    }
    case 'option': {
      const row = optionRow(value);
      const name = row?.name ?? constantName('INTERNET_OPTION_', value);
      return [
        name === undefined
          ? plain(String(value))
          : { text: `${name} (${value})`, explanation: row?.summary ?? REFUSED_OPTIONS.get(value)?.reason ?? '' },
      ];
    }
    case 'error': {
      const symbol = errorSymbol(value);
      return [symbol === undefined ? plain(String(value)) : decodeError(symbol)];
    }
    case 'infoLevel':
      return decodeInfoLevel(value);
    case 'modifiers': {
      const index = value & 0xffff;
      const flags = decodeFlags(['HTTP_ADDREQ_FLAG_'], (value & ~0xffff) >>> 0);
      return index === 0 ? flags : [...flags, plain(`index ${index}`)];
    }
  }
}

/** The flags of a number by their names; what no name is known for stands last, in hexadecimal. */
function decodeFlags(prefixes: readonly string[], value: number): readonly Decoded[] {
  if (value === 0) return [plain('0')];
  const found: Decoded[] = [];
  let rest = value >>> 0;
  for (let bit = 1; bit <= 0x80000000 && rest !== 0; bit *= 2) {
    if ((rest & bit) === 0) continue;
    const name = prefixes.map((prefix) => constantName(prefix, bit)).find((one) => one !== undefined);
    if (name === undefined) continue;
    rest = (rest & ~bit) >>> 0;
    found.push({ text: name, explanation: meaningOf(name) });
  }
  if (rest !== 0) found.push(plain(`0x${rest.toString(16).toUpperCase()}`));
  return found;
}

function decodeInfoLevel(value: number): readonly Decoded[] {
  const attribute = (value & constants.HTTP_QUERY_HEADER_MASK) >>> 0;
  const header = QUERY_ATTRIBUTE_HEADERS.get(attribute);
  const name = constantName('HTTP_QUERY_', attribute) ?? String(attribute);
  const explanation = header === undefined ? meaningOf(name) : `The header ${header}.`;
  const modifiers = (value & ~constants.HTTP_QUERY_HEADER_MASK) >>> 0;
  return [{ text: name, explanation }, ...(modifiers === 0 ? [] : decodeFlags(['HTTP_QUERY_FLAG_'], modifiers))];
}

function decodeHandle(serial: number, tree: HandleTree): Decoded {
  const node = tree.nodes.get(serial);
  if (node === undefined) return plain(`handle no. ${serial}`);
  const explanation = `${kindRow(node.kind).title}, returned by ${node.fn}: ${printable(node.target, 200)}`;
  return { text: formatHandleValue(node.value), explanation };
}

function meaningOf(name: string): string {
  return CONSTANT_MEANINGS[name] ?? '';
}
