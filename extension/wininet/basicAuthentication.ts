import type { Header } from './requestHeaders.ts';

/** User and password for a server. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** Does an answer ask for Basic authentication? A server may offer several schemes, in one header or in many. */
export function asksForBasic(headers: readonly Header[]): boolean {
  return headers.some(([name, value]) => name.toLowerCase() === 'www-authenticate' && /(?:^|,)\s*basic\b/i.test(value));
}

/** The value of an Authorization header for Basic authentication, as RFC 7617 writes it in UTF-8. */
export function basicAuthorization({ user, password }: Credentials): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}
