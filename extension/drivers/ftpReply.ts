/** One reply of the server, whole. */
export interface FtpReply {
  readonly code: number;
  /** All its lines, joined by LF. */
  readonly text: string;
}

/** The line that carries the verdict, for example `230 User logged in`: what InternetGetLastResponseInfo reports. */
export function lastLine(reply: FtpReply): string {
  return reply.text.slice(reply.text.lastIndexOf('\n') + 1);
}

/** How many bytes a reply takes on the wire, where each line ends with CR LF. */
export function replyBytes(reply: FtpReply): number {
  const lines = reply.text.split('\n');
  return Buffer.byteLength(lines.join('\r\n')) + '\r\n'.length;
}

/** Whether the server said no (RFC 959, 4.2: 4yz transient, 5yz permanent). */
export function isNegative(reply: FtpReply): boolean {
  return reply.code >= 400;
}

/**
 * Whether a reply is the answer to a SIZE that was sent during a transfer, rather than the transfer's last word: servers answer
 * either first. Replies of syntax (50z) and 550 do not end a transfer that has begun (RFC 959, 5.4).
 *
 * @param ended the transfer's last word has come
 */
export function answersSize({ code }: FtpReply, ended: boolean): boolean {
  if (code === 421 || code < 200) return false;
  return ended || code === 213 || code === 550 || (code >= 500 && code <= 504);
}

/** The number of a 213 reply (SIZE, RFC 3659); undefined when it names none. */
export function sizeInReply(reply: FtpReply): number | undefined {
  const digits = /^213 (\d{1,15})\s*$/.exec(lastLine(reply))?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Whether a command says where the next transfer begins. */
export function isRestart(line: string): boolean {
  return /^REST \d+$/i.test(line);
}

/** The command as journals may see it: what follows PASS or ACCT is masked. */
export function maskCommand(line: string): string {
  return line.replace(/^(\s*(?:pass|acct))\b.*$/i, '$1 ****');
}

/**
 * The port of a 227 reply (PASV); undefined when it names none. The address in it is not used: data connections go to
 * the peer of the control connection, which defeats bounce attacks and survives servers that announce a private address.
 */
export function passivePort(reply: FtpReply): number | undefined {
  // The look-behind keeps a long number without commas from being tried at each of its digits.
  const numbers = /(?<!\d)\d{1,3}(?:,\d{1,3}){5}(?!\d)/.exec(lastLine(reply))?.[0].split(',').map(Number);
  const [high, low] = numbers?.slice(4) ?? [];
  if (high === undefined || low === undefined || high > 255 || low > 255) return undefined;
  return validPort(high * 256 + low);
}

/** The port of a 229 reply (EPSV, RFC 2428); undefined when it names none. */
export function extendedPassivePort(reply: FtpReply): number | undefined {
  const digits = /\(([!-/:-~])\1\1(\d{1,5})\1\)/.exec(lastLine(reply))?.[2];
  return digits === undefined ? undefined : validPort(Number(digits));
}

/** The folder that a 257 reply quotes, with doubled quotes undone (RFC 959, appendix II); undefined without one. */
export function quotedPath(reply: FtpReply): string | undefined {
  return /"((?:[^"]|"")*)"/.exec(lastLine(reply))?.[1]?.replaceAll('""', '"');
}

/** The size in bytes that servers put into the reply that opens a transfer, as in `150 Opening ... (1234 bytes).` */
export function announcedSize(reply: FtpReply): number | undefined {
  const digits = /\((\d{1,15}) bytes\)/i.exec(lastLine(reply))?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function validPort(port: number): number | undefined {
  return port >= 1 && port <= 65_535 ? port : undefined;
}
