import type { Playground } from '../../../extension/playground/playground.ts';
import { ftpSession } from './ftpParts.ts';
import { httpSession, openUrl, parallelRequests, refused, shutdown } from './httpParts.ts';
import { type Line, ProgramText } from './programText.ts';

/** Writes some part of a program below the root `hInternet`. */
export type Part = (text: ProgramText, playground: Playground) => void;

const PARTS: readonly [Part, ...Part[]] = [httpSession, openUrl, parallelRequests, refused, shutdown, ftpSession];

/** What the asynchronous programs wait with: a call, or the INTERNET_STATUS_REQUEST_COMPLETE that tells its end. */
const FINISH = `const waiting = new Map();
const finish = async (context, start) => {
  const ended = new Promise((resolve) => waiting.set(context, resolve));
  try { return await start(); } catch (error) { if (error.symbol !== 'ERROR_IO_PENDING') throw error; }
  const { dwError, dwResult, value } = await ended;
  if (dwError !== 0) throw Object.assign(new Error('failed'), { code: dwError });
  return typeof dwResult === 'object' ? dwResult : value;
};
const callback = (hInternet, context, status, information) => {
  if (status === w.INTERNET_STATUS_REQUEST_COMPLETE) waiting.get(context)?.(information);
};`;

/** A program that does nothing wrong, as the body of an asynchronous function of the library `w`. */
export function correctProgram(seed: number, playground: Playground): readonly Line[] {
  const text = new ProgramText(seed);
  if (text.isAsync) for (const line of FINISH.split('\n')) text.add(line);
  const flags = text.isAsync ? 'w.INTERNET_FLAG_ASYNC' : '0';
  text.add(`const hInternet = await w.InternetOpen('port/1.0', w.INTERNET_OPEN_TYPE_DIRECT, null, null, ${flags});`);
  if (text.isAsync) text.add('await w.InternetSetStatusCallback(hInternet, callback);');
  for (let parts = 1 + text.whole(3); parts > 0; parts -= 1) text.pick(...PARTS)(text, playground);
  text.add('await w.InternetCloseHandle(hInternet);');
  return text.lines;
}
