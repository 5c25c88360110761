import * as l10n from '@vscode/l10n';
import { decodeStatusLine } from '../extension/shared/codes/wireWords.ts';
import { decodeError } from '../extension/shared/decode.ts';
import { formatDuration, printable } from '../extension/shared/format.ts';
import type { HandleHistory } from '../extension/shared/handleHistory.ts';
import { headersOf } from '../extension/shared/httpHead.ts';
import { type HttpSend, httpSendsOf } from '../extension/shared/httpSends.ts';
import type { HandleNode } from '../extension/shared/model.ts';
import { type Timings, timingsOf, totalOf } from '../extension/shared/timings.ts';
import { explained } from './explained.ts';
import { row, words } from './inspectorParts.ts';
import type { InspectorScene } from './inspectorScene.ts';

/** The HTTP requests of a handle, redirects and repetitions each for itself: status, timings and headers. */

/** What was sent on a handle so far; nothing for a handle that is no HTTP request. */
export function sendsOf(node: HandleNode, history: HandleHistory): readonly HttpSend[] {
  if (node.kind !== 'http-request') return [];
  const { entries } = history;
  const before = { ...node, state: 'unsent', closed: null } as const;
  const base = { seq: 0, t: 0, nodes: [before], calls: [], graves: [], generations: [] };
  return httpSendsOf(entries, base);
}

/** A block for each, the last one open. */
export function requests({ sends }: InspectorScene): readonly Node[] {
  return sends.map((send, index, all) => requestBlock(send, index === all.length - 1));
}

function requestBlock(send: HttpSend, open: boolean): HTMLElement {
  const element = document.createElement('details');
  element.className = 'request';
  element.open = open;
  const summary = document.createElement('summary');
  summary.textContent = `${send.method} ${printable(send.url, 300)}`;
  element.append(summary, statusOf(send), timingBar(timingsOf(send)));
  if (send.requestHead !== null) element.append(headers(l10n.t('Sent'), send.requestHead));
  if (send.responseHead !== null) element.append(headers(l10n.t('Received'), send.responseHead));
  return element;
}

function statusOf({ responseHead, error }: HttpSend): HTMLElement {
  const line = words('', error === null ? 'status-line' : 'status-line failed');
  if (responseHead !== null) line.append(...decodeStatusLine(responseHead).map((piece) => explained(piece)));
  else if (error !== null) line.append(explained(decodeError(error.symbol)));
  else line.append(l10n.t('no answer yet'));
  return line;
}

function headers(title: string, head: string): HTMLElement {
  const element = document.createElement('div');
  element.className = 'headers';
  element.append(
    words(title, 'weak'),
    ...headersOf(head).map(([name, value]) => row(printable(name, 80), printable(value, 1000))),
  );
  return element;
}

const STEPS = ['blocked', 'name', 'connect', 'tls', 'send', 'firstByte', 'transfer'] as const;

function timingBar(timings: Timings): HTMLElement {
  const names: Readonly<Record<(typeof STEPS)[number], string>> = {
    blocked: l10n.t('waiting'),
    name: l10n.t('name'),
    connect: l10n.t('connect'),
    tls: l10n.t('TLS'),
    send: l10n.t('send'),
    firstByte: l10n.t('first byte'),
    transfer: l10n.t('transfer'),
  };
  const element = document.createElement('div');
  element.className = 'timings';
  const bar = document.createElement('div');
  bar.className = 'bar';
  bar.setAttribute('aria-hidden', 'true');
  const total = Math.max(1, totalOf(timings));
  const list = document.createElement('div');
  list.className = 'steps';
  for (const step of STEPS) {
    const took = timings[step];
    if (took === undefined || (step === 'blocked' && took === 0)) continue;
    const part = document.createElement('span');
    part.className = `part ${step}`;
    part.style.setProperty('flex-grow', String(took / total));
    bar.append(part);
    list.append(row(names[step], formatDuration(took)));
  }
  element.append(bar, list);
  return element;
}
