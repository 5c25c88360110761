import type { HttpHeader } from '../httpHead.ts';
import type { Entry } from '../journal.ts';
import { httpRequestsOf, type ProgramRequest } from './httpRequests.ts';
import type { Program, Secret } from './program.ts';
import { SecretNames } from './secretNames.ts';
import { scriptHead, shellWord, usedIn } from './shell.ts';

/**
 * The HTTP requests of a program as a script for curl, a command for each; null where it makes none.
 * @param entries the journal: the heads that were sent stand in it
 */
export function curlOf(program: Program, entries: readonly Entry[]): string | null {
  const requests = httpRequestsOf(program, entries);
  if (requests.length === 0) return null;
  const secrets = new SecretNames(program.secrets);
  const commands = requests.map((request) => commandOf(request, secrets));
  const hasBody = requests.some(({ body }) => body !== null);
  const text = commands.flatMap((lines) => ['', ...lines]).join('\n');
  return `${scriptHead(program, 'curl', usedIn(text, secrets.all), hasBody).join('\n')}\n${text}\n`;
}

/** Headers that curl makes itself, from the address, the body and the account. */
const OWN = /^(host|content-length|transfer-encoding|authorization|proxy-authorization|proxy-connection)$/i;
/** Headers that curl adds unless they are given or forbidden. */
const ADDED = ['User-Agent', 'Accept'];

function commandOf(request: ProgramRequest, secrets: SecretNames): readonly string[] {
  const { method, url, version, body, error, isRead } = request;
  const words = [
    ...(version === 'HTTP/1.0' ? ['--http1.0'] : ['--http1.1']),
    ...methodWords(method, body),
    ...(request.follows ? ['--location'] : []),
    ...(request.insecure ? ['--insecure'] : []),
    ...proxyWords(request),
    ...accountWords(request),
    // Cookies that come on the way count for what follows.
    ...(request.gathersCookies ? ["--cookie ''"] : []),
    ...headerWords(request, secrets),
    ...(body === null ? [] : [`--data-binary @<(placeholder ${body})`]),
    ...(isRead || method === 'HEAD' ? [] : ['--output /dev/null']),
    shellWord(secrets.partsOf(url)),
  ];
  const lines = ['curl --silent --show-error --globoff --path-as-is', ...words.map((word) => `  ${word}`)]
    .join(' \\\n')
    .split('\n');
  return error === null ? lines : [`# When it was recorded this failed: ${error}`, ...lines];
}

function methodWords(method: string, body: number | null): readonly string[] {
  if (method === 'HEAD') return ['--head'];
  // Said explicitly, a method stays what it is through every redirect.
  return method === (body === null ? 'GET' : 'POST') ? [] : [`--request ${shellWord([method])}`];
}

function proxyWords({ proxy, proxyUser, proxyPassword }: ProgramRequest): readonly string[] {
  if (proxy === null) return [];
  if (proxy === 'none') return ["--noproxy '*'"];
  const [first = ''] = proxy.list.split(/[ ;]+/);
  const bypass = proxy.bypass.split(/[ ;]+/).filter((host) => host !== '' && !host.startsWith('<'));
  return [
    `--proxy ${shellWord([first.replace(/^[a-z]+=/, '')])}`,
    ...(bypass.length === 0 ? [] : [`--noproxy ${shellWord([bypass.join(',')])}`]),
    ...(proxyUser === null ? [] : [`--proxy-anyauth --proxy-user ${account(proxyUser, proxyPassword)}`]),
  ];
}

function accountWords({ user, password }: ProgramRequest): readonly string[] {
  return user === null ? [] : [`--anyauth --user ${account(user, password)}`];
}

function account(user: readonly (string | Secret)[], password: readonly (string | Secret)[] | null): string {
  return shellWord([...user, ':', ...(password ?? [])]);
}

function headerWords({ headers, user, body, proxy }: ProgramRequest, secrets: SecretNames): readonly string[] {
  const given = headers.filter(([name]) => !OWN.test(name) || (/^authorization$/i.test(name) && user === null));
  const names = new Set(given.map(([name]) => name.toLowerCase()));
  const isProxied = proxy !== null && proxy !== 'none';
  const added = [
    ...ADDED,
    ...(body === null ? [] : ['Content-Type', 'Expect']),
    ...(isProxied ? ['Proxy-Connection'] : []),
  ];
  const chunked = headers.some(([name, value]) => /^transfer-encoding$/i.test(name) && /chunked/i.test(value));
  return [
    ...given.map(([name, value]) => `--header ${shellWord(secrets.partsOf(`${name}: ${value}`))}`),
    // Without a body curl says nothing of its length.
    ...(body === null && headers.some(isEmptyLength) ? ["--header 'Content-Length: 0'"] : []),
    ...(chunked ? ["--header 'Transfer-Encoding: chunked'"] : []),
    // An empty value keeps curl from adding its own.
    ...added.filter((name) => headers.length > 0 && !names.has(name.toLowerCase())).map((name) => `--header ${name}:`),
  ];
}

function isEmptyLength([name, value]: HttpHeader): boolean {
  return /^content-length$/i.test(name) && value === '0';
}
