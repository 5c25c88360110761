/** A server as a person types it. */
export interface HostAndPort {
  readonly host: string;
  /** 0: the protocol's own port. */
  readonly port: number;
}

/** What is wrong with a server's name. */
export type HostProblem = 'empty' | 'has-scheme' | 'bad-host' | 'bad-port';

// A name, an IPv4 address, or an IPv6 address in brackets; then perhaps a port.
const HOST_AND_PORT = /^(?<host>\[[0-9a-fA-F:.]+\]|[^\s:/\\?#@[\]]+)(?::(?<port>[^:]*))?$/;

/** Reads `host`, `host:port` or `[address]:port`. */
export function parseHostAndPort(text: string): HostAndPort | HostProblem {
  const trimmed = text.trim();
  if (trimmed === '') return 'empty';
  if (trimmed.includes('://')) return 'has-scheme';
  const found = HOST_AND_PORT.exec(trimmed)?.groups;
  if (found?.host === undefined) return 'bad-host';
  if (found.port === undefined) return { host: found.host, port: 0 };
  const port = /^\d{1,5}$/.test(found.port) ? Number(found.port) : 0;
  return port >= 1 && port <= 65535 ? { host: found.host, port } : 'bad-port';
}
