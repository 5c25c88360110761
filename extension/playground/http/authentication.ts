import { sendText } from './answers.ts';
import { ACCOUNT, type DigestAlgorithm, digestChallenge, judgeDigest, makeNonce, REALM } from './digest.ts';
import { ANY_METHOD, type Exchange, type Route } from './route.ts';

const MD5: DigestAlgorithm = { name: 'MD5', hash: 'md5' };
const SHA_256: DigestAlgorithm = { name: 'SHA-256', hash: 'sha256' };
const BASIC_CHALLENGE = `Basic realm="${REALM}", charset="UTF-8"`;
const KEY = `The user is "${ACCOUNT.user}", the password "${ACCOUNT.password}".`;

function locked(path: string, title: string, detail: string, answer: Route['answer']): Route {
  return { path, title, detail, answer, group: 'Authentication', methods: ANY_METHOD };
}

/** Pages behind a password, and pages that ask for one that does not exist. */
export const authenticationRoutes: readonly Route[] = [
  locked('/auth/basic', 'Basic', `The password travels in plain sight, only encoded. ${KEY}`, (exchange) =>
    hasBasic(exchange) ? welcome(exchange, 'Basic') : ask(exchange, [BASIC_CHALLENGE]),
  ),
  locked('/auth/digest', 'Digest', `The password is proven without being sent. ${KEY}`, (exchange) =>
    answerDigest(exchange, MD5, []),
  ),
  locked(
    '/auth/digest-sha256',
    'Digest with SHA-256',
    `The newer algorithm, which older clients refuse. ${KEY}`,
    (exchange) => answerDigest(exchange, SHA_256, []),
  ),
  locked(
    '/auth/choice',
    'Basic or Digest',
    `Offers both, so the client must pick the stronger one. ${KEY}`,
    (exchange) => (hasBasic(exchange) ? welcome(exchange, 'Basic') : answerDigest(exchange, MD5, [BASIC_CHALLENGE])),
  ),
  locked(
    '/auth/ntlm',
    'NTLM',
    'Offers only NTLM and lets nobody in: shows what a client says that cannot speak it.',
    (exchange) => ask(exchange, ['NTLM']),
  ),
  locked(
    '/auth/negotiate',
    'Negotiate',
    'Offers only Negotiate, the method of Windows domains, and lets nobody in.',
    (exchange) => ask(exchange, ['Negotiate']),
  ),
];

function hasBasic({ request }: Exchange): boolean {
  const [scheme = '', encoded = ''] = (request.headers.authorization ?? '').split(' ');
  const credentials = Buffer.from(encoded, 'base64').toString('utf8');
  return scheme.toLowerCase() === 'basic' && credentials === `${ACCOUNT.user}:${ACCOUNT.password}`;
}

function answerDigest(exchange: Exchange, algorithm: DigestAlgorithm, others: readonly string[]): void {
  const { request, site } = exchange;
  const authorization = request.headers.authorization ?? '';
  const verdict = /^digest /i.test(authorization)
    ? judgeDigest(
        algorithm,
        { method: request.method ?? '', target: request.url ?? '', authorization },
        site.secret,
        site.now(),
      )
    : 'refused';
  if (verdict === 'accepted') {
    welcome(exchange, 'Digest');
    return;
  }
  const nonce = makeNonce(site.secret, site.now());
  ask(exchange, [digestChallenge(algorithm, nonce, verdict === 'stale'), ...others]);
}

function ask(exchange: Exchange, challenges: readonly string[]): void {
  sendText(exchange, 401, `Who are you?\n\n${challenges.join('\n')}\n`, { 'WWW-Authenticate': [...challenges] });
}

function welcome(exchange: Exchange, scheme: string): void {
  sendText(exchange, 200, `Welcome, ${ACCOUNT.user}. You came in with ${scheme}.\n`);
}
