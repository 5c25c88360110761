import fc from 'fast-check';
import { createDrivers } from '../../../extension/drivers/index.ts';
import type { Playground } from '../../../extension/playground/playground.ts';
import type { ComparedJournal } from '../../../extension/shared/compare/comparison.ts';
import * as c from '../../../extension/shared/constants.ts';
import { LiveJournal } from '../../../extension/shared/liveJournal.ts';
import { createWinInet, type HINTERNET, WinInetError } from '../../../extension/wininet/index.ts';

/** A step of a random program: what it does, and to which of the handles that are open then. */
export interface RandomStep {
  readonly what: 'connect' | 'request' | 'header' | 'option' | 'set' | 'send' | 'query' | 'read' | 'close';
  readonly which: number;
  readonly value: number;
}

export function randomSteps(): fc.Arbitrary<readonly RandomStep[]> {
  const step = fc.record({
    what: fc.constantFrom<RandomStep['what'][]>(
      ...([
        'connect',
        'request',
        'request',
        'header',
        'option',
        'option',
        'set',
        'send',
        'query',
        'read',
        'close',
      ] as const),
    ),
    which: fc.nat(20),
    value: fc.nat(3),
  });
  return fc.array(step, { minLength: 10, maxLength: 40 });
}

/** Runs a program of random steps on an engine with real sockets; what a step has no handle for is left out. */
export async function runRandomProgram(playground: Playground, steps: readonly RandomStep[]): Promise<ComparedJournal> {
  let now = 0;
  const journal = new LiveJournal(() => ++now, 100_000);
  const w = createWinInet({ drivers: createDrivers(), recorder: journal });
  const { hostname, port } = new URL(playground.http);
  const paths = ['/status/200', '/status/404', '/status/500', '/status/204'];
  const options = [c.INTERNET_OPTION_CONNECT_RETRIES, c.INTERNET_OPTION_CONNECT_TIMEOUT, c.INTERNET_OPTION_USER_AGENT];
  const asked = [c.HTTP_QUERY_STATUS_CODE, c.HTTP_QUERY_CONTENT_TYPE];
  const settable = [c.INTERNET_OPTION_CONNECT_RETRIES, c.INTERNET_OPTION_RECEIVE_TIMEOUT];
  try {
    const root = await w.InternetOpen('random/1.0', c.INTERNET_OPEN_TYPE_DIRECT);
    await w.InternetSetStatusCallback(root, () => undefined);
    const sessions: HINTERNET<'http-connect'>[] = [];
    const requests: HINTERNET<'http-request'>[] = [];
    const all: HINTERNET[] = [root];
    const run = async ({ what, which, value }: RandomStep): Promise<void> => {
      const session = sessions[which % sessions.length];
      const request = requests[which % requests.length];
      const any = all[which % all.length] ?? root;
      const closed = what === 'close' && all.length > 1 ? all.splice(1 + (which % (all.length - 1)), 1)[0] : undefined;
      const kept =
        <T extends HINTERNET>(list: T[]) =>
        (made: T) => {
          list.push(made);
          all.push(made);
        };
      const acts: Readonly<Record<RandomStep['what'], () => Promise<unknown> | undefined>> = {
        connect: () =>
          w
            .InternetConnect(root, hostname, Number(port), null, null, c.INTERNET_SERVICE_HTTP, 0, 1)
            .then(kept(sessions)),
        request: () =>
          session &&
          w.HttpOpenRequest(session, 'GET', paths[value] ?? null, null, null, null, 0, 2).then(kept(requests)),
        option: () => w.InternetQueryOption(any, options[value % options.length] ?? 0),
        set: () => w.InternetSetOption(any, settable[value % settable.length] ?? 0, 1000 + value),
        close: () => closed && w.InternetCloseHandle(closed),
        header: () => request && w.HttpAddRequestHeaders(request, `X-Value: ${value}`, c.HTTP_ADDREQ_FLAG_ADD),
        send: () => request && w.HttpSendRequest(request),
        query: () => request && w.HttpQueryInfo(request, asked[value % asked.length] ?? 0),
        read: () => request && w.InternetReadFile(request, new Uint8Array(64)),
      };
      await acts[what]();
    };
    for (const step of steps) {
      await run(step).catch((error: unknown) => {
        if (!(error instanceof WinInetError)) throw error;
      });
    }
    for (const handle of all.reverse()) await w.InternetCloseHandle(handle).catch(() => undefined);
  } finally {
    await w.dispose();
  }
  return { title: 'random', base: journal.base, entries: [...journal.entries] };
}
