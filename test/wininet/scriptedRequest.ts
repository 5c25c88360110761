import type { Socket } from 'node:net';
import type { TestContext } from 'node:test';
import type { TlsOptions } from 'node:tls';
import * as c from '../../extension/shared/constants.ts';
import type { HINTERNET } from '../../extension/wininet/index.ts';
import { type Script, serve } from '../drivers/httpFixture.ts';
import { type Engine, openRequest, startEngine } from './engineFixture.ts';

/** The time-outs of a scripted request, in milliseconds. */
export const BRIEF = 200;

/** A request that was not sent, and the connections that its server has accepted. */
export interface ScriptedRequest {
  readonly engine: Engine;
  readonly request: HINTERNET<'http-request'>;
  readonly sockets: readonly Socket[];
}

/** What differs from GET / in the clear. */
export interface ScriptedOptions {
  readonly verb?: string;
  readonly requestFlags?: number;
  /** The server speaks TLS. */
  readonly tls?: TlsOptions;
  /** The name by which the server is known; 127.0.0.1 unless told otherwise. */
  readonly host?: string;
  readonly engine?: Engine;
}

/** Opens a request with brief time-outs for `/` of a server that follows a script. */
export async function scriptedRequest(
  t: TestContext,
  script: Script,
  { tls, host = '127.0.0.1', engine: given, ...options }: ScriptedOptions = {},
): Promise<ScriptedRequest> {
  const { port, sockets } = await serve(t, script, tls);
  const engine = given ?? (await startEngine(t));
  const request = await openRequest(engine, new URL(`http://${host}:${port}`), '/', options);
  await shorten(engine, request);
  return { engine, request, sockets };
}

/** Gives a request brief time-outs, in milliseconds. */
export async function shorten({ wininet }: Engine, request: HINTERNET<'http-request'>, limit = BRIEF): Promise<void> {
  for (const option of [
    c.INTERNET_OPTION_CONNECT_TIMEOUT,
    c.INTERNET_OPTION_SEND_TIMEOUT,
    c.INTERNET_OPTION_RECEIVE_TIMEOUT,
  ]) {
    await wininet.InternetSetOption(request, option, limit);
  }
}
