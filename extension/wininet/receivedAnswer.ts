import * as constants from '../shared/constants.ts';
import { BodyReader } from './bodyReader.ts';
import { decodeBody } from './contentDecoding.ts';
import type { Engine } from './engine.ts';
import type { HandleRecord } from './handleStore.ts';
import type { PendingCall } from './pendingCall.ts';
import type { ByteSource, DriverFailure } from './ports/driver.ts';
import type { HttpAnswer } from './ports/http.ts';
import { SpooledBody } from './spooledBody.ts';
import { CallFailure } from './winInetError.ts';

type RequestRecord = HandleRecord<'http-request'>;

/** Hands an answer to the program: its head can be queried, its body read. */
export function receiveAnswer(engine: Engine, record: RequestRecord, answer: HttpAnswer, call: PendingCall): void {
  const { data } = record;
  const { body: whole, ...head } = answer;
  const { headers } = head;
  const encoding = headers.find(([name]) => name.toLowerCase() === 'content-encoding')?.[1];
  const decodes = record.options.httpDecoding && encoding !== undefined;
  data.compressedLength = decodes
    ? Number(headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1] ?? 0)
    : 0;
  const told = decodes ? headers.filter(([name]) => !DECODED_AWAY.has(name.toLowerCase())) : headers;
  data.answer = { ...head, headers: told };
  data.body = whole;
  if (isFetchedAhead(record, call)) whole.prefetch();
  const body = spooled(engine, record, decodes ? decodeBody(whole, encoding) : whole);
  data.reader = new BodyReader(body, (failure) => endOrFailure(engine, record, failure));
}

/** Recorded: what has come by the end of the call is at hand under an asynchronous root, and after HttpEndRequest. */
function isFetchedAhead({ root }: RequestRecord, call: PendingCall): boolean {
  const asynchronous = root.is('root') && (root.data.flags & constants.INTERNET_FLAG_ASYNC) !== 0;
  return asynchronous || call.fn === 'HttpEndRequest';
}

/** Decoding takes away what describes the coded body, as recorded. */
const DECODED_AWAY: ReadonlySet<string> = new Set(['content-encoding', 'content-length']);

/**
 * What is read is kept where the answer may be cached, so that InternetSetFilePointer can go back, and where
 * INTERNET_FLAG_NEED_FILE wants a file in any case.
 */
function spooled(engine: Engine, { data, options }: RequestRecord, body: ByteSource): ByteSource {
  // INTERNET_FLAG_DONT_CACHE is another name of INTERNET_FLAG_NO_CACHE_WRITE.
  const mayKeep = !data.has(constants.INTERNET_FLAG_NO_CACHE_WRITE) && (data.verb === 'GET' || data.verb === 'HEAD');
  if (!(mayKeep || data.has(constants.INTERNET_FLAG_NEED_FILE))) return body;
  data.spool = new SpooledBody(body, () => engine.drivers.createSpoolFile(options.dataFileExtension));
  return data.spool;
}

/**
 * Keeps an answer from its first byte on, also one that otherwise is not. Fails with ERROR_FILE_NOT_FOUND once something of
 * it was read, and for https with INTERNET_FLAG_NO_CACHE_WRITE, as the page of InternetLockRequestFile has it; the number was
 * recorded.
 */
export function keepAnswer(engine: Engine, { data, options }: RequestRecord): SpooledBody {
  if (data.spool !== null) return data.spool;
  if (data.server.scheme === 'https' && data.has(constants.INTERNET_FLAG_NO_CACHE_WRITE)) {
    throw nothingKept(
      'An answer over https is not kept with INTERNET_FLAG_NO_CACHE_WRITE: open the request without it.',
    );
  }
  let spool: SpooledBody | null = null;
  const reader = data.reader?.over((source) => {
    spool = new SpooledBody(source, () => engine.drivers.createSpoolFile(options.dataFileExtension));
    return spool;
  });
  if (!reader || spool === null) {
    throw nothingKept('What was read of this answer is not kept: lock it before the first read.');
  }
  data.reader = reader;
  data.spool = spool;
  return spool;
}

function nothingKept(sentence: string): CallFailure {
  return new CallFailure('ERROR_FILE_NOT_FOUND', sentence);
}

/**
 * A body that is shorter than announced ends as if it were complete: a real WinINet answers the next read with success and
 * 0 bytes. The journal keeps the difference.
 */
function endOrFailure(engine: Engine, record: RequestRecord, failure: DriverFailure): 'end' | 'fail' {
  if (failure.symbol !== 'ERROR_INTERNET_CONNECTION_ABORTED') return 'fail';
  const { serial } = record.handle;
  engine.reports.note({ topic: 'short-body', serial, call: null, text: failure.message });
  return 'end';
}
