import * as l10n from '@vscode/l10n';
import { parseSite, shortSite } from '../extension/shared/callSite.ts';
import { decodeArgument, decodeError, decodeResult } from '../extension/shared/decode.ts';
import { formatDuration, printable } from '../extension/shared/format.ts';
import type { RecordedCall } from '../extension/shared/handleHistory.ts';
import { type FunctionName, functionRow } from '../extension/shared/hierarchy.ts';
import type { RecordedValue } from '../extension/shared/journal.ts';
import { explained } from './explained.ts';
import { firstLine, joined, linkButton, newest, row, words } from './inspectorParts.ts';
import type { InspectorScene } from './inspectorScene.ts';

/** The calls of a handle: the one that made it, those on it, and why the last failed. */

/** The last error, with its cause and what to do. */
export function failure({ node, history }: InspectorScene): readonly Node[] {
  if (node.lastError === null) return [];
  const { text, explanation } = decodeError(node.lastError);
  const call = history.calls.findLast((one) => one.error === node.lastError);
  const symbol = words(text, 'failure');
  // The line above names the error already.
  const cause = call?.message?.replace(`${call.fn}: ${text}. `, '') ?? null;
  return [symbol, ...(cause === null ? [] : [words(printable(cause, 600))]), words(explanation, 'weak')];
}

/** The call that returned the handle. */
export function creation(scene: InspectorScene): readonly Node[] {
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

/** The calls on the handle; the selected one with its arguments. */
export function calls(scene: InspectorScene, name: string): readonly Node[] {
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
      element.append(row(l10n.t('returns'), explained(decodeResult(call.fn, call.args, call.result, playhead.tree))));
    }
    element.append(...siteRow(call.call, call.site, scene));
    if (call.message !== null) element.append(words(printable(call.message, 600), 'weak'));
  }
  return element;
}

function outcomeOf(call: RecordedCall, { playhead, now }: InspectorScene): HTMLElement {
  const { fn, args, from, to, error, pending, result } = call;
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
  const { text, explanation } = decodeResult(
    fn,
    args,
    typeof result === 'string' ? firstLine(result) : result,
    playhead.tree,
  );
  return explained({ text: `${text} · ${formatDuration(to - from)}`, explanation }, 'outcome');
}
