/**
 * Keeps secrets out of the journal. Everything that is recorded passes here first: passwords, the values of headers that carry
 * credentials or cookies, userinfo in URLs, and query values that are named like secrets.
 */

/** What stands for a secret. */
export const MASK = '••••';

const SECRET_HEADERS =
  /^((?:proxy-)?authorization|cookie2?|set-cookie2?|x-api-key|x-auth-token)(\s*:)[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*/gim;
const USERINFO = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#@]*@/gi;
const SECRET_QUERY =
  /([?&;](?:access_token|api[_-]?key|auth|client_secret|code|id_token|key|pass|passwd|password|pwd|refresh_token|secret|session|sid|sig|signature|token)=)[^&;#\s]*/gi;
const FTP_SECRET = /^((?:PASS|ACCT)\s)[^\r\n]+/gim;

/** The text without its secrets. */
export function redact(text: string): string {
  return text
    .replace(SECRET_HEADERS, `$1$2 ${MASK}`)
    .replace(USERINFO, `$1${MASK}@`)
    .replace(SECRET_QUERY, `$1${MASK}`)
    .replace(FTP_SECRET, `$1${MASK}`);
}
