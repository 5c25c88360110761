const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Whether a text can be a method or the name of a header: a token (RFC 9110, section 5.6.2). */
export function isHttpToken(text: string): boolean {
  return TOKEN.test(text);
}
