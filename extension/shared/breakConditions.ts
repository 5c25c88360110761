import * as v from 'valibot';
import { type ErrorSymbol, isErrorSymbol } from './errorCodes.ts';
import { functionNames, HANDLE_KINDS, handleKinds } from './hierarchy.ts';
import type { EntryBody, NoteTopic } from './journal.ts';

/** What a debugged program stops on, beside the breakpoints of its lines. */

const symbol = v.custom<ErrorSymbol>((input) => typeof input === 'string' && isErrorSymbol(input), 'an unknown error');

const breakConditionSchema = v.variant('on', [
  /** Any call that fails. */
  v.object({ on: v.literal('error') }),
  /** A call that fails with this error. */
  v.object({ on: v.literal('code'), symbol }),
  /** A call with a handle that was closed. */
  v.object({ on: v.literal('stale-use') }),
  /** A handle that is still open when the program ends. */
  v.object({ on: v.literal('leak') }),
  /** A call of this function. */
  v.object({ on: v.literal('function'), fn: v.picklist(functionNames) }),
  /** A handle of this kind comes into being. */
  v.object({ on: v.literal('kind'), kind: v.picklist(handleKinds) }),
]);

/** Several of them, as they come from outside. */
export const breakConditionsSchema = v.pipe(v.array(breakConditionSchema), v.maxLength(200), v.readonly());

/** One of the things to stop on. */
export type BreakCondition = Readonly<v.InferOutput<typeof breakConditionSchema>>;

/** A reason to stop: where the program's code made the call that is meant, and why. */
export interface BreakReason {
  /** `file:line:column`. */
  readonly site: string;
  readonly why: string;
}

const STALE: ReadonlySet<NoteTopic> = new Set<NoteTopic>(['stale-use', 'use-after-close', 'double-close']);

/** Follows a program's journal and says where to stop. */
export class BreakWatch {
  /** What to stop on; may change at any time. */
  conditions: readonly BreakCondition[] = [];
  /** Sites of calls that run. */
  readonly #calls = new Map<number, string>();
  /** Handles that are open: where they were opened. */
  readonly #handles = new Map<number, string>();
  /** The call that has stopped the program: its failure needs no second stop. */
  #stopped: number | null = null;

  /** Takes the next entry; says where to stop because of it. */
  follow(entry: EntryBody): BreakReason | null {
    switch (entry.type) {
      case 'call-begin':
        if (entry.site !== undefined) this.#calls.set(entry.call, entry.site);
        return this.#stop(entry.call, `${entry.fn} was called`, (one) => one.on === 'function' && one.fn === entry.fn);
      case 'handle-open': {
        const site = this.#calls.get(entry.call);
        if (site !== undefined) this.#handles.set(entry.serial, site);
        const title = HANDLE_KINDS[entry.kind].title;
        return this.#stop(
          entry.call,
          `${entry.fn} made a handle: ${title}`,
          (one) => one.on === 'kind' && one.kind === entry.kind,
        );
      }
      case 'handle-close':
        this.#handles.delete(entry.serial);
        return null;
      case 'note':
        if (!STALE.has(entry.topic) || entry.call === null) return null;
        return this.#stop(entry.call, entry.text, (one) => one.on === 'stale-use');
      case 'call-end': {
        const { call, error, message } = entry;
        const stop =
          error === undefined || this.#stopped === call
            ? null
            : this.#stop(
                call,
                message ?? error,
                (one) => one.on === 'error' || (one.on === 'code' && one.symbol === error),
              );
        this.#calls.delete(call);
        return stop;
      }
      default:
        return null;
    }
  }

  /** The program ends: where the handles were opened that it has not closed, each place once. */
  leaks(): readonly BreakReason[] {
    if (!this.conditions.some(({ on }) => on === 'leak')) return [];
    const counts = new Map<string, number>();
    for (const site of this.#handles.values()) counts.set(site, (counts.get(site) ?? 0) + 1);
    return [...counts].map(([site, count]) => ({
      site,
      why: count === 1 ? 'The handle opened here was never closed' : `${count} handles opened here were never closed`,
    }));
  }

  #stop(call: number, why: string, meant: (condition: BreakCondition) => boolean): BreakReason | null {
    if (!this.conditions.some(meant)) return null;
    const site = this.#calls.get(call);
    if (site === undefined) return null;
    this.#stopped = call;
    return { site, why };
  }
}
