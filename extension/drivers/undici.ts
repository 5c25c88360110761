import type Client from 'undici/lib/dispatcher/client.js';

export type {
  ClientOptions,
  DispatchController,
  DispatchHandler,
  DispatchOptions,
} from 'undici/lib/dispatcher/client.js';

/** One connection of undici and the requests that wait for it. */
export type UndiciClient = Client;

/** The class of UndiciClient. */
export type UndiciClientConstructor = typeof Client;

/**
 * Loads undici's client, at the first request rather than with the extension. The deep path matters: the index of the
 * package replaces the dispatcher behind the `fetch` of the whole extension host.
 */
export async function loadUndiciClient(): Promise<UndiciClientConstructor> {
  const module = await import('undici/lib/dispatcher/client.js');
  return module.default;
}
