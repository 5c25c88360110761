import { constantName } from '../shared/constantNames.ts';
import * as constants from '../shared/constants.ts';
import { type ErrorSymbol, errorSymbol } from '../shared/errorCodes.ts';
import { HINTERNET, type StatusCallbackInformation, type WinInet, WinInetError } from '../wininet/index.ts';
import type { Argument, Callee, CallLine } from './callLine.ts';

/** One status that the callback of a stage was told. */
export interface ToldStatus {
  /** INTERNET_STATUS_* without the prefix. */
  readonly name: string;
  readonly handle: HINTERNET;
  readonly context: number;
  readonly information: StatusCallbackInformation;
}

/** What came of a line. */
export type CallOutcome =
  | { readonly is: 'result'; readonly value: unknown; readonly told: readonly ToldStatus[] }
  | { readonly is: 'error'; readonly symbol: ErrorSymbol; readonly told: readonly ToldStatus[] }
  | { readonly is: 'started'; readonly told: readonly ToldStatus[] };

/** Sees each call with its arguments before it is made: returns the arguments to call with, or throws to refuse the call. */
export type CallGuard = (fn: Callee, args: readonly unknown[]) => readonly unknown[];

type Settled =
  | { readonly is: 'result'; readonly value: unknown }
  | { readonly is: 'error'; readonly symbol: ErrorSymbol };

interface Completion {
  readonly context: number;
  readonly settled: Settled;
}

/** Milliseconds for which `completion` waits: a call of the playground that takes longer will not end. */
const COMPLETION_LIMIT = 30_000;

/**
 * Carries out lines of calls on an engine, and knows the names that they give. `callback` is a status callback that notes what
 * it is told; every constant of WinINet is a name. It reaches no handle but those that its own lines made.
 */
export class CallStage {
  readonly #wininet: WinInet;
  readonly #guard: CallGuard;
  readonly #variables: Map<string, unknown>;
  readonly #started = new Map<string, Promise<Settled>>();
  readonly #roots = new Set<HINTERNET>();
  readonly #running = new Set<Promise<Settled>>();
  readonly #completions: Completion[] = [];
  /** Those that wait for completions. */
  readonly #sleepers = new Set<() => void>();
  #told: ToldStatus[] = [];
  #ended = false;

  /**
   * @param names what the lines may name besides constants, as HOST and HTTP_PORT
   * @param guard sees each call first
   */
  constructor(wininet: WinInet, names: Readonly<Record<string, unknown>>, guard: CallGuard = (_fn, args) => args) {
    this.#wininet = wininet;
    this.#guard = guard;
    const callback = (...told: Parameters<CallStage['hear']>) => this.hear(...told);
    this.#variables = new Map(Object.entries({ ...constants, ...names, callback }));
  }

  /** The root handles that the lines opened, oldest first, closed ones too. */
  get roots(): readonly HINTERNET[] {
    return [...this.#roots];
  }

  /** The handle of this name; undefined where the name has none. */
  handleNamed(name: string): HINTERNET | undefined {
    const value = this.#variables.get(name);
    return value instanceof HINTERNET ? value : undefined;
  }

  /** The name that a line gave to a handle. */
  nameOf(handle: HINTERNET): string | undefined {
    for (const [name, value] of this.#variables) {
      if (value instanceof HINTERNET && value.serial === handle.serial) return name;
    }
    return undefined;
  }

  /** Carries out one line. Throws a ReferenceError for a name that nobody knows, and what the guard throws. */
  async perform(line: CallLine): Promise<CallOutcome> {
    this.#told = [];
    const settled = line.is === 'await' ? await this.#awaited(line.name) : await this.#call(line);
    return { ...(settled ?? { is: 'started' }), told: this.#told };
  }

  /** Closes what the lines opened, the newest root first, and waits for every call that was started. */
  async close(): Promise<void> {
    this.#ended = true;
    this.#awaken();
    for (const root of [...this.#roots].reverse()) await this.#closeRoot(root);
    await Promise.allSettled(this.#running);
  }

  /** The status callback of the lines. */
  hear(handle: HINTERNET, context: number, status: number, information: StatusCallbackInformation): void {
    const name = (constantName('INTERNET_STATUS_', status) ?? String(status)).replace('INTERNET_STATUS_', '');
    this.#told.push({ name, handle, context, information });
    if (typeof information !== 'object' || information === null || !('dwError' in information)) return;
    const { dwError, value } = information;
    const symbol = errorSymbol(dwError) ?? 'ERROR_INTERNET_INTERNAL_ERROR';
    this.#completions.push({ context, settled: dwError === 0 ? { is: 'result', value } : { is: 'error', symbol } });
    this.#awaken();
  }

  #awaken(): void {
    for (const wake of this.#sleepers) wake();
    this.#sleepers.clear();
  }

  async #call(line: CallLine & { readonly is: 'call' }): Promise<Settled | null> {
    const { fn, name, start } = line;
    const args = this.#guard(
      fn,
      line.args.map((argument) => this.#value(argument)),
    );
    const settling = fn === 'completion' ? this.#completion(args[0]) : this.#settle(this.#apply(fn, args));
    const named = settling.then((settled) => this.#keep(fn, name, settled));
    this.#running.add(named);
    const leave = () => this.#running.delete(named);
    named.then(leave, leave);
    if (!start) return named;
    this.#started.set(name ?? fn, named);
    return null;
  }

  #apply(fn: Exclude<Callee, 'completion'>, args: readonly unknown[]): unknown {
    const call: unknown = this.#wininet[fn];
    // The engine checks every argument itself, as for a program that no compiler has seen.
    return typeof call === 'function' ? Reflect.apply(call, this.#wininet, args) : undefined;
  }

  async #settle(call: unknown): Promise<Settled> {
    try {
      return { is: 'result', value: await call };
    } catch (error) {
      if (error instanceof WinInetError) return { is: 'error', symbol: error.symbol };
      throw error;
    }
  }

  async #keep(fn: Callee, name: string | null, settled: Settled): Promise<Settled> {
    if (settled.is === 'error') return settled;
    if (name !== null) this.#variables.set(name, settled.value);
    if (fn !== 'InternetOpen' || !(settled.value instanceof HINTERNET)) return settled;
    this.#roots.add(settled.value);
    // It was on its way when the others were closed.
    if (this.#ended) await this.#closeRoot(settled.value);
    return settled;
  }

  /** One that the lines closed already is no failure, nor is an upload that closing cuts off. */
  async #closeRoot(root: HINTERNET): Promise<void> {
    await this.#settle(this.#wininet.InternetCloseHandle(root));
  }

  async #awaited(name: string): Promise<Settled> {
    const started = this.#started.get(name);
    if (started === undefined) throw new ReferenceError(`${name} was not started. Write start ${name} = … before it.`);
    return started;
  }

  /** Waits for INTERNET_STATUS_REQUEST_COMPLETE with this context; each is taken once. */
  async #completion(context: unknown): Promise<Settled> {
    let late = false;
    const alarm = setTimeout(() => {
      late = true;
      this.#awaken();
    }, COMPLETION_LIMIT);
    try {
      for (;;) {
        const at = this.#completions.findIndex((one) => one.context === context);
        const [found] = at === -1 ? [] : this.#completions.splice(at, 1);
        if (found !== undefined) return found.settled;
        if (this.#ended) return { is: 'error', symbol: 'ERROR_INTERNET_OPERATION_CANCELLED' };
        if (late) return { is: 'error', symbol: 'ERROR_INTERNET_TIMEOUT' };
        await new Promise<void>((resolve) => this.#sleepers.add(resolve));
      }
    } finally {
      clearTimeout(alarm);
    }
  }

  #value(argument: Argument): unknown {
    switch (argument.is) {
      case 'text':
        return argument.text.replace(/\$\{(\w+)\}/g, (_, name: string) => String(this.#variable(name)));
      case 'value':
        return argument.value;
      case 'buffer':
        return new Uint8Array(argument.size).fill(120);
      case 'record':
        return Object.fromEntries(argument.fields.map(([name, value]) => [name, this.#value(value)]));
      case 'names':
        return this.#flags(argument.names);
    }
  }

  #flags(names: readonly string[]): unknown {
    const values = names.map((name) => this.#variable(name));
    return values.length === 1 ? values[0] : values.reduce<number>((flags, one) => flags | Number(one), 0) >>> 0;
  }

  #variable(name: string): unknown {
    if (this.#variables.has(name)) return this.#variables.get(name);
    throw new ReferenceError(`Nobody knows ${name}. Give the name in a line above it, or write a constant of WinINet.`);
  }
}

/** A result as lessons and scenarios print it: a handle's value, the name of a found file, JSON for the rest. */
export function resultText(value: unknown): string {
  if (value instanceof HINTERNET) return value.toString();
  if (typeof value === 'object' && value !== null && 'cFileName' in value) return JSON.stringify(value.cFileName);
  if (typeof value === 'object' && value !== null && 'DisplayString' in value)
    return JSON.stringify(value.DisplayString);
  return typeof value === 'function' ? 'a callback' : JSON.stringify(value);
}
