import * as l10n from '@vscode/l10n';
import { DIAGNOSES } from '../extension/shared/diagnoses/explanations.ts';
import { formatHandleValue, printable } from '../extension/shared/format.ts';
import { kindRow } from '../extension/shared/hierarchy.ts';
import type { CloseReason } from '../extension/shared/journal.ts';
import type { HandleNode, HandleTree } from '../extension/shared/model.ts';
import type { Many } from './forest.ts';
import { isAboutGraves, PAGE } from './graves.ts';

/** What tombstones say, and boxes that stand for many. */

/** The words of such a box. */
export interface SideWords {
  /** Three lines, each with what stands at its right end. */
  readonly lines: readonly (readonly [text: string, aside: string])[];
  readonly tooltip: string;
  /** What a screen reader is told. */
  readonly name: string;
  /** Something was done to it after it had closed. */
  readonly marked: boolean;
}

const ORDINAL = new Intl.PluralRules('en', { type: 'ordinal' });
const OWNERS: Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> = {
  one: '{0}st owner',
  two: '{0}nd owner',
  few: '{0}rd owner',
};

/** Which owner of its value a handle is, in words; an empty text for the first. */
export function ownerWords({ generation }: Pick<HandleNode, 'generation'>): string {
  if (generation <= 1) return '';
  return l10n.t(OWNERS[ordinalOf(generation % 100)] ?? '{0}th owner', generation);
}

const ordinals: Intl.LDMLPluralRule[] = [];

/** The last two digits decide, and asking for them takes its time. */
function ordinalOf(digits: number): Intl.LDMLPluralRule {
  ordinals[digits] ??= ORDINAL.select(digits);
  return ordinals[digits];
}

/** A tombstone; `shown`: what it tells of the target. */
export function graveWords(node: HandleNode, shown: string): SideWords {
  const closed = closedWords(node.closed?.reason ?? 'call');
  const value = formatHandleValue(node.value);
  const owner = ownerWords(node);
  const misuses = misuseWords(node);
  const [first] = misuses;
  const target = printable(node.target, 200);
  const told = node.notes.filter(({ topic }) => isAboutGraves(topic)).map(({ text }) => text);
  const { title } = kindRow(node.kind);
  return {
    lines: [
      [node.fn, l10n.t('closed')],
      [shown, owner],
      [value, first === undefined ? reasonWords(node) : withFurther(first, misuses.length - 1)],
    ],
    tooltip: [`${node.fn} · ${title} · ${value}`, closed, ...new Set(told)].join('\n'),
    name: [node.fn, title, value, owner, target, closed, ...misuses].filter((part) => part !== '').join(', '),
    marked: first !== undefined,
  };
}

/** A box that stands for many handles or many tombstones. */
export function manyWords(many: Many, tree: HandleTree): SideWords {
  if (many.type === 'closed') {
    const title = l10n.t('{0} closed', many.count.toLocaleString());
    const hint = l10n.t('Enter shows the newest {0}', Math.min(PAGE, many.count));
    return wordsOfMany(title, l10n.t('older tombstones'), '', hint);
  }
  const { crowd, alone } = many;
  const count = crowd.open.size - alone.size;
  const outside = (serials: ReadonlySet<number>): number =>
    serials.size - [...alone].filter((serial) => serials.has(serial)).length;
  const [running, failed] = [outside(crowd.running), outside(crowd.failed)];
  const parts: string[] = [];
  if (running > 0) parts.push(l10n.t('{0} running', running.toLocaleString()));
  if (failed > 0) parts.push(l10n.t('{0} failed', failed.toLocaleString()));
  const [newest] = crowd.recent;
  const fn = (newest === undefined ? undefined : tree.nodes.get(newest)?.fn) ?? kindRow(crowd.kind).title;
  const hint = l10n.t('Enter shows the newest {0} of them', Math.min(PAGE, count));
  return wordsOfMany(
    l10n.t('{0} more {1}', count.toLocaleString(), fn),
    kindRow(crowd.kind).title,
    parts.join(', '),
    hint,
  );
}

function wordsOfMany(title: string, what: string, doing: string, hint: string): SideWords {
  return {
    lines: [
      [title, ''],
      [what, ''],
      [doing === '' ? hint : doing, ''],
    ],
    tooltip: [title, doing, hint].filter((part) => part !== '').join('\n'),
    name: [title, what, doing, hint].filter((part) => part !== '').join(', '),
    marked: false,
  };
}

function reasonWords(node: HandleNode): string {
  switch (node.closed?.reason) {
    case 'cascade':
      return l10n.t('with its parent');
    case 'failed':
      return l10n.t('failed to open');
    default:
      return l10n.t('by its own call');
  }
}

function closedWords(reason: CloseReason): string {
  switch (reason) {
    case 'cascade':
      return l10n.t('closed with its parent');
    case 'failed':
      return l10n.t('closed because the call that made it failed');
    case 'call':
      return l10n.t('closed by its own call');
  }
}

/** There is room for one on the stone; the others are counted. */
function withFurther(misuse: string, others: number): string {
  return others === 0 ? misuse : l10n.t('{0} +{1}', misuse, others);
}

function misuseWords(node: HandleNode): readonly string[] {
  const topics = node.notes.map(({ topic }) => topic).filter(isAboutGraves);
  const count = (wanted: string): number => topics.filter((topic) => topic === wanted).length;
  const times = (words: string, number: number): string[] =>
    number === 0 ? [] : [number === 1 ? words : l10n.t('{0} ×{1}', words, number)];
  return [
    ...times(l10n.t('stale use'), count('stale-use')),
    ...times(l10n.t('closed twice'), count('double-close')),
    ...times(l10n.t('used after close'), count('use-after-close')),
    ...[...new Set(topics)]
      .filter((topic) => topic !== 'stale-use' && topic !== 'double-close' && topic !== 'use-after-close')
      .map((topic) => DIAGNOSES[topic].title),
  ];
}
