import type { HandleKind } from '../shared/hierarchy.ts';
import type { SpanAttributes } from '../shared/spanAttributes.ts';

/** What a handle leads to, by OpenTelemetry's semantic conventions for clients, so that any backend knows servers and requests. */
export interface NetworkAttributes {
  readonly server: SpanAttributes;
  readonly request: SpanAttributes;
}

/** @param target as the journal has it, with secrets masked: `http://host:80`, `GET https://host/path`, or no address at all */
export function networkAttributes(kind: HandleKind, target: string): NetworkAttributes {
  const [, method, url, host, port] =
    /^(?:(\S+) )?([a-z]+:\/\/(?:[^/?#@]*@)?(\[[^\]]+\]|[^/:?#]+)(?::(\d+))?.*)$/s.exec(target) ?? [];
  if (url === undefined || host === undefined) return { server: {}, request: {} };
  // An address of IPv6 stands in brackets only within a URL.
  const address = host.replace(/^\[|\]$/g, '');
  return {
    server: { 'server.address': address, 'server.port': port === undefined ? usualPort(url) : Number(port) },
    request: kind === 'http-request' && method !== undefined ? { 'http.request.method': method, 'url.full': url } : {},
  };
}

function usualPort(url: string): number {
  const scheme = url.slice(0, url.indexOf(':'));
  return { https: 443, ftp: 21, gopher: 70 }[scheme] ?? 80;
}

/** The status of an answer, for the span of its request; null where a line of the dialogue begins none. */
export function statusAttributes(line: string): SpanAttributes | null {
  const status = /^HTTP\/\S+ (\d{3})\b/.exec(line)?.[1];
  return status === undefined ? null : { 'http.response.status_code': Number(status) };
}
