import * as l10n from '@vscode/l10n';
import { decodeValue } from '../extension/shared/decode.ts';
import { DIAGNOSES } from '../extension/shared/diagnoses/explanations.ts';
import { formatBytes, formatDuration, formatHandleValue, printable } from '../extension/shared/format.ts';
import { kindRow } from '../extension/shared/hierarchy.ts';
import { childrenOf, type HandleNode, type HandleNote } from '../extension/shared/model.ts';
import { optionRow } from '../extension/shared/optionTable.ts';
import { explained } from './explained.ts';
import { calls, creation, failure } from './inspectorCalls.ts';
import { connections } from './inspectorConnection.ts';
import { statuses, wire } from './inspectorDialogue.ts';
import { joined, linkButton, row, words } from './inspectorParts.ts';
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
    section('connection', l10n.t('Connection'), true, connectionCount, connections),
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

/** One that was opened is not counted: most handles have one. */
function connectionCount({ connections: own, toldConnections }: InspectorScene): number | null {
  const count = own.length === 0 ? toldConnections.length : own.length;
  return count === 1 ? null : count;
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
