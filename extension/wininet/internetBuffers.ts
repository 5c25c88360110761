import { CallFailure } from './winInetError.ts';

/** Size of the record on a 64-bit machine, in bytes. */
const STRUCT_SIZE = 56;

/** INTERNET_BUFFERS: headers and bytes of a request, or the place where bytes of an answer go. */
export interface INTERNET_BUFFERS {
  /** 56 where it is given; anything else is refused. */
  dwStructSize?: number;
  /** Headers for the request, lines separated by CR LF. */
  lpcszHeader?: string | null;
  dwHeadersLength?: number;
  dwHeadersTotal?: number;
  lpvBuffer?: Uint8Array | string | null;
  /** Bytes of lpvBuffer that count; all of them where absent. After a read, the bytes that came. */
  dwBufferLength?: number;
  /** Size of the whole body, in bytes. */
  dwBufferTotal?: number;
  dwOffsetLow?: number;
  dwOffsetHigh?: number;
}

/** What a caller passes is an INTERNET_BUFFERS, or null. Fails with ERROR_INVALID_PARAMETER. */
export function checkBuffers(value: unknown, name: string): asserts value is INTERNET_BUFFERS | null {
  if (value === null) return;
  if (typeof value !== 'object') refuse(`Pass an INTERNET_BUFFERS or null as ${name}.`);
  for (const [field, content] of Object.entries(value)) {
    if (field.startsWith('dw') && !(Number.isInteger(content) && content >= 0))
      refuse(`Pass a whole number as ${field}.`);
  }
  const record: INTERNET_BUFFERS = value;
  if (record.dwStructSize !== undefined && record.dwStructSize !== STRUCT_SIZE) {
    refuse(`Set dwStructSize to ${STRUCT_SIZE}, or leave it out.`);
  }
  if (typeof (record.lpcszHeader ?? '') !== 'string') refuse('Pass text or null as lpcszHeader.');
  const { lpvBuffer = null } = record;
  if (lpvBuffer !== null && typeof lpvBuffer !== 'string' && !(lpvBuffer instanceof Uint8Array)) {
    refuse('Pass text, a Uint8Array or null as lpvBuffer.');
  }
}

/** The bytes that an INTERNET_BUFFERS hands over. */
export function bytesIn({ lpvBuffer = null, dwBufferLength }: INTERNET_BUFFERS): Uint8Array {
  const bytes = typeof lpvBuffer === 'string' ? Buffer.from(lpvBuffer, 'utf8') : (lpvBuffer ?? new Uint8Array(0));
  return bytes.subarray(0, dwBufferLength ?? bytes.length);
}

/** The room that an INTERNET_BUFFERS offers. Fails with ERROR_INVALID_PARAMETER. */
export function roomIn(value: unknown): { readonly record: INTERNET_BUFFERS; readonly room: Uint8Array } {
  checkBuffers(value, 'lpBuffersOut');
  const { lpvBuffer = null, dwBufferLength } = value ?? {};
  if (value === null || !(lpvBuffer instanceof Uint8Array)) {
    refuse('Pass an INTERNET_BUFFERS with a Uint8Array as lpvBuffer.');
  }
  if ((dwBufferLength ?? 0) > lpvBuffer.length) refuse('dwBufferLength is more than lpvBuffer has.');
  return { record: value, room: lpvBuffer.subarray(0, dwBufferLength ?? lpvBuffer.length) };
}

function refuse(sentence: string): never {
  throw new CallFailure('ERROR_INVALID_PARAMETER', sentence);
}
