import { constantName } from '../constantNames.ts';
import { decodeArgument } from '../decode.ts';
import { functionRow } from '../hierarchy.ts';
import type { RecordedValue } from '../journal.ts';
import { emptyTree } from '../model.ts';
import { NOT_LOGGED } from '../notLogged.ts';
import type { Translate } from '../stepSentence.ts';
import type { ComparedCall } from './comparedCall.ts';
import { comparableArguments, comparableResult, valuesAgree } from './comparedValues.ts';
import type { Divergence } from './divergence.ts';
import type { HandlePairs } from './handlePairs.ts';
import { isRead } from './readsOfOneBody.ts';

type Found = Omit<Divergence, 'row'>;

/** In what two calls differ that stand for each other. */
export function callsDiffer(left: ComparedCall, right: ComparedCall, handles: HandlePairs, t: Translate): Found[] {
  return [
    ...handleDiffers(left, right, handles, t),
    ...(isRead(left) ? [] : argumentsDiffer(left, right, handles, t)),
    ...endsDiffer(left, right, t),
  ];
}

/** In what two calls differ behind their beginning: how they ended, and what callbacks told of them. */
export function endsDiffer(left: ComparedCall, right: ComparedCall, t: Translate): Found[] {
  if (left.outlived || right.outlived) return [];
  return [...outcomeDiffers(left, right, t), ...callbacksDiffer(left, right, t)];
}

function handleDiffers(left: ComparedCall, right: ComparedCall, handles: HandlePairs, t: Translate): Found[] {
  if (handles.match(left.handle, right.handle)) return [];
  return [{ kind: 'handle', text: t('{0} is called on another handle than on the left.', right.fn) }];
}

function argumentsDiffer(left: ComparedCall, right: ComparedCall, handles: HandlePairs, t: Translate): Found[] {
  const [ours, theirs] = [comparableArguments(left), comparableArguments(right)];
  const { parameters } = functionRow(left.fn);
  return parameters.flatMap((parameter, index): Found[] => {
    const [from, to] = [left.args[index] ?? null, right.args[index] ?? null];
    if (isHandle(from) && isHandle(to)) {
      // The first one is the handle that the call is about.
      if (from.handle === left.handle || handles.match(from.handle, to.handle)) return [];
      return [{ kind: 'argument', text: t('{0} is another handle.', parameter) }];
    }
    if (valuesAgree(ours[index] ?? null, theirs[index] ?? null)) return [];
    const values = [shown(left, index, from), shown(right, index, to)] as const;
    return [{ kind: 'argument', text: t('{0} is {1} on the left and {2} on the right.', parameter, ...values) }];
  });
}

function outcomeDiffers(left: ComparedCall, right: ComparedCall, t: Translate): Found[] {
  if (left.ended !== right.ended) {
    const text = left.ended
      ? t('On the left {0} came to its end, on the right it never did.', left.fn)
      : t('On the right {0} came to its end, on the left it never did.', left.fn);
    return [{ kind: 'result', text }];
  }
  if ([left, right].some(({ result }) => result === NOT_LOGGED)) {
    // What is not known to have failed may have; why it failed may be what the other side tells.
    const known = [left, right].every(({ result, error }) => result !== NOT_LOGGED || error !== null);
    if (!known || (left.error === null) === (right.error === null)) return [];
  }
  if (left.error !== right.error) {
    const outcome = ({ error, result }: ComparedCall): string =>
      error === null ? t('success') : result === NOT_LOGGED ? t('an error that was not logged') : error;
    const text = t('{0} ended with {1} on the left and with {2} on the right.', left.fn, outcome(left), outcome(right));
    return [{ kind: 'error', text }];
  }
  const [from, to] = isRead(left) ? [left.bytes, right.bytes] : [comparableResult(left), comparableResult(right)];
  if (typeof from !== typeof to || from === to) return [];
  return [{ kind: 'result', text: t('The result is {0} on the left and {1} on the right.', String(from), String(to)) }];
}

/** Only what both sides were told can be compared, and how often a piece came says nothing. */
function callbacksDiffer(left: ComparedCall, right: ComparedCall, t: Translate): Found[] {
  if (left.statuses.length === 0 || right.statuses.length === 0) return [];
  const [ours, theirs] = [left.statuses.filter(isNews), right.statuses.filter(isNews)];
  const place = ours.findIndex((code, index) => code !== theirs[index]);
  const at = place === -1 ? ours.length : place;
  if (at === ours.length && at === theirs.length) return [];
  const name = (code: number | undefined): string =>
    code === undefined ? t('nothing more') : (constantName('INTERNET_STATUS_', code) ?? String(code));
  const text = t(
    'As callback no. {0} comes {1} on the left and {2} on the right.',
    at + 1,
    name(ours[at]),
    name(theirs[at]),
  );
  return [{ kind: 'callbacks', text }];
}

function isNews(code: number, index: number, codes: readonly number[]): boolean {
  return codes.indexOf(code) === index;
}

function isHandle(value: RecordedValue): value is { readonly handle: number } {
  return typeof value === 'object' && value !== null;
}

function shown({ fn }: ComparedCall, index: number, value: RecordedValue): string {
  return decodeArgument(fn, index, value, emptyTree())
    .map(({ text }) => text)
    .join(' | ');
}
