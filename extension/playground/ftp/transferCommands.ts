import type { Socket } from 'node:net';
import { PassThrough, type Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fromNetworkText, skipBytes, toNetworkText } from './asciiType.ts';
import type { Command } from './command.ts';
import { Refusal, type Reply, reply } from './reply.ts';
import type { FtpSession } from './session.ts';
import { Upload } from './upload.ts';

/** Files over the data connection, both ways. */
export const transferCommands: readonly Command[] = [
  { verb: 'RETR', help: 'RETR <file>: send it to the client', argument: 'required', run: retrieve },
  {
    verb: 'STOR',
    help: 'STOR <file>: take it from the client, over an older one',
    argument: 'required',
    run: (session, argument) => store(session, session.path(argument), session.state.restart),
  },
  {
    verb: 'APPE',
    help: 'APPE <file>: take bytes from the client and add them at the end',
    argument: 'required',
    run: (session, argument) => store(session, session.path(argument), Number.POSITIVE_INFINITY),
  },
  {
    verb: 'STOU',
    help: 'STOU [file]: take it from the client under a name that is still free',
    argument: 'optional',
    run: (session, argument) => store(session, freeName(session, session.path(argument || 'upload')), 0, true),
  },
  {
    verb: 'ABOR',
    help: 'ABOR: stop the transfer',
    argument: 'optional',
    run: async (session) => {
      await session.dropData();
      return reply(226, 'No transfer is running any more');
    },
  },
];

/** Sends what comes out of the last of the opened streams over the data connection, after a 150 with `announcement`, and closes it. */
export async function sendStream(
  session: FtpSession,
  announcement: string,
  open: () => readonly [Readable, ...Transform[]],
): Promise<Reply> {
  if (!session.state.data) {
    throw new Refusal(425, 'Use PASV, EPSV, PORT or EPRT first');
  }
  await session.send(reply(150, announcement));
  await session.transfer(async (socket, signal) => {
    // Reading nothing would hide it when the client leaves.
    socket.resume();
    await untilBroken(socket, () => pipeline([...open(), socket], { signal }));
  });
  return reply(226, 'Transfer complete');
}

function retrieve(session: FtpSession, argument: string): Promise<Reply> {
  const path = session.path(argument);
  const { content } = session.service.tree.file(path);
  const { restart, type } = session.state;
  if (restart > content.size) {
    throw new Refusal(554, `${path} ends before ${restart}`);
  }
  const announcement = `Opening ${type === 'A' ? 'ASCII' : 'BINARY'} mode data connection for ${argument} (${content.size} bytes)`;
  return sendStream(session, announcement, () => {
    // In text the position counts what is sent, line ends included.
    return type === 'I' ? [content.open(restart)] : [content.open(0), toNetworkText(), skipBytes(restart)];
  });
}

async function store(session: FtpSession, path: string, keep: number, announce = false): Promise<Reply> {
  const { tree } = session.service;
  tree.writableParent(path, 553);
  const old = tree.find(path);
  if (old?.kind === 'folder') {
    throw new Refusal(553, `${path}: Is a directory`);
  }
  if (!session.state.data) {
    throw new Refusal(425, 'Use PASV, EPSV, PORT or EPRT first');
  }
  const size = old?.content.size ?? 0;
  if (Number.isFinite(keep) && keep > size) {
    throw new Refusal(554, `${path} ends before ${keep}`);
  }
  const kept = old && keep > 0 ? await collect(old.content.open(0)) : Buffer.of();
  const text = session.state.type === 'A';
  await session.send(reply(150, announce ? `FILE: ${path}` : `Ready for ${path}`));
  const upload = new Upload(tree, path, kept.subarray(0, Math.min(keep, kept.length)));
  try {
    await session.transfer((socket, signal) =>
      untilBroken(socket, () => pipeline(socket, text ? fromNetworkText() : new PassThrough(), upload, { signal })),
    );
    // Without its control connection a transfer counts as broken, even if all of it has arrived.
    if (!session.connected) {
      throw new Refusal(426, 'The client has gone');
    }
    upload.commit();
  } finally {
    upload.discard();
  }
  return reply(226, `Transfer complete: ${path}`);
}

/** Runs a transfer and closes its connection. What the network does to it becomes 426, a failing file 451. */
async function untilBroken(socket: Socket, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (error instanceof Refusal) {
      throw error;
    }
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    const reason = error instanceof Error ? error.message : String(error);
    throw code === undefined
      ? new Refusal(451, `Local error: ${reason}`)
      : new Refusal(426, code === 'ABORT_ERR' ? 'Transfer aborted' : `Connection closed, transfer aborted: ${code}`);
  } finally {
    socket.destroy();
  }
}

async function collect(stream: Readable): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) {
    parts.push(Buffer.isBuffer(part) ? part : Buffer.from(String(part)));
  }
  return Buffer.concat(parts);
}

function freeName(session: FtpSession, path: string): string {
  let name = path;
  for (let number = 1; session.service.tree.find(name); number += 1) {
    name = `${path}.${number}`;
  }
  return name;
}
