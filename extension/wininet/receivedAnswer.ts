import { BodyReader } from './bodyReader.ts';
import { decodeBody } from './contentDecoding.ts';
import type { Engine } from './engine.ts';
import type { HandleRecord } from './handleStore.ts';
import type { ByteSource, DriverFailure, HttpAnswer } from './ports.ts';

type RequestRecord = HandleRecord<'http-request'>;

/** Hands an answer to the program: its head can be queried, its body read. */
export function receiveAnswer(engine: Engine, record: RequestRecord, answer: HttpAnswer): void {
  const { data } = record;
  const { version, status, reason, headers, security } = answer;
  data.answer = { version, status, reason, headers, security };
  data.reader = new BodyReader(decoded(record, answer), (failure) => endOrFailure(engine, record, failure));
}

function decoded(record: RequestRecord, answer: HttpAnswer): ByteSource {
  const encoding = answer.headers.find(([name]) => name.toLowerCase() === 'content-encoding')?.[1];
  return record.options.httpDecoding && encoding !== undefined ? decodeBody(answer.body, encoding) : answer.body;
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
