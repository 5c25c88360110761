import type { Command } from './command.ts';
import { splitPath } from './fileTree.ts';
import { factLine, timestamp } from './listing.ts';
import { Refusal, type Reply, reply } from './reply.ts';
import type { FtpSession } from './session.ts';

const pwd = (session: FtpSession): Reply => reply(257, `${quoted(session.state.folder)} is the current directory`);
const cdup = (session: FtpSession): Reply => enter(session, '..');

/** Moving about and changing the tree. */
export const fileCommands: readonly Command[] = [
  { verb: 'PWD', help: 'PWD: name the current directory', argument: 'optional', keeps: 'restart', run: pwd },
  { verb: 'XPWD', help: 'XPWD: as PWD', argument: 'optional', keeps: 'restart', run: pwd },
  { verb: 'CWD', help: 'CWD <directory>: go there', argument: 'required', run: enter },
  { verb: 'XCWD', help: 'XCWD <directory>: as CWD', argument: 'required', run: enter },
  { verb: 'CDUP', help: 'CDUP: go to the parent directory', argument: 'optional', run: cdup },
  { verb: 'XCUP', help: 'XCUP: as CDUP', argument: 'optional', run: cdup },
  { verb: 'MKD', help: 'MKD <directory>: make it', argument: 'required', run: makeFolder },
  { verb: 'XMKD', help: 'XMKD <directory>: as MKD', argument: 'required', run: makeFolder },
  { verb: 'RMD', help: 'RMD <directory>: remove it if it is empty', argument: 'required', run: removeFolder },
  { verb: 'XRMD', help: 'XRMD <directory>: as RMD', argument: 'required', run: removeFolder },
  {
    verb: 'DELE',
    help: 'DELE <file>: remove it',
    argument: 'required',
    run: (session, argument) => {
      session.service.tree.remove(session.path(argument), 'file');
      return reply(250, 'File removed');
    },
  },
  {
    verb: 'RNFR',
    help: 'RNFR <path>: rename this ...',
    argument: 'required',
    keeps: 'rename',
    run: (session, argument) => {
      const path = session.path(argument);
      if (!session.service.tree.find(path)) {
        throw new Refusal(550, `${path}: No such file or directory`);
      }
      session.service.tree.writableParent(path, 550);
      session.state.renameFrom = path;
      return reply(350, 'Ready for RNTO');
    },
  },
  {
    verb: 'RNTO',
    help: 'RNTO <path>: ... to this',
    argument: 'required',
    run: (session, argument) => {
      if (session.state.renameFrom === undefined) {
        throw new Refusal(503, 'Send RNFR first');
      }
      session.service.tree.rename(session.state.renameFrom, session.path(argument));
      return reply(250, 'Renamed');
    },
  },
  {
    verb: 'SIZE',
    help: 'SIZE <file>: its length in bytes',
    argument: 'required',
    keeps: 'restart',
    run: (session, argument) => {
      const file = session.service.tree.file(session.path(argument));
      // RFC 3659, 4 means the length on the wire; as text that would take reading the whole file, so common servers refuse.
      if (session.state.type === 'A') {
        throw new Refusal(550, 'SIZE is not known in TYPE A');
      }
      return reply(213, String(file.content.size));
    },
  },
  {
    verb: 'MDTM',
    help: 'MDTM <file>: when it was last changed, in UTC',
    argument: 'required',
    keeps: 'restart',
    run: (session, argument) => reply(213, timestamp(session.service.tree.file(session.path(argument)).modified)),
  },
  {
    verb: 'MLST',
    help: 'MLST [path]: facts about it, on this connection',
    argument: 'optional',
    keeps: 'restart',
    run: describe,
  },
];

function enter(session: FtpSession, argument: string): Reply {
  const path = session.path(argument);
  const folder = session.service.tree.folder(path);
  session.state.folder = path;
  return reply(250, ...folder.message, `Directory changed to ${path}`);
}

function makeFolder(session: FtpSession, argument: string): Reply {
  const path = session.path(argument);
  session.service.tree.makeFolder(path);
  return reply(257, `${quoted(path)} created`);
}

function removeFolder(session: FtpSession, argument: string): Reply {
  session.service.tree.remove(session.path(argument), 'folder');
  return reply(250, 'Directory removed');
}

function describe(session: FtpSession, argument: string): Reply {
  const { tree } = session.service;
  const path = session.path(argument);
  const node = tree.find(path);
  if (!node) {
    throw new Refusal(550, `${path}: No such file or directory`);
  }
  const parent = tree.find(splitPath(path).folder);
  const writable = parent?.kind === 'folder' && parent.writable;
  return reply(250, `Listing ${path}`, factLine({ name: path, node }, session.state.facts, writable), 'End');
}

// RFC 959, appendix II: a quote inside the quoted path is doubled.
function quoted(path: string): string {
  return `"${path.replaceAll('"', '""')}"`;
}
