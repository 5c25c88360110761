import { HSR_CHUNKED } from '../constants.ts';
import type { CallBegin, CallEnd, Entry } from '../journal.ts';
import { named } from './naming.ts';
import { type Finding, NOTHING, type Rule, type World } from './rule.ts';

/** A body that HttpSendRequestEx began. */
interface Upload {
  /** The HttpSendRequestEx. */
  readonly call: number;
  /** What Content-Length announces, in bytes; null where nothing does. */
  readonly total: number | null;
  written: number;
  /** Something was said about it already. */
  told: boolean;
}

/** Uploads that never end, are not repeated when the server asks for that, or have another size than announced. */
export class Uploads implements Rule {
  readonly #uploads = new Map<number, Upload>();
  /** The HttpEndRequests of a handle that failed with ERROR_INTERNET_FORCE_RETRY, until one does not. */
  readonly #retries = new Map<number, readonly number[]>();

  read(entry: Entry, world: World): readonly Finding[] {
    switch (entry.type) {
      case 'call-begin':
        return this.#begun(entry, world);
      case 'bytes': {
        const upload = entry.direction === 'out' ? this.#uploads.get(entry.serial) : undefined;
        if (upload !== undefined) upload.written += entry.count;
        return NOTHING;
      }
      case 'note':
        if (entry.topic === 'wrong-state' && entry.serial !== null) this.#mute(entry.serial);
        return NOTHING;
      case 'call-end':
        return this.#ended(entry, world);
      case 'handle-close':
        return entry.reason === 'failed' ? this.#forget(entry.serial) : this.#closed(entry.serial, world);
      default:
        return NOTHING;
    }
  }

  #begun({ call, fn, handle, args }: CallBegin, world: World): readonly Finding[] {
    if (handle === null) return NOTHING;
    if (fn === 'HttpSendRequestEx') {
      this.#uploads.set(handle, { call, total: announced(args), written: 0, told: false });
      return NOTHING;
    }
    const upload = this.#uploads.get(handle);
    if (fn !== 'HttpEndRequest' || upload === undefined || upload.told) return NOTHING;
    const { total, written } = upload;
    return total === null || written === total ? NOTHING : this.#size(handle, call, total, written, world);
  }

  #ended({ call, error }: CallEnd, world: World): readonly Finding[] {
    const { fn, handle = null, args = [] } = world.call(call) ?? {};
    if (handle === null) return NOTHING;
    const upload = this.#uploads.get(handle);
    if (fn === 'HttpEndRequest') {
      if (error === 'ERROR_INTERNET_FORCE_RETRY')
        this.#retries.set(handle, [...(this.#retries.get(handle) ?? []), call]);
      else this.#retries.delete(handle);
      this.#uploads.delete(handle);
    } else if (fn === 'HttpSendRequestEx' && error !== undefined) this.#uploads.delete(handle);
    else if (fn === 'InternetWriteFile' && error === 'ERROR_INVALID_PARAMETER' && upload !== undefined) {
      const length = /^(\d+) bytes$/.exec(String(args[1]))?.[1];
      const written = upload.written + Number(length ?? 0);
      if (upload.total !== null && written > upload.total && !upload.told) {
        return this.#size(handle, call, upload.total, written, world);
      }
    }
    return NOTHING;
  }

  #size(serial: number, call: number, total: number, written: number, { tree }: World): readonly Finding[] {
    this.#mute(serial);
    const node = tree.nodes.get(serial);
    if (node === undefined) return NOTHING;
    const text = `dwBufferTotal announced ${total} bytes for ${named(node)}, and the program wrote ${written}.`;
    return [{ topic: 'upload-size', serial, call, text }];
  }

  #closed(serial: number, { tree }: World): readonly Finding[] {
    const [upload, retries] = [this.#uploads.get(serial), this.#retries.get(serial) ?? []];
    this.#forget(serial);
    const node = tree.nodes.get(serial);
    const [first] = retries;
    // Who has tried again at least once may give up.
    if (node?.state === 'retry' && first !== undefined && retries.length === 1) {
      const text = `HttpEndRequest asked for the upload of ${named(node)} again (ERROR_INTERNET_FORCE_RETRY), and it was closed instead.`;
      return [{ topic: 'retry-ignored', serial, call: first, text }];
    }
    // Who closes in the middle of the body cancels it.
    if (node?.state !== 'upload' || upload === undefined || upload.told) return NOTHING;
    if (upload.total !== null && upload.written < upload.total) return NOTHING;
    const text = `${named(node)} was closed without HttpEndRequest, after ${upload.written} bytes were written: its answer was never received.`;
    return [{ topic: 'end-request-forgotten', serial, call: upload.call, text }];
  }

  #mute(serial: number): void {
    const upload = this.#uploads.get(serial);
    if (upload !== undefined) upload.told = true;
  }

  #forget(serial: number): readonly Finding[] {
    this.#uploads.delete(serial);
    this.#retries.delete(serial);
    return NOTHING;
  }
}

/** The size that a HttpSendRequestEx announces; null where it announces none, or the journal does not know it. */
function announced([, lpBuffersIn, , dwFlags]: CallBegin['args']): number | null {
  if (typeof dwFlags === 'number' && (dwFlags & HSR_CHUNKED) !== 0) return null;
  if (lpBuffersIn === null || lpBuffersIn === undefined) return 0;
  const fields = typeof lpBuffersIn === 'string' ? lpBuffersIn : '';
  const [total, first] = ['dwBufferTotal', 'dwBufferLength'].map(
    (name) => new RegExp(`${name} (\\d+)`).exec(fields)?.[1],
  );
  return total === undefined ? null : Math.max(Number(total), Number(first ?? 0));
}
