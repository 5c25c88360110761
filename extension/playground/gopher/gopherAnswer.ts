import type { Socket } from 'node:net';
import { pipeline } from 'node:stream';
import type { GopherContent, GopherRow, MenuLine } from './gopherContent.ts';

/** What an answer needs to know of its server. */
export interface GopherSite {
  readonly host: string;
  readonly port: number;
  readonly rows: readonly GopherRow[];
  /** Day of whatever has no day of its own. */
  readonly started: Date;
}

/**
 * Answers a request: a selector, perhaps words to search for behind a tab, perhaps what Gopher+ asks: `+` the item, `!` its
 * attributes, `$` a menu with the attributes of all its items.
 */
export function answerRequest(socket: Socket, line: string, site: GopherSite): void {
  const [selector = '', ...rest] = line.split('\t');
  const plus = rest.find((part) => /^[+!$]/.test(part));
  const row = site.rows.find((one) => one.selector === (selector === '/' ? '' : selector.replace(/(.)\/$/, '$1')));
  if (row === undefined) refuse(socket, plus !== undefined, `Nothing lives at ${selector.slice(0, 200)}`);
  else if (plus?.startsWith('!')) socket.end(`+-1\r\n${blocksOf(row, site)}.\r\n`);
  else if (plus?.startsWith('$')) sendBlocks(socket, row.content, site);
  else send(socket, row.content, { words: rest[0] ?? '', plus: plus !== undefined, site });
}

interface Asked {
  readonly words: string;
  readonly plus: boolean;
  readonly site: GopherSite;
}

function send(socket: Socket, content: GopherContent, { words, plus, site }: Asked): void {
  const dotted = plus ? '+-1\r\n' : '';
  switch (content.is) {
    case 'menu':
      socket.end(`${dotted}${menu(content.lines, site)}.\r\n`);
      break;
    case 'search':
      socket.end(`${dotted}${menu(content.find(words), site)}.\r\n`);
      break;
    case 'text':
      socket.end(`${dotted}${content.text.replace(/^\./gm, '..').replaceAll('\n', '\r\n')}.\r\n`);
      break;
    case 'bytes':
      if (plus) socket.write(`+${content.size}\r\n`);
      // A client that leaves ends the reading too.
      pipeline(content.open(), socket, () => undefined);
      break;
    case 'fault':
      content.answer(socket);
      break;
  }
}

function sendBlocks(socket: Socket, content: GopherContent, site: GopherSite): void {
  if (content.is !== 'menu') {
    refuse(socket, true, 'Only a menu has items');
    return;
  }
  const blocks = content.lines.map((line) => {
    const row = site.rows.find(({ selector }) => line.type !== 'i' && selector === line.selector);
    return row === undefined ? `+INFO: ${lineOf(line, site)}` : blocksOf({ ...row, title: line.words }, site);
  });
  socket.end(`+-1\r\n${blocks.join('')}.\r\n`);
}

function blocksOf(row: GopherRow, site: GopherSite): string {
  const { title, type, selector, content, abstract } = row;
  const modified = row.modified === undefined ? site.started : new Date(row.modified);
  const digits = modified.toISOString().replace(/\D/g, '').slice(0, 14);
  return [
    `+INFO: ${lineOf({ type, words: title, selector }, site)}`,
    '+ADMIN:\r\n Admin: The playground <playground@localhost>\r\n',
    ` Mod-Date: ${modified.toUTCString()} <${digits}>\r\n`,
    ...viewOf(content),
    ...(abstract === undefined ? [] : [`+ABSTRACT:\r\n ${abstract}\r\n`]),
  ].join('');
}

function viewOf(content: GopherContent): readonly string[] {
  if (content.is === 'text') return [`+VIEWS:\r\n text/plain En_US: <${Buffer.byteLength(content.text)}>\r\n`];
  return content.is === 'bytes' ? [`+VIEWS:\r\n application/octet-stream: <${content.size}>\r\n`] : [];
}

function menu(lines: readonly MenuLine[], site: GopherSite): string {
  return lines.map((line) => lineOf(line, site)).join('');
}

function lineOf({ type, words, selector }: MenuLine, { host, port }: GopherSite): string {
  return type === 'i' ? `i${words}\t\tnull.host\t1\r\n` : `${type}${words}\t${selector}\t${host}\t${port}\t+\r\n`;
}

function refuse(socket: Socket, plus: boolean, reason: string): void {
  socket.end(
    plus
      ? `--1\r\n1 The playground <playground@localhost>\r\n${reason}\r\n.\r\n`
      : `3${reason}\t\terror.host\t1\r\n.\r\n`,
  );
}
