/** User and password for a server. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** The value of an Authorization header for Basic authentication, as RFC 7617 writes it in UTF-8. */
export function basicAuthorization({ user, password }: Credentials): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}
