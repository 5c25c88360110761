import { INTERNET_STATUS_HANDLE_CREATED, INTERNET_STATUS_REQUEST_COMPLETE } from '../constants.ts';
import { formatHandleValue } from '../format.ts';
import { functionRow } from '../hierarchy.ts';
import type { CallBegin, Entry, HandleOpen, Status } from '../journal.ts';
import { named } from './naming.ts';
import { type Finding, NOTHING, type Rule, type World } from './rule.ts';
import { topOf } from './topOf.ts';

/** What is known of a handle's status callback. */
interface Listening {
  /** The call that set the callback which the handle has, itself or by inheritance; null where it has none. */
  readonly set: number | null;
  /** The call that took it away from this handle; null where none did. */
  readonly removed: number | null;
}

const DEAF: Listening = { set: null, removed: null };

/** Status callbacks that were set and never came, and why. */
export class Callbacks implements Rule {
  readonly #handles = new Map<number, Listening>();
  /** Calls that answered ERROR_IO_PENDING and have not ended. */
  readonly #pending = new Set<number>();
  /** The last call that ended after it had pended, by its handle and by the one it opened: REQUEST_COMPLETE is about it. */
  readonly #ended = new Map<number, CallBegin>();
  /** How statuses fared that were due to a callback, by the call that set it. */
  readonly #fates = new Map<number, { delivered: boolean; unheard: number | null }>();
  readonly #late = new Set<number>();
  /** Calls that pend while neither their handle nor one above it has, or had, a callback. */
  readonly #unheardOf = new Set<number>();
  /** Roots of which that was told. */
  readonly #deaf = new Set<number>();
  /** Callbacks, by the call that set them, of which it was told that a call with context 0 did not reach them. */
  readonly #toldUnheard = new Set<number>();

  read(entry: Entry, world: World): readonly Finding[] {
    switch (entry.type) {
      case 'call-pending':
        this.#pending.add(entry.call);
        this.#pends(world.call(entry.call), world);
        return NOTHING;
      case 'call-end': {
        const begin = world.call(entry.call);
        if (begin?.handle == null) return NOTHING;
        if (this.#pending.delete(entry.call)) {
          this.#ended.set(begin.handle, begin);
          // Where InternetOpenUrl tells its end.
          if (typeof entry.result === 'object' && entry.result !== null && 'handle' in entry.result) {
            this.#ended.set(entry.result.handle, begin);
          }
          return this.#nobodyHears(begin, world);
        }
        if (begin.fn === 'InternetSetStatusCallback' && entry.error === undefined) {
          this.#change(begin.handle, begin.call, begin.args[1] !== null);
        }
        return NOTHING;
      }
      case 'handle-open':
        this.#opened(entry);
        return NOTHING;
      case 'status':
        return this.#status(entry, world);
      case 'handle-close':
        return this.#closed(entry.serial, world);
      case 'end':
        return [
          ...[...this.#unheardOf].flatMap((call) => this.#nobodyHears(world.call(call), world)),
          ...[...this.#handles.keys()].flatMap((serial) => this.#closed(serial, world)),
        ];
      default:
        return NOTHING;
    }
  }

  #opened({ serial, parent }: HandleOpen): void {
    const set = parent === null ? null : (this.#handles.get(parent)?.set ?? null);
    if (set !== null) this.#handles.set(serial, { set, removed: null });
  }

  #change(serial: number, call: number, isSet: boolean): void {
    const before = this.#handles.get(serial) ?? DEAF;
    if (isSet) {
      // In time for what pends now.
      this.#unheardOf.clear();
      this.#handles.set(serial, { set: call, removed: null });
      this.#fates.set(call, { delivered: false, unheard: null });
    } else this.#handles.set(serial, { set: null, removed: before.set === null ? before.removed : call });
  }

  #status({ serial, code, context, information }: Status, world: World): readonly Finding[] {
    const { set, removed } = this.#handles.get(serial) ?? DEAF;
    const ended = code === INTERNET_STATUS_REQUEST_COMPLETE ? this.#ended.get(serial) : undefined;
    if (ended !== undefined) this.#forget(ended, serial);
    const cancelled =
      typeof information === 'object' &&
      information !== null &&
      'error' in information &&
      information.error === 'ERROR_INTERNET_OPERATION_CANCELLED';
    const node = world.tree.nodes.get(serial);
    if (node === undefined || node.closed !== null || cancelled) return NOTHING;
    if (set !== null) {
      const fate = this.#fates.get(set);
      if (fate === undefined) return NOTHING;
      if (context !== 0) fate.delivered = true;
      // A new handle is announced on its parent, which need not have a context itself.
      else if (code !== INTERNET_STATUS_HANDLE_CREATED) fate.unheard ??= serial;
      return context === 0 && ended !== undefined ? this.#unheard(serial, set, ended, world) : NOTHING;
    }
    if (context === 0) return NOTHING;
    if (removed !== null) return ended === undefined ? NOTHING : this.#removed(serial, removed, ended, world);
    return this.#setLate(serial, world);
  }

  /** What REQUEST_COMPLETE is about is told once. */
  #forget(ended: CallBegin, serial: number): void {
    this.#ended.delete(serial);
    if (ended.handle !== null && this.#ended.get(ended.handle) === ended) this.#ended.delete(ended.handle);
  }

  #pends(begin: CallBegin | undefined, { tree }: World): void {
    if (begin?.handle == null) return;
    for (let at: number | null = begin.handle; at !== null; at = tree.nodes.get(at)?.parent ?? null) {
      const { set, removed } = this.#handles.get(at) ?? DEAF;
      if (set !== null || removed !== null) return;
    }
    this.#unheardOf.add(begin.call);
  }

  /** A call that has pended is over, or will never be, and nobody could hear of it. */
  #nobodyHears(begin: CallBegin | undefined, { tree }: World): readonly Finding[] {
    const node = begin?.handle == null ? undefined : tree.nodes.get(begin.handle);
    if (begin === undefined || node === undefined || !this.#unheardOf.delete(begin.call)) return NOTHING;
    const top = topOf(tree, node);
    if (this.#deaf.has(top)) return NOTHING;
    this.#deaf.add(top);
    const text = `${begin.fn} on ${named(node)} answered ERROR_IO_PENDING, and nobody can hear how it ends: InternetSetStatusCallback was never called.`;
    return [{ topic: 'no-callback', serial: node.serial, call: begin.call, text }];
  }

  /** The end of a pending call with context 0. */
  #unheard(told: number, set: number, ended: CallBegin, { tree }: World): readonly Finding[] {
    if (this.#toldUnheard.has(set)) return NOTHING;
    this.#toldUnheard.add(set);
    // That it was never called needs no second word.
    this.#fates.delete(set);
    const serial = ended.handle ?? told;
    const node = tree.nodes.get(serial);
    if (node === undefined) return NOTHING;
    const own = functionRow(ended.fn).parameters.includes('dwContext');
    const fn = own ? ended.fn : node.fn;
    const text = `${ended.fn} on ${named(node)} ended, and the callback was not told: ${fn} was called with dwContext 0.`;
    return [{ topic: 'no-context', serial, call: own ? ended.call : node.call, text }];
  }

  #removed(told: number, removed: number, ended: CallBegin, { tree }: World): readonly Finding[] {
    const serial = ended.handle ?? told;
    const node = tree.nodes.get(serial);
    if (node === undefined) return NOTHING;
    const text = `${ended.fn} on ${named(node)} ended, and nobody was told: the callback had been removed while the call was pending.`;
    return [{ topic: 'callback-removed', serial, call: removed, text }];
  }

  /** A handle has no callback, but one above it got one after the way down to this one was made. */
  #setLate(serial: number, { tree }: World): readonly Finding[] {
    const node = tree.nodes.get(serial);
    if (node === undefined) return NOTHING;
    // The uppermost of those without: what is made from it inherits nothing either, and needs no word of its own.
    let late = node;
    for (let above = node.parent; above !== null; above = tree.nodes.get(above)?.parent ?? null) {
      const set = this.#handles.get(above)?.set ?? null;
      const owner = tree.nodes.get(above);
      if (owner === undefined) return NOTHING;
      if (set === null) {
        late = owner;
        continue;
      }
      if (this.#late.has(late.serial)) return NOTHING;
      this.#late.add(late.serial);
      const [subject, heir] =
        late === node ? ['it', ''] : [named(late), `, nor has ${named(late)}, from which it was made`];
      const text = `${named(node)} has no callback${heir}: ${subject} was made before InternetSetStatusCallback gave one to ${formatHandleValue(owner.value)}, and handles inherit when they are made.`;
      return [{ topic: 'callback-late', serial, call: set, text }];
    }
    return NOTHING;
  }

  /** The handle for which a callback was set goes: was it ever called? */
  #closed(serial: number, { tree }: World): readonly Finding[] {
    const set = this.#handles.get(serial)?.set ?? null;
    this.#handles.delete(serial);
    this.#late.delete(serial);
    this.#ended.delete(serial);
    const fate = set === null ? undefined : this.#fates.get(set);
    if (set === null || fate === undefined || [...this.#handles.values()].some((other) => other.set === set)) {
      return NOTHING;
    }
    this.#fates.delete(set);
    const node = fate.unheard === null ? undefined : tree.nodes.get(fate.unheard);
    if (fate.delivered || node === undefined) return NOTHING;
    const text = `The callback was never called: ${named(node)} and what happened on it had dwContext 0.`;
    return [{ topic: 'no-context', serial: node.serial, call: node.call, text }];
  }
}
