import type { Socket } from 'node:net';
import type { HttpOpening, HttpRefusal } from './httpConnector.ts';
import { httpFailure } from './httpFailure.ts';
import { authority, checkHeader } from './httpRequestHead.ts';
import { endOfHead, readResponseHead } from './httpResponseHead.ts';

/** Longest head of a proxy's answer, in bytes. */
const MAX_ANSWER_BYTES = 65_536;

/**
 * Asks a proxy with CONNECT for a tunnel to the server (RFC 9110 9.3.6).
 *
 * @param done called once: with an error, or with null when the tunnel stands, or with the proxy's refusal. The refusal's
 * body may not have come yet: the socket is left to whoever reads it.
 */
export function openTunnel(
  socket: Socket,
  { route: { server, proxy }, proxyHeaders, observer }: HttpOpening,
  done: (error: Error | null, refusal: HttpRefusal | null) => void,
): void {
  const target = authority(server.host, server.port);
  const peer = authority(proxy?.host ?? '', proxy?.port ?? 0);
  let request = `CONNECT ${target} HTTP/1.1\r\nHost: ${target}`;
  try {
    for (const [name, value] of proxyHeaders) {
      checkHeader(name, value);
      request += `\r\n${name}: ${value}`;
    }
  } catch (error) {
    done(error instanceof Error ? error : new Error(String(error)), null);
    return;
  }
  observer({ type: 'wire', direction: 'out', text: request });
  socket.write(`${request}\r\n\r\n`, 'latin1');

  let answer = Buffer.alloc(0);
  const finish = (error: Error | null, refusal: HttpRefusal | null) => {
    socket.off('readable', onReadable);
    socket.off('end', onEnd);
    done(error, refusal);
  };
  const onEnd = () =>
    finish(
      httpFailure('http: closed without an answer', peer, 'closed the connection instead of opening a tunnel'),
      null,
    );
  const onReadable = () => {
    const end = readMore();
    if (end === undefined) return;
    const head = end === -1 ? undefined : readResponseHead(answer, end);
    if (head === undefined) {
      finish(httpFailure('http: answer not understood', peer, 'answered CONNECT with something else than HTTP'), null);
    } else if (head.status >= 200 && head.status < 300) {
      observer({ type: 'wire', direction: 'in', text: head.text });
      if (answer.length > end) socket.unshift(answer.subarray(end));
      finish(null, null);
    } else {
      finish(null, { answer, requestBytes: request.length + 4 });
    }
  };
  /** Index behind the head, -1 if there is none, undefined while it is not whole. */
  const readMore = (): number | undefined => {
    const chunk: Buffer | null = socket.read();
    if (chunk === null) return undefined;
    answer = Buffer.concat([answer, chunk]);
    const end = endOfHead(answer, 0);
    if (end !== -1) return end;
    return answer.length > MAX_ANSWER_BYTES ? -1 : undefined;
  };
  socket.on('readable', onReadable);
  socket.once('end', onEnd);
}
