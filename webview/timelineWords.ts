import * as l10n from '@vscode/l10n';
import type { Decoded } from '../extension/shared/codes/decoded.ts';
import { decodeWire } from '../extension/shared/codes/wireWords.ts';
import {
  decodeArgument,
  decodeError,
  decodeInformation,
  decodeResult,
  decodeStatus,
} from '../extension/shared/decode.ts';
import { formatBytes, formatDuration, formatHandleValue, printable } from '../extension/shared/format.ts';
import { functionRow, type HandleKind, kindRow } from '../extension/shared/hierarchy.ts';
import type { HandleTree } from '../extension/shared/model.ts';
import type { Hit } from './timelineHit.ts';
import type { Lane, Span } from './timelineModel.ts';

/** What the timeline says of a handle, a call, a status, a line of the dialogue or bytes. */

/** What is told of the thing under the pointer or the keyboard. */
export interface HitWords {
  /** All in one line. */
  readonly sentence: string;
  /** The codes in it, each with what it means; those that explain themselves are left out. */
  readonly explanations: readonly Decoded[];
}

/** A lane's name for a screen reader. */
export function laneName(lane: Lane): string {
  const parts = [lane.fn, kindRow(lane.kind).title, formatHandleValue(lane.value), printable(lane.target, 80)];
  parts.push(lane.spans.length === 1 ? l10n.t('1 call') : l10n.t('{0} calls', lane.spans.length));
  if (lane.closed !== null) parts.push(l10n.t('closed at {0}', formatDuration(lane.closed.at)));
  return parts.filter((part) => part !== '').join(', ');
}

/** A call in words, as `HttpSendRequest, succeeded after 12.4 ms, at 3.2 ms`. */
export function callName(span: Span, now: number): string {
  return [span.fn, outcome(span, now), l10n.t('at {0}', formatDuration(span.from))].join(', ');
}

/** What is known of the thing under the pointer or the keyboard, on the lane of a handle of this kind. */
export function hitWords(hit: Hit, kind: HandleKind, tree: HandleTree, now: number): HitWords {
  switch (hit.is) {
    case 'call':
      return callWords(hit.span, tree, now);
    case 'status': {
      const told = decodeInformation(hit.tick, tree);
      return wordsOf([[decodeStatus(hit.tick.code), ...(told === null ? [] : [told])]], hit.tick.t);
    }
    case 'wire': {
      const arrow = { text: hit.wire.direction === 'out' ? '→' : '←', explanation: '' };
      const [first = [], ...lines] = decodeWire(hit.wire, kind);
      return wordsOf([[arrow, { text: ' ', explanation: '' }, ...first], ...lines], hit.wire.t, '');
    }
    case 'bytes': {
      const { direction, count, t } = hit.bytes;
      const text =
        direction === 'in' ? l10n.t('{0} received', formatBytes(count)) : l10n.t('{0} sent', formatBytes(count));
      return wordsOf([[{ text, explanation: '' }]], t);
    }
  }
}

function callWords(span: Span, tree: HandleTree, now: number): HitWords {
  const { parameters } = functionRow(span.fn);
  const args = span.args.map((value, index) => decodeArgument(span.fn, index, value, tree));
  const list = args.map((pieces, index) => `${parameters[index] ?? ''}: ${pieces.map(({ text }) => text).join(' | ')}`);
  const result =
    span.to !== null && span.error === null ? decodeResult(span.fn, span.args, span.result, tree) : undefined;
  const call = `${span.fn}(${list.join(', ')})${result === undefined ? '' : ` → ${result.text}`}`;
  const codes = [...args.flat(), ...(result === undefined ? [] : [result])];
  if (span.error !== null) codes.push(decodeError(span.error));
  return {
    sentence: [call, outcome(span, now), l10n.t('at {0}', formatDuration(span.from))].join(' · '),
    explanations: [{ text: span.fn, explanation: functionRow(span.fn).summary }, ...explaining(codes)],
  };
}

function wordsOf(lines: readonly (readonly Decoded[])[], t: number, gap = ' · '): HitWords {
  const text = lines.map((line) => line.map((piece) => piece.text).join(gap)).join(' ⏎ ');
  return {
    sentence: `${printable(text, 600)} · ${l10n.t('at {0}', formatDuration(t))}`,
    explanations: explaining(lines.flat()),
  };
}

/** Each code once, in its order. */
function explaining(codes: readonly Decoded[]): readonly Decoded[] {
  const found = new Map(codes.filter(({ explanation }) => explanation !== '').map((code) => [code.text, code]));
  return [...found.values()];
}

function outcome(span: Span, now: number): string {
  if (span.to === null) {
    const time = formatDuration(now - span.from);
    return span.pendingFrom === null ? l10n.t('running for {0}', time) : l10n.t('pending for {0}', time);
  }
  const time = formatDuration(span.to - span.from);
  if (span.error !== null) return l10n.t('failed with {0} after {1}', span.error, time);
  return l10n.t('succeeded after {0}', time);
}
