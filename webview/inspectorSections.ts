import * as l10n from '@vscode/l10n';
import { parseSite, shortSite } from '../extension/shared/callSite.ts';
import {
  decodeArgument,
  decodeError,
  decodeInformation,
  decodeStatus,
  decodeValue,
} from '../extension/shared/decode.ts';
import { DIAGNOSES } from '../extension/shared/diagnoses/explanations.ts';
import { formatBytes, formatDuration, formatHandleValue, printable } from '../extension/shared/format.ts';
import type { RecordedCall } from '../extension/shared/handleHistory.ts';
import { type FunctionName, functionRow, kindRow } from '../extension/shared/hierarchy.ts';
import type { RecordedValue } from '../extension/shared/journal.ts';
import { childrenOf, type HandleNode, type HandleNote } from '../extension/shared/model.ts';
import { optionRow } from '../extension/shared/optionTable.ts';
import { explained } from './explained.ts';
import { firstLine, joined, linkButton, newest, row, words } from './inspectorParts.ts';
import { requests } from './inspectorRequests.ts';
import type { InspectorScene } from './inspectorScene.ts';

/** What the inspector tells of a handle, section by section. */

/** A section: its heading, how many things it holds (null: it is not counted), and what is in it; null where it says nothing. */
export interface Section {
  readonly name: string;
  readonly title: string;
  /** Open until somebody closes it. */
  readonly open: boolean;
  count(scene: InspectorScene): number | null;
  fill(scene: InspectorScene): readonly Node[];
}

/** The sections from top to bottom. */
export function inspectorSections(): readonly Section[] {
  return [
    section('failure', l10n.t('Last error'), true, ({ node }) => (node.lastError === null ? 0 : null), failure),
    section('notes', l10n.t('Diagnoses'), true, ({ node }) => node.notes.length, notes),
    section('creation', l10n.t('Created by'), true, () => null, creation),
    section('calls', l10n.t('Calls'), true, ({ history }) => history.calls.length, calls),
    section('requests', l10n.t('Requests'), true, ({ sends }) => sends.length, requests),
    section('options', l10n.t('Options that were set'), false, (scene) => scene.options.length, options),
    section('wire', l10n.t('Dialogue'), false, ({ history }) => history.wires.length, wire),
    section('statuses', l10n.t('Status callbacks'), false, ({ history }) => history.statuses.length, statuses),
    section('relatives', l10n.t('Parent and children'), false, () => null, relatives),
  ];
}

function section(
  name: string,
  title: string,
  open: boolean,
  count: Section['count'],
  fill: (scene: InspectorScene, name: string) => readonly Node[],
): Section {
  return { name, title, open, count, fill: (scene) => fill(scene, name) };
}

function failure({ node, history }: InspectorScene): readonly Node[] {
  if (node.lastError === null) return [];
  const { text, explanation } = decodeError(node.lastError);
  const call = history.calls.findLast((one) => one.error === node.lastError);
  const symbol = words(text, 'failure');
  const cause = call?.message ?? null;
  return [symbol, ...(cause === null ? [] : [words(printable(cause, 600))]), words(explanation, 'weak')];
}

function notes(scene: InspectorScene): readonly Node[] {
  return scene.node.notes.map((note) => noteLine(note, scene));
}

/** A diagnosis: what is wrong, why that is a fault, and what to do about it. */
function noteLine({ topic, text, call }: HandleNote, { node, history, select }: InspectorScene): Node {
  const { severity, title, explanation, fix } = DIAGNOSES[topic];
  const element = document.createElement('div');
  element.className = 'diagnosis';
  element.dataset.severity = severity;
  element.append(words(title, 'title'), words(printable(text, 600)), words(explanation, 'weak'), words(fix, 'weak'));
  const about = history.calls.find((one) => one.call === call);
  if (about !== undefined) element.append(linkButton(about.fn, () => select(node.serial, about.call)));
  return element;
}

function creation(scene: InspectorScene): readonly Node[] {
  const { node } = scene;
  const { fn, args, openedAt, call, site } = node;
  const lines = argumentRows(fn, args, scene);
  const when = row(l10n.t('at'), formatDuration(openedAt));
  return [words(functionRow(fn).summary, 'weak'), ...lines, when, ...siteRow(call, site, scene)];
}

/** The line of the program that made a call, where somebody has looked. */
function siteRow(call: number, site: string | null | undefined, { goToCall }: InspectorScene): readonly Node[] {
  const place = parseSite(site);
  return place === null
    ? []
    : [
        row(
          l10n.t('called from'),
          linkButton(shortSite(place), () => goToCall(call)),
        ),
      ];
}

function argumentRows(fn: FunctionName, args: readonly RecordedValue[], { playhead }: InspectorScene): readonly Node[] {
  return args.map((value, index) => {
    const pieces = decodeArgument(fn, index, value, playhead.tree).map((piece) => explained(piece));
    return row(functionRow(fn).parameters[index] ?? '', ...joined(pieces, ' | '));
  });
}

function calls(scene: InspectorScene, name: string): readonly Node[] {
  const { history, call: selected } = scene;
  const at = history.calls.findIndex(({ call }) => call === selected);
  const all = scene.showsAll(name) || (at !== -1 && at < history.calls.length - 1 - 50);
  return newest(
    history.calls,
    all,
    () => scene.showAll(name),
    (call) => callLine(call, scene),
  );
}

function callLine(call: RecordedCall, scene: InspectorScene): Node {
  const { node, playhead, select } = scene;
  const element = document.createElement('div');
  const isSelected = call.call === scene.call;
  element.className = isSelected ? 'call selected' : 'call';
  const name = linkButton(call.fn, () => select(node.serial, call.call));
  name.setAttribute('aria-pressed', String(isSelected));
  element.append(name, outcomeOf(call, scene));
  if (isSelected) {
    element.append(...argumentRows(call.fn, call.args, scene));
    if (call.to !== null && call.error === null) {
      element.append(row(l10n.t('returns'), explained(decodeValue(call.result, playhead.tree))));
    }
    element.append(...siteRow(call.call, call.site, scene));
    if (call.message !== null) element.append(words(printable(call.message, 600), 'weak'));
  }
  return element;
}

function outcomeOf({ from, to, error, pending, result }: RecordedCall, { playhead, now }: InspectorScene): HTMLElement {
  if (error !== null)
    return explained(
      { ...decodeError(error), text: `${error} · ${formatDuration((to ?? from) - from)}` },
      'outcome failed',
    );
  if (to === null) {
    const time = formatDuration(now - from);
    return explained(
      { text: pending ? l10n.t('pending for {0}', time) : l10n.t('running for {0}', time), explanation: '' },
      'outcome',
    );
  }
  const { text, explanation } = decodeValue(typeof result === 'string' ? firstLine(result) : result, playhead.tree);
  return explained({ text: `${text} · ${formatDuration(to - from)}`, explanation }, 'outcome');
}

function options(scene: InspectorScene): readonly Node[] {
  const { node, playhead, select } = scene;
  return scene.options.map(({ option, value, from, inherited }) => {
    const known = optionRow(option);
    const name = explained(
      { text: (known?.name ?? String(option)).replace('INTERNET_OPTION_', ''), explanation: known?.summary ?? '' },
      'term',
    );
    const told = explained(decodeValue(value, playhead.tree));
    const line = row('', told);
    line.querySelector('.term')?.replaceWith(name);
    if (inherited) {
      const source =
        from === null ? l10n.t('from the library') : l10n.t('from {0} {1}', from.fn, formatHandleValue(from.value));
      const place =
        from === null || from === node ? words(source, 'weak source') : linkButton(source, () => select(from.serial));
      line.querySelector('.content')?.append(' ', place);
    }
    return line;
  });
}

function wire(scene: InspectorScene, name: string): readonly Node[] {
  return newest(
    scene.history.wires,
    scene.showsAll(name),
    () => scene.showAll(name),
    ({ direction, text }) => {
      const element = document.createElement('pre');
      element.className = `wire ${direction}`;
      element.textContent = `${direction === 'out' ? '→' : '←'} ${text
        .split(/\r?\n/)
        .map((line) => printable(line, 1000))
        .join('\n  ')}`;
      return element;
    },
  );
}

function statuses(scene: InspectorScene, name: string): readonly Node[] {
  const { history, playhead } = scene;
  return newest(
    history.statuses,
    scene.showsAll(name),
    () => scene.showAll(name),
    ({ code, information, context }) => {
      const element = document.createElement('div');
      element.className = 'status';
      element.append(explained(decodeStatus(code)));
      const told = decodeInformation(information, playhead.tree);
      if (told !== null) element.append(' ', explained(told));
      // Without a context nobody is told; the journal knows of it all the same.
      element.append(
        words(context === 0 ? l10n.t('not delivered: context 0') : l10n.t('context {0}', context), 'weak source'),
      );
      return element;
    },
  );
}

function relatives({ node, playhead, select }: InspectorScene): readonly Node[] {
  const parent = playhead.tree.nodes.get(node.parent ?? 0);
  const link = (one: HandleNode): Node =>
    linkButton(`${one.fn} ${formatHandleValue(one.value)}${one.closed === null ? '' : ` (${l10n.t('closed')})`}`, () =>
      select(one.serial),
    );
  const children = childrenOf(playhead.tree, node.serial).slice(-40);
  return [
    row(l10n.t('parent'), parent === undefined ? l10n.t('none: it is a root') : link(parent)),
    row(l10n.t('children'), ...(children.length === 0 ? [l10n.t('none')] : joined(children.map(link), ', '))),
  ];
}

/** What stands above the sections: what the handle is, and how it is now. */
export function inspectorFacts({ node, now }: InspectorScene): readonly Node[] {
  const { title, states } = kindRow(node.kind);
  const age = (node.closed?.at ?? now) - node.openedAt;
  const value = `${formatHandleValue(node.value)}${node.generation > 1 ? ` · ${l10n.t('owner no. {0} of this value', node.generation)}` : ''}`;
  const reasons = {
    call: l10n.t('closed by its own call'),
    cascade: l10n.t('closed with a handle above it'),
    failed: l10n.t('closed because the call that made it failed'),
  } as const;
  return [
    row(l10n.t('value'), value),
    ...(node.target === '' ? [] : [row(l10n.t('target'), printable(node.target, 1000))]),
    row(l10n.t('kind'), title),
    node.closed === null
      ? row(l10n.t('state'), explained({ text: node.state, explanation: states[node.state] ?? '' }))
      : row(l10n.t('state'), reasons[node.closed.reason]),
    row(node.closed === null ? l10n.t('age') : l10n.t('lived'), formatDuration(age)),
    row(l10n.t('bytes'), l10n.t('{0} received, {1} sent', formatBytes(node.bytesIn), formatBytes(node.bytesOut))),
  ];
}
