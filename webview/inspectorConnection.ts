import * as l10n from '@vscode/l10n';
import type { Decoded } from '../extension/shared/codes/decoded.ts';
import {
  CONNECTION_PURPOSES,
  decodeName,
  type HandleConnection,
  type ToldConnection,
} from '../extension/shared/connections.ts';
import { formatDuration, formatEndpoint, formatHandleValue, printable } from '../extension/shared/format.ts';
import type { ConnectionSecurity } from '../extension/shared/journal.ts';
import { explained } from './explained.ts';
import { linkButton, newest, row, words } from './inspectorParts.ts';
import type { InspectorScene } from './inspectorScene.ts';

/** Over what the work of a handle goes: both ends, kept alive or new, proxy, TLS, certificate. */

/** A block for each connection; where only status callbacks tell of them, what those tell. */
export function connections(scene: InspectorScene, name: string): readonly Node[] {
  if (scene.connections.length === 0) return told(scene.toldConnections);
  return newest(
    scene.connections,
    scene.showsAll(name),
    () => scene.showAll(name),
    (one) => connectionBlock(one, scene),
  );
}

function connectionBlock(connection: HandleConnection, scene: InspectorScene): HTMLElement {
  const { purpose, peer, local, proxy, security } = connection.last;
  const element = document.createElement('div');
  element.className = 'connection';
  element.append(
    row(l10n.t('carries'), explained(CONNECTION_PURPOSES[purpose], 'value purpose')),
    ...(peer === null ? [] : [row(l10n.t('peer'), printable(formatEndpoint(peer), 100))]),
    ...(local === null ? [] : [row(l10n.t('this side'), printable(formatEndpoint(local), 100))]),
    row(l10n.t('opened'), ...openedFor(connection, scene)),
    ...(connection.closed === null ? [] : [row(l10n.t('closed'), explained(closedAt(connection.closed)))]),
  );
  if (proxy !== undefined) {
    const where = printable(formatEndpoint({ address: proxy.host, port: proxy.port }), 200);
    const how = proxy.tunnel
      ? {
          text: l10n.t('tunnel through {0}', where),
          explanation: l10n.t('CONNECT: the proxy passes on what it cannot read.'),
        }
      : { text: l10n.t('proxy {0}', where), explanation: l10n.t('The proxy reads the request and sends its own.') };
    element.append(row(l10n.t('by way of'), explained(how)));
  }
  // A source that does not know the socket does not know its TLS either.
  if (peer !== null) element.append(...securityRows(security));
  else element.append(words(l10n.t('The log does not tell addresses and TLS.'), 'weak'));
  return element;
}

function openedFor(
  { last, firstUse, uses }: HandleConnection,
  { node, playhead, select }: InspectorScene,
): (Node | string)[] {
  const again = uses > 1 ? [` · ${l10n.t('used {0} times by this handle', uses)}`] : [];
  if (firstUse === 1) return [l10n.t('new, for this handle'), ...again];
  const opener = playhead.tree.nodes.get(last.openedFor);
  const kept = explained({
    text: l10n.t('kept alive (use no. {0})', last.use),
    explanation: l10n.t('An earlier request left it open: no look-up, no connecting, no handshake.'),
  });
  if (opener === undefined || opener === node) return [kept, ...again];
  const link = linkButton(`${opener.fn} ${formatHandleValue(opener.value)}`, () => select(opener.serial));
  return [kept, ` ${l10n.t('from')} `, link, ...again];
}

function closedAt(microseconds: number): Decoded {
  return {
    text: l10n.t('at {0}', formatDuration(microseconds)),
    explanation: l10n.t('INTERNET_STATUS_CONNECTION_CLOSED told it: the next request needs a new connection.'),
  };
}

function securityRows(security: ConnectionSecurity | undefined): readonly Node[] {
  if (security === undefined) {
    const clear = {
      text: l10n.t('none'),
      explanation: l10n.t('Whoever is on the way can read and change everything.'),
    };
    return [row('TLS', explained(clear))];
  }
  const { protocol, cipher, keyBits, subject, issuer, validFrom, validTo } = security;
  const bits = keyBits > 0 ? ` · ${l10n.t('{0} bit', keyBits)}` : '';
  return [
    row('TLS', printable(protocol, 40)),
    row(l10n.t('cipher'), `${printable(cipher, 80)}${bits}`),
    row(l10n.t('certificate'), explained(decodeName(subject))),
    row(l10n.t('issued by'), explained(decodeName(issuer))),
    row(l10n.t('valid'), explained(validity(validFrom, validTo))),
  ];
}

/** From when to when, by days; the second in the explanation. */
function validity(from: string, to: string): Decoded {
  const day = (date: string): string => (date === '' ? '?' : printable(date.replace(/T.*$/, ''), 20));
  return {
    text: l10n.t('{0} to {1}', day(from), day(to)),
    explanation: l10n.t('From {0} to {1}.', printable(from, 40), printable(to, 40)),
  };
}

function told(all: readonly ToldConnection[]): readonly Node[] {
  const lines = all.map(({ kept, address }) => {
    const how = kept ? l10n.t('kept alive') : l10n.t('new');
    return row(how, address === null ? l10n.t('the journal does not tell the address') : printable(address, 100));
  });
  return [words(l10n.t('Told by the status callbacks: the journal holds nothing from the sockets.'), 'weak'), ...lines];
}
