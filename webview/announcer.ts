import * as l10n from '@vscode/l10n';
import { formatHandleValue } from '../extension/shared/format.ts';
import type { Entry } from '../extension/shared/journal.ts';
import type { HandleTree } from '../extension/shared/model.ts';
import { oncePer } from './pace.ts';

/** Says in one polite sentence at a time what opened, closed and failed. */

const PAUSE_MS = 1500;
const ONE_BY_ONE = 2;

/** The live region's voice. */
export interface Announcer {
  /** Collects what these entries say. */
  hear(entries: readonly Entry[], tree: HandleTree): void;
  /** Says something at once, as the answer to a key. */
  say(sentence: string): void;
}

/** Adds a live region to `parent` and returns its voice. */
export function createAnnouncer(parent: HTMLElement): Announcer {
  const region = document.createElement('div');
  region.className = 'live';
  region.setAttribute('role', 'status');
  region.setAttribute('aria-live', 'polite');
  parent.append(region);
  let pending = noNews();
  const flushSoon = oncePer(PAUSE_MS, () => {
    const sentence = summary(pending);
    pending = noNews();
    if (sentence !== '') region.textContent = sentence;
  });
  return {
    hear(entries, tree) {
      for (const entry of entries) collect(pending, entry, tree);
      const { opened, closed, failed } = pending;
      if (opened.length + closed.length + failed.length > 0) flushSoon();
    },
    say(sentence) {
      region.textContent = sentence;
    },
  };
}

interface News {
  readonly opened: string[];
  readonly closed: string[];
  readonly failed: string[];
}

function noNews(): News {
  return { opened: [], closed: [], failed: [] };
}

function collect(news: News, entry: Entry, tree: HandleTree): void {
  if (entry.type === 'handle-open') {
    news.opened.push(l10n.t('{0} opened {1}', entry.fn, formatHandleValue(entry.value)));
  } else if (entry.type === 'handle-close') {
    const node = tree.nodes.get(entry.serial);
    if (node !== undefined) news.closed.push(l10n.t('{0} {1} closed', node.fn, formatHandleValue(node.value)));
  } else if (entry.type === 'call-end' && entry.error !== undefined && entry.error !== 'ERROR_IO_PENDING') {
    news.failed.push(l10n.t('a call failed with {0}', entry.error));
  }
}

function summary({ opened, closed, failed }: News): string {
  const parts = [
    ...(opened.length > ONE_BY_ONE ? [l10n.t('{0} handles opened', opened.length)] : opened),
    ...(closed.length > ONE_BY_ONE ? [l10n.t('{0} handles closed', closed.length)] : closed),
    ...(failed.length > ONE_BY_ONE ? [l10n.t('{0} calls failed', failed.length)] : failed),
  ];
  return parts.join('; ');
}
