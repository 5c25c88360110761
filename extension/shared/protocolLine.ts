/**
 * Whether a text can be part of a line of FTP or Gopher: no control characters but tabs, which names may hold and Gopher needs.
 *
 * RFC 959, 5.3.1 and RFC 4266, 2.1 keep out of names only what ends the line. But an address may come from anybody, and its host may be
 * no server of that protocol: control characters frame the messages of others, as serial lines behind a port do. curl refuses
 * them in FTP addresses too.
 */
export function fitsProtocolLine(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return !/[\0-\x08\n-\x1f\x7f]/.test(text);
}
