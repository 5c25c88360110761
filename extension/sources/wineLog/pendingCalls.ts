import { errorCode } from '../../shared/errorCodes.ts';
import { type FunctionName, functionRow, refusal } from '../../shared/hierarchy.ts';
import type { NativeCall } from './callRecord.ts';
import type { LogLine } from './logLine.ts';
import { logPointer } from './logValues.ts';

/** Functions whose work goes on in a thread of Wine's own under an asynchronous root; others of the table work at once there. */
const WORK_LATER = /^(?:Ftp(?!GetFileSize)|HttpSendRequest|HttpEndRequest$|InternetOpenUrl$)/;

/** Calls that answered ERROR_IO_PENDING, the oldest first. */
export class PendingCalls {
  readonly #calls: NativeCall[] = [];

  /** Takes a call that has returned and goes on; false for one that is over. */
  take(call: NativeCall): boolean {
    const { fn, handle, told } = call;
    if (call.pending || !handle?.asynchronous || !functionRow(fn).mayPend) return false;
    const isUntouched = told.code === undefined && !told.worked && !told.returned;
    const isLater = isUntouched && WORK_LATER.test(fn) && refusal(fn, handle.kind, handle.state) === undefined;
    if (told.code !== errorCode('ERROR_IO_PENDING') && !isLater) return false;
    delete told.code;
    delete told.returned;
    call.pending = true;
    this.#calls.push(call);
    return true;
  }

  /** The call that a thread goes on with when it writes this line; null where it goes on with none. */
  resumedBy({ writer, text }: LogLine, ftp: FunctionName | null): NativeCall | null {
    if (ftp !== null) return this.#remove((call) => call.fn === ftp);
    const [, sent] = writer === 'HTTP_HttpSendRequestW' ? (/^--> (\w+)/.exec(text) ?? []) : [];
    const [, opened] = writer === 'INTERNET_InternetOpenUrlW' ? (/^\((\w+),/.exec(text) ?? []) : [];
    const object = logPointer(sent ?? opened);
    if (object === null) return null;
    return this.#remove(
      ({ fn, handle }) => handle?.object === object && (fn === 'InternetOpenUrl') === (sent === undefined),
    );
  }

  /** INTERNET_STATUS_REQUEST_COMPLETE of a handle: the call on it that is over; null where none pends. */
  completed(serial: number): NativeCall | null {
    return this.#remove(({ handle }) => handle?.serial === serial);
  }

  #remove(isMeant: (call: NativeCall) => boolean): NativeCall | null {
    const place = this.#calls.findIndex(isMeant);
    return place === -1 ? null : (this.#calls.splice(place, 1)[0] ?? null);
  }
}
