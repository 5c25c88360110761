import type { Context, ContextManager, TracerProvider } from '@opentelemetry/api';

/** What a program has registered with @opentelemetry/api: it is found where the package keeps it, so the package is not loaded. */
export interface RegisteredApi {
  readonly trace: TracerProvider;
  /** The context of the code that runs now, with the program's own span. */
  active(): Context;
}

/** Where every 1.x of the package keeps what was registered, for all its copies in the process. */
const API = Symbol.for('opentelemetry.js.api.1');

/** Is anything registered now? Cheaper to know than what. */
export function isRegistered(): boolean {
  return (globalThis as { [API]?: { readonly trace?: TracerProvider } })[API]?.trace !== undefined;
}

/** What is registered now; null where nothing is. */
export function registeredApi(): RegisteredApi | null {
  // Whoever sets it is the package itself: its form is that of its major version.
  const api = (globalThis as { [API]?: { readonly trace?: TracerProvider; readonly context?: ContextManager } })[API];
  const trace = api?.trace;
  return trace === undefined ? null : { trace, active: () => api?.context?.active() ?? NO_CONTEXT };
}

/** A context with some values, as the package makes it. */
class Values implements Context {
  readonly #values: ReadonlyMap<symbol, unknown>;

  constructor(values: ReadonlyMap<symbol, unknown> = new Map()) {
    this.#values = values;
  }

  getValue(key: symbol): unknown {
    return this.#values.get(key);
  }

  setValue(key: symbol, value: unknown): Context {
    return new Values(new Map(this.#values).set(key, value));
  }

  deleteValue(key: symbol): Context {
    const values = new Map(this.#values);
    values.delete(key);
    return new Values(values);
  }
}

/** The context of code that runs under no span. */
export const NO_CONTEXT: Context = new Values();

/** The key under which a context holds its span. */
export const SPAN_KEY = Symbol.for('OpenTelemetry Context Key SPAN');
