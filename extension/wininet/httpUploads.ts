import * as constants from '../shared/constants.ts';
import type { FunctionName } from '../shared/hierarchy.ts';
import { answersPending, obeyCallFlags } from './asyncCalls.ts';
import type { Engine } from './engine.ts';
import type { HINTERNET } from './handle.ts';
import type { HandleRecord } from './handleStore.ts';
import { Sending } from './httpSend.ts';
import { HttpUpload } from './httpUpload.ts';
import { bytesIn, checkBuffers, type INTERNET_BUFFERS } from './internetBuffers.ts';
import type { PendingCall } from './pendingCall.ts';
import type { HttpAnswer } from './ports/http.ts';
import { CallFailure } from './winInetError.ts';

type RequestRecord = HandleRecord<'http-request'>;

/** HSR_*: all that the header of the original knows. */
const SEND_FLAGS =
  constants.HSR_ASYNC |
  constants.HSR_SYNC |
  constants.HSR_USE_CONTEXT |
  constants.HSR_INITIATE |
  constants.HSR_DOWNLOAD |
  constants.HSR_CHUNKED;

/** How often HttpEndRequest may ask for the same upload again: a program that obeys must come to an end. */
const RETRY_LIMIT = 3;

/** The functions of one engine for a body that is written in pieces. */
export function httpUploadFunctions(engine: Engine) {
  return {
    /**
     * Connects and sends the head of a request, and what lpvBuffer holds of its body. The rest follows by InternetWriteFile.
     * @param lpBuffersIn headers, first bytes, and with dwBufferTotal the size that Content-Length announces; null for none
     * @param lpBuffersOut reserved: null
     * @param dwFlags HSR_*, which the page calls reserved and the header knows: HSR_SYNC and HSR_ASYNC outrank the mode of the
     * root, HSR_USE_CONTEXT tells the end with dwContext even if that is 0, HSR_CHUNKED announces no size. HSR_INITIATE says what
     * is so anyway, that HttpEndRequest completes the request; HSR_DOWNLOAD changes nothing, as no file is made of the answer;
     * the journal notes it
     * Errors: ERROR_INVALID_PARAMETER, ERROR_HTTP_INVALID_HEADER, and those of a connection.
     */
    HttpSendRequestEx(
      hRequest: HINTERNET<'http-request'>,
      lpBuffersIn: INTERNET_BUFFERS | null = null,
      lpBuffersOut: null = null,
      dwFlags = 0,
      dwContext = 0,
    ): Promise<true> {
      const args = [hRequest, lpBuffersIn, lpBuffersOut, dwFlags, dwContext];
      return engine.use('HttpSendRequestEx', hRequest, args, (record, call) => {
        requireNull(lpBuffersOut);
        checkBuffers(lpBuffersIn, 'lpBuffersIn');
        if ((dwFlags & ~SEND_FLAGS) !== 0) throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass HSR_* as dwFlags.');
        obeyCallFlags(call, dwFlags);
        if ((dwFlags & constants.HSR_DOWNLOAD) !== 0) {
          const text = 'HSR_DOWNLOAD changes nothing of HttpSendRequestEx. No file is made of the answer: read it.';
          engine.reports.note({ topic: 'flag-without-effect', serial: record.handle.serial, call: call.id, text });
        }
        const { lpcszHeader = null, dwBufferTotal } = lpBuffersIn ?? {};
        if (lpcszHeader) record.data.headers.merge(lpcszHeader);
        const first = bytesIn(lpBuffersIn ?? {});
        const chunked = (dwFlags & constants.HSR_CHUNKED) !== 0;
        return beginUpload(engine, record, first, chunked ? null : Math.max(dwBufferTotal ?? 0, first.length), call);
      });
    },

    /**
     * Ends the body and receives status line and headers. An answer of 404 or 500 is a success.
     * @param lpBuffersOut reserved: null
     * @param dwFlags reserved: 0
     * @param dwContext reserved: 0
     * Errors: ERROR_INTERNET_FORCE_RETRY: the server wants the whole upload again, from HttpSendRequestEx on, which then shows
     * the credentials or goes to the new place; it is asked for a few times at most. ERROR_INVALID_PARAMETER, and those of a
     * connection.
     */
    HttpEndRequest(
      hRequest: HINTERNET<'http-request'>,
      lpBuffersOut: null = null,
      dwFlags = 0,
      dwContext = 0,
    ): Promise<true> {
      const args = [hRequest, lpBuffersOut, dwFlags, dwContext];
      return engine.use('HttpEndRequest', hRequest, args, (record, call) => {
        requireNull(lpBuffersOut);
        if (dwFlags !== 0) throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass 0 as dwFlags: it is reserved.');
        return endUpload(engine, record, call);
      });
    },
  } satisfies Partial<Record<FunctionName, unknown>>;
}

function requireNull(lpBuffersOut: unknown): void {
  if (lpBuffersOut === null) return;
  throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass null as lpBuffersOut: it is reserved.');
}

async function beginUpload(
  engine: Engine,
  record: RequestRecord,
  first: Uint8Array,
  length: number | null,
  call: PendingCall,
): Promise<true> {
  const { data } = record;
  const sending = new Sending(engine, record);
  await sending.prepare();
  if (call.cancelled) throw new CallFailure('ERROR_INTERNET_OPERATION_CANCELLED');
  const upload = new HttpUpload(sending, length, engine.reports.observer(record, call));
  data.upload = upload;
  try {
    await upload.write(first);
  } catch (failure) {
    data.upload = null;
    throw failure;
  }
  engine.reports.bytes(record, 'out', first.length);
  return true;
}

async function endUpload(engine: Engine, record: RequestRecord, call: PendingCall): Promise<true> {
  const { data } = record;
  const { upload } = data;
  if (upload === null) throw new CallFailure('ERROR_INTERNET_INCORRECT_HANDLE_STATE');
  let answer: HttpAnswer;
  try {
    answer = await upload.end();
  } finally {
    data.upload = null;
  }
  if (record.open && upload.sending.wantsBodyAgain(answer)) {
    await answer.body.cancel();
    data.uploadRetries += 1;
    if (data.uploadRetries > RETRY_LIMIT) {
      // The next upload begins anew: the server may be well by then.
      data.uploadRetries = 0;
      throw new CallFailure('ERROR_HTTP_REDIRECT_FAILED');
    }
    call.reachedEnd = true;
    throw new CallFailure('ERROR_INTERNET_FORCE_RETRY');
  }
  data.uploadRetries = 0;
  await upload.sending.finish(answer, call);
  // Recorded: HttpEndRequest tells its end by a status under synchronous roots too.
  if (!answersPending(call, record)) engine.reports.completed(call, record, true, 'ERROR_SUCCESS');
  return true;
}
