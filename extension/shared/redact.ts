/**
 * Keeps secrets out of the journal. Everything that is recorded passes here first: passwords, the values of headers that carry
 * credentials or cookies, userinfo in URLs, private keys, and query values that are named like secrets.
 */

/** What stands for a secret. */
export const MASK = '••••';

// Lines end with CR LF, or with NUL in the answer of HTTP_QUERY_RAW_HEADERS; blanks before a name are dropped when it is sent.
const SECRET_HEADERS =
  /(?<=^|\0)([ \t]*(?:(?:proxy-)?authorization|cookie2?|set-cookie2?|x-api-key|x-auth-token))([ \t]*:)[^\r\n\0]*(?:\r?\n[ \t][^\r\n\0]*)*/gim;
// Up to the last @ before the path: people do write passwords with an @ in them. A scheme is short, so hostile text is quick.
// A relative URL may begin with the slashes.
const USERINFO = /((?:[a-z][a-z0-9+.-]{0,30}:|^)\/\/)[^\s/?#]*@/gim;
const SECRET_QUERY =
  /([?&;](?:access_token|api[_-]?key|auth|client_secret|code|id_token|key|pass|passwd|password|pwd|refresh_token|secret|session|sid|sig|signature|token)=)[^&;#\s]*/gi;
const PRIVATE_KEY = /(-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----)(?:(?!-----)[\s\S])*/g;
const FTP_SECRET = /^((?:PASS|ACCT)\s)[^\r\n]+/gim;

/** The text without its secrets. */
export function redact(text: string): string {
  return text
    .replace(SECRET_HEADERS, `$1$2 ${MASK}`)
    .replace(USERINFO, `$1${MASK}@`)
    .replace(SECRET_QUERY, `$1${MASK}`)
    .replace(FTP_SECRET, `$1${MASK}`)
    .replace(PRIVATE_KEY, `$1${MASK}`);
}
