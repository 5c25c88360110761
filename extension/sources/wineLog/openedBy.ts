import {
  GENERIC_WRITE,
  INTERNET_FLAG_ASYNC,
  INTERNET_SERVICE_FTP,
  INTERNET_SERVICE_GOPHER,
} from '../../shared/constants.ts';
import { functionRow, type HandleKind, type HandleState, statesOf } from '../../shared/hierarchy.ts';
import { NOT_LOGGED } from '../../shared/notLogged.ts';
import { redact } from '../../shared/redact.ts';
import type { NativeCall } from './callRecord.ts';

/** What a call opens. */
export interface Opened {
  readonly kind: HandleKind;
  readonly target: string;
  /** Of a root: INTERNET_FLAG_ASYNC. */
  readonly asynchronous: boolean;
  /** State behind a call that has succeeded. */
  readonly state: HandleState;
}

/** The handle that a call opens if it succeeds; null where it opens none. */
export function openedBy(call: NativeCall): Opened | null {
  const what = kindAndTarget(call);
  if (what === null) return null;
  const [kind, target] = what;
  const [first, second] = functionRow(call.fn).begins?.[kind] ?? statesOf(kind);
  const writes = call.fn === 'FtpOpenFile' && (argument(call, 'dwAccess') & GENERIC_WRITE) !== 0;
  const asynchronous = kind === 'root' && (argument(call, 'dwFlags') & INTERNET_FLAG_ASYNC) !== 0;
  const state = writes ? second : first;
  return state === undefined ? null : { kind, state, target: redact(target), asynchronous };
}

function kindAndTarget(call: NativeCall): readonly [HandleKind, string] | null {
  const { fn, handle } = call;
  switch (fn) {
    case 'InternetOpen':
      return ['root', text(call, 'lpszAgent')];
    case 'InternetConnect': {
      const service = argument(call, 'dwService');
      const server = `${text(call, 'lpszServerName')}:${argument(call, 'nServerPort')}`;
      if (service === INTERNET_SERVICE_FTP) return ['ftp-connect', `ftp://${server}`];
      return service === INTERNET_SERVICE_GOPHER
        ? ['gopher-connect', `gopher://${server}`]
        : ['http-connect', `http://${server}`];
    }
    case 'HttpOpenRequest':
      return [
        'http-request',
        `${text(call, 'lpszVerb') || 'GET'} ${handle?.draft.target ?? ''}${text(call, 'lpszObjectName')}`,
      ];
    case 'InternetOpenUrl': {
      const url = text(call, 'lpszUrl');
      if (/^ftp:/i.test(url)) return [url.endsWith('/') ? 'ftp-find' : 'ftp-file', url];
      return ['http-request', `GET ${url}`];
    }
    case 'FtpOpenFile':
      return ['ftp-file', text(call, 'lpszFileName')];
    case 'FtpFindFirstFile':
      return ['ftp-find', text(call, 'lpszSearchFile') || '*'];
    default:
      return null;
  }
}

function argument({ fn, begin }: NativeCall, parameter: string): number {
  const value = begin.args[functionRow(fn).parameters.indexOf(parameter)];
  return typeof value === 'number' ? value : 0;
}

function text({ fn, begin }: NativeCall, parameter: string): string {
  const value = begin.args[functionRow(fn).parameters.indexOf(parameter)];
  return typeof value === 'string' && value !== NOT_LOGGED ? value : '';
}
