import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createDrivers } from '../../extension/drivers/index.ts';
import { constantName } from '../../extension/shared/constantNames.ts';
import { errorCode, isErrorSymbol } from '../../extension/shared/errorCodes.ts';
import { isFunctionName } from '../../extension/shared/hierarchy.ts';
import {
  createWinInet,
  HINTERNET,
  INTERNET_STATUS_REQUEST_COMPLETE,
  type StatusCallback,
  type UncheckedHandle,
  type WinInet,
  WinInetError,
} from '../../extension/wininet/index.ts';
import { type ArgumentScope, argumentsOf, type CallMemory } from './caseArguments.ts';
import { type Numbers, outputOf } from './caseOutput.ts';
import type { Outcome, Step, ToldCallback } from './vectors.ts';

/** How long one step may take, in milliseconds: no case waits that long on purpose. */
const STEP_LIMIT = 20_000;

interface Told {
  readonly status: number;
  readonly handle: HINTERNET;
  readonly context: number;
  readonly information: unknown;
  action: Promise<unknown> | undefined;
}

/** A call that has answered ERROR_IO_PENDING. */
interface Pending {
  readonly step: Step;
  readonly memory: CallMemory;
}

/** Plays the steps of one case on a library that has just been started. */
export class CasePlayer {
  readonly #wininet: WinInet = createWinInet({ drivers: createDrivers() });
  readonly #handles = new Map<string, unknown>();
  /** The newest handle of each value. */
  readonly #given = new Map<number, HINTERNET>();
  /** Of handles that no variable names, by their value. */
  readonly #placeholders = new Map<number, string>();
  readonly #scratch = mkdtempSync(path.join(tmpdir(), 'conformance-'));
  readonly #numbers: Numbers;
  readonly #substitute: (text: string) => string;
  readonly #callbacks = new Map<string, StatusCallback>();
  #told: Told[] = [];
  #pending: Pending | undefined;
  #completions: { readonly dwResult: unknown; readonly dwError: number; readonly value?: unknown }[] = [];

  /** @param substitute puts the ports of the fixtures into texts */
  constructor(numbers: Numbers, substitute: (text: string) => string) {
    this.#numbers = numbers;
    this.#substitute = substitute;
  }

  /** Performs one step. A step that does not end is reported as the error HANG. */
  async play(step: Step): Promise<Outcome> {
    const limit = new AbortController();
    const hang = pause(STEP_LIMIT, { ok: false, error: 'HANG' } as const, { signal: limit.signal }).catch(() =>
      never(),
    );
    try {
      const outcome = await Promise.race([this.#perform(step), hang]);
      return { ...outcome, callbacks: await this.#callbacksSince(outcome) };
    } finally {
      limit.abort();
    }
  }

  /** Closes everything and deletes the files of the case. */
  async end(): Promise<void> {
    await Promise.race([this.#wininet.dispose(), pause(STEP_LIMIT, undefined, { ref: false })]);
    rmSync(this.#scratch, { recursive: true, force: true });
  }

  async #perform(step: Step): Promise<Outcome> {
    if (step.call.startsWith('@')) return await this.#pseudo(step);
    const name = step.call.replace(/\(.*\)$/, '');
    if (!isFunctionName(name)) throw new Error(`${name} is no function`);
    const memory = argumentsOf(name, step, this.#scope);
    // The vectors name functions and arguments; the engine checks both.
    const call = this.#wininet[name] as (...args: readonly unknown[]) => Promise<unknown>;
    try {
      return this.#succeeded(step, memory, await call(...memory.args));
    } catch (error) {
      return this.#failed(step, memory, error);
    }
  }

  #succeeded(step: Step, memory: CallMemory, result: unknown): Outcome {
    if (step.save !== undefined) this.#save(step.save, result);
    const named = result instanceof HINTERNET ? { handle: this.#nameOf(result) } : {};
    const previous =
      step.call === 'InternetSetStatusCallback' ? { out: { previous: this.#nameOfCallback(result) } } : {};
    return {
      ok: true,
      ...named,
      ...this.#output(step, memory, result),
      ...previous,
    };
  }

  #failed(step: Step, memory: CallMemory, error: unknown): Outcome {
    if (step.save !== undefined) this.#save(step.save, null);
    if (!(error instanceof WinInetError)) return { ok: false, error: `threw ${String(error)}` };
    const { symbol } = error;
    // As a C program learns it.
    const code = this.#wininet.GetLastError();
    if (symbol === 'ERROR_IO_PENDING') this.#pending = { step, memory };
    // The original returns the number of every failure; the engine fails with it.
    if (step.call === 'InternetErrorDlg') return { ok: true, value: code };
    const previous =
      step.call === 'InternetSetStatusCallback' ? { out: { previous: 'INTERNET_INVALID_STATUS_CALLBACK' } } : {};
    return { ok: false, error: symbol, code, ...this.#output(step, memory, error), ...previous };
  }

  #output(step: Step, memory: CallMemory, result: unknown): Pick<Outcome, 'out' | 'value'> {
    const handleOf = (value: unknown) => this.#nameOfValue(value);
    return outputOf({ step, memory, result, numbers: this.#numbers, handleOf });
  }

  async #pseudo({ call, args }: Step): Promise<Outcome> {
    const file = path.join(this.#scratch, String(args.path ?? ''));
    switch (call) {
      case '@sleep':
        await pause(Number(args.ms));
        return { ok: true };
      case '@same': {
        const [a, b] = [this.#handles.get(String(args.a)), this.#handles.get(String(args.b))];
        return { ok: true, out: { same: a instanceof HINTERNET && b instanceof HINTERNET && a.value === b.value } };
      }
      case '@localWrite':
        writeFileSync(file, Buffer.from(this.#substitute(String(args.data)), 'latin1'));
        return { ok: true };
      case '@localRead': {
        const exists = existsSync(file);
        return { ok: true, out: exists ? { exists, data: readFileSync(file, 'latin1') } : { exists } };
      }
      case '@localDelete':
        rmSync(file, { force: true });
        return { ok: true };
      case '@wait':
        return await this.#wait(this.#numbers(args.status), Number(args.count ?? 1));
      default:
        throw new Error(`${call} is no step`);
    }
  }

  async #wait(status: number, count: number): Promise<Outcome> {
    const come = () => this.#told.filter((one) => one.status === status).length;
    const patience = Date.now() + STEP_LIMIT / 4;
    while (come() < count && Date.now() < patience) await pause(2);
    const pending = this.#pending;
    const completion = this.#completions.shift();
    this.#pending = undefined;
    if (come() < count) return { ok: false, error: `only ${come()} of ${count} callbacks` };
    if (pending === undefined || completion === undefined || status !== INTERNET_STATUS_REQUEST_COMPLETE)
      return { ok: true };
    const result = completion.dwResult instanceof HINTERNET ? completion.dwResult : completion.value;
    const { step, memory } = pending;
    if (completion.dwError !== 0) return { ok: true };
    if (step.save !== undefined) this.#save(step.save, result);
    return { ok: true, ...this.#output(step, memory, result) };
  }

  get #scope(): ArgumentScope {
    return {
      substitute: this.#substitute,
      number: this.#numbers,
      handle: (value) => (typeof value === 'string' ? this.#handle(value) : value),
      callback: (value) => this.#callback(value),
      scratch: this.#scratch,
    };
  }

  /**
   * The handle of a variable. A C program holds numbers: where a value has been given out again, the variable means the newer
   * handle, which is kept last.
   */
  #handle(name: string): unknown {
    const handle = this.#handles.get(name);
    if (handle === undefined) throw new Error(`no step before has saved ${name}`);
    if (!(handle instanceof HINTERNET)) return handle;
    return this.#given.get(handle.value) ?? handle;
  }

  #save(name: string, result: unknown): void {
    this.#handles.set(name, result);
    if (result instanceof HINTERNET) this.#given.set(result.value, result);
  }

  #callback(value: unknown): StatusCallback | null {
    if (value === null || value === undefined) return null;
    const key = JSON.stringify(value);
    const known = this.#callbacks.get(key);
    if (known !== undefined) return known;
    let acted = false;
    const callback: StatusCallback = (handle, context, status, information) => {
      const told: Told = { status, handle, context, information, action: undefined };
      this.#told.push(told);
      if (typeof information === 'object' && information !== null && 'dwError' in information) {
        this.#completions.push(information);
      }
      if (typeof value !== 'object' || !('on' in value) || acted || status !== this.#numbers(value.on)) return;
      acted = true;
      const target = this.#handles.get(String('hInternet' in value ? value.hInternet : '')) as UncheckedHandle;
      told.action = this.#act(String('do' in value ? value.do : ''), target);
    };
    this.#callbacks.set(key, callback);
    return callback;
  }

  async #act(what: string, target: UncheckedHandle): Promise<unknown> {
    try {
      if (what === 'InternetCloseHandle') await this.#wininet.InternetCloseHandle(target);
      else await this.#wininet.InternetQueryOption(target, this.#numbers('INTERNET_OPTION_HANDLE_TYPE'));
      return { ok: true };
    } catch (error) {
      return { ok: false, error: error instanceof WinInetError ? error.symbol : String(error) };
    }
  }

  /** What was told since the last step; what belongs to a pending call is left for the wait. */
  async #callbacksSince({ error }: Outcome): Promise<ToldCallback[] | undefined> {
    if (error === 'ERROR_IO_PENDING') return undefined;
    // Closing handles has its say before the next step begins.
    await pause(0);
    const told = this.#told;
    this.#told = [];
    const named = told.map(async ({ status, handle, context, information, action }): Promise<ToldCallback> => {
      const told = {
        status: constantName('INTERNET_STATUS_', status) ?? String(status),
        handle: this.#nameOf(handle),
        context,
      };
      const info = this.#info(information);
      const outcome = action === undefined ? {} : { action: await Promise.race([action, pause(1000, 'unfinished')]) };
      return { ...told, ...(info === null ? {} : { info }), ...outcome };
    });
    return await Promise.all(named);
  }

  #info(information: unknown): unknown {
    if (information instanceof HINTERNET) return this.#nameOf(information);
    if (typeof information !== 'object' || information === null) return information;
    const { dwResult, dwError } = information as { readonly dwResult: unknown; readonly dwError: number };
    const result = dwResult instanceof HINTERNET ? this.#nameOf(dwResult) : dwResult;
    return { result, code: dwError };
  }

  #nameOf(handle: HINTERNET): string {
    for (const [name, one] of this.#handles) if (one === handle) return name;
    return this.#nameOfNumber(handle.value);
  }

  #nameOfValue(value: unknown): string | null {
    if (value === 0n || value === 0) return null;
    for (const [name, one] of this.#handles) if (one instanceof HINTERNET && BigInt(one.value) === value) return name;
    return this.#nameOfNumber(Number(value));
  }

  /** The placeholder of a handle that no variable names. It is told by its number as a C program sees it. */
  #nameOfNumber(value: number): string {
    const known = this.#placeholders.get(value) ?? `?${this.#placeholders.size + 1}`;
    this.#placeholders.set(value, known);
    return known;
  }

  #nameOfCallback(callback: unknown): string {
    if (callback === null) return 'NULL';
    for (const [name, one] of this.#callbacks) if (one === callback) return String(JSON.parse(name));
    return 'unknown';
  }
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}

/** The number of an error's symbol, where the table has it. */
export function codeOf(symbol: string): number | undefined {
  return isErrorSymbol(symbol) ? errorCode(symbol) : undefined;
}
