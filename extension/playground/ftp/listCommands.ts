import { Readable } from 'node:stream';
import type { Command } from './command.ts';
import { splitPath } from './fileTree.ts';
import { type Fact, factLine, type ListedEntry, unixLine } from './listing.ts';
import { Refusal, type Reply, reply } from './reply.ts';
import type { FtpSession } from './session.ts';
import { sendStream } from './transferCommands.ts';

/** Directory listings over the data connection. */
export const listCommands: readonly Command[] = [
  {
    verb: 'LIST',
    help: 'LIST [path]: a directory as ls -l shows it; * and ? match names',
    argument: 'optional',
    run: (session, argument) => {
      const now = session.service.now();
      return sendLines(
        session,
        entriesFor(session, argument).map((entry) => unixLine(entry, now)),
      );
    },
  },
  {
    verb: 'NLST',
    help: 'NLST [path]: only the names; * and ? match names',
    argument: 'optional',
    run: (session, argument) =>
      sendLines(
        session,
        entriesFor(session, argument).map(({ name }) => name),
      ),
  },
  {
    verb: 'MLSD',
    help: 'MLSD [directory]: facts about every entry',
    argument: 'optional',
    run: (session, argument) => sendLines(session, factLines(session, session.path(argument), session.state.facts)),
  },
  {
    verb: 'STAT',
    help: 'STAT [path]: the state of the server, or a listing on this connection',
    argument: 'optional',
    keeps: 'restart',
    run: (session, argument) => {
      if (argument !== '') {
        const now = session.service.now();
        const lines = entriesFor(session, argument).map((entry) => unixLine(entry, now));
        return reply(213, `Status of ${session.path(withoutOptions(argument))}`, ...lines, 'End of status');
      }
      const { user = 'nobody', type, folder } = session.state;
      return reply(211, 'Playground FTP server', `Logged in as ${user}`, `TYPE ${type}, ${folder}`, 'End of status');
    },
  },
];

/** The entries that a LIST argument means: a folder's children, one file, or what a pattern matches. */
function entriesFor(session: FtpSession, argument: string): ListedEntry[] {
  const { tree } = session.service;
  const literal = tree.find(session.path(argument));
  const path = literal ? argument : withoutOptions(argument);
  const target = session.path(path);
  const node = literal ?? tree.find(target);
  if (node?.kind === 'file') {
    return [{ name: path, node }];
  }
  const { folder, name } = splitPath(target);
  if (!node && /[*?]/.test(name)) {
    const pattern = wildcard(name);
    return children(session, folder).filter((entry) => pattern.test(entry.name));
  }
  return children(session, target);
}

function children(session: FtpSession, path: string): ListedEntry[] {
  const { children: nodes } = session.service.tree.folder(path);
  return [...nodes].map(([name, node]) => ({ name, node })).sort((one, other) => (one.name < other.name ? -1 : 1));
}

function factLines(session: FtpSession, path: string, facts: readonly Fact[]): string[] {
  const { tree } = session.service;
  if (tree.find(path)?.kind === 'file') {
    throw new Refusal(501, `${path}: Not a directory`);
  }
  const folder = tree.folder(path);
  const parent = tree.folder(splitPath(path).folder);
  return [
    factLine({ name: '.', node: folder }, facts, parent.writable, 'cdir'),
    ...(path === '/' ? [] : [factLine({ name: '..', node: parent }, facts, false, 'pdir')]),
    ...children(session, path).map((entry) => factLine(entry, facts, folder.writable)),
  ];
}

// Clients that expect a Unix server send "LIST -al"; a file of that very name goes first.
function withoutOptions(argument: string): string {
  return argument.replace(/^(-[a-zA-Z1]+( |$))+/, '');
}

function wildcard(pattern: string): RegExp {
  const source = pattern
    .replaceAll(/[\\^$.+|()[\]{}]/g, '\\$&')
    .replaceAll(/\*+/g, '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'su');
}

function sendLines(session: FtpSession, lines: readonly string[]): Promise<Reply> {
  const text = lines.map((line) => `${line}\r\n`).join('');
  return sendStream(session, 'Here comes the directory listing', () => [Readable.from([Buffer.from(text)])]);
}
