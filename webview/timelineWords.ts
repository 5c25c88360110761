import * as l10n from '@vscode/l10n';
import { constantName } from '../extension/shared/constantNames.ts';
import { formatDuration, formatHandleValue, printable } from '../extension/shared/format.ts';
import { functionRow, kindRow } from '../extension/shared/hierarchy.ts';
import type { RecordedValue } from '../extension/shared/journal.ts';
import type { Hit } from './timelineLayout.ts';
import type { Lane, Span, TimelineModel } from './timelineModel.ts';

/** What the timeline says of a handle, a call, a status or a line of the dialogue. */

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

/** What is known of the thing under the pointer or the keyboard. */
export function hitSentence(hit: Hit, model: TimelineModel, now: number): string {
  switch (hit.is) {
    case 'call': {
      const { span } = hit;
      const done = span.to !== null && span.error === null;
      const result = done ? ` → ${valueText(span.result, model)}` : '';
      const call = `${span.fn}(${argumentsText(span, model)})${result}`;
      return `${call} · ${outcome(span, now)} · ${l10n.t('at {0}', formatDuration(span.from))}`;
    }
    case 'status': {
      const name = constantName('INTERNET_STATUS_', hit.tick.code) ?? l10n.t('status {0}', hit.tick.code);
      return `${name} (${hit.tick.code}) · ${l10n.t('at {0}', formatDuration(hit.tick.t))}`;
    }
    case 'wire': {
      const { direction, text, t: at } = hit.wire;
      const lines = printable(text.trim().replaceAll(/\r?\n/g, ' ⏎ '), 600);
      return `${direction === 'out' ? '→' : '←'} ${lines} · ${l10n.t('at {0}', formatDuration(at))}`;
    }
  }
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

function argumentsText(span: Span, model: TimelineModel): string {
  const { parameters } = functionRow(span.fn);
  return span.args.map((value, index) => `${parameters[index] ?? ''}: ${valueText(value, model)}`).join(', ');
}

function valueText(value: RecordedValue, model: TimelineModel): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return `"${printable(value, 80)}"`;
  if (typeof value !== 'object') return String(value);
  const lane = model.lane(value.handle);
  return lane === undefined ? l10n.t('handle no. {0}', value.handle) : formatHandleValue(lane.value);
}
