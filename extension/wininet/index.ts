import type { FunctionName } from '../shared/hierarchy.ts';
import { connectivityFunctions } from './connectivityFunctions.ts';
import { cookieFunctions } from './cookieFunctions.ts';
import { Engine, type EngineParts } from './engine.ts';
import { errorDialogFunctions } from './errorDialog.ts';
import { filePointerFunctions } from './filePointer.ts';
import { ftpFunctions } from './ftp.ts';
import { gopherFunctions } from './gopher.ts';
import type { UncheckedHandle } from './handle.ts';
import { httpFunctions } from './http.ts';
import { httpUploadFunctions } from './httpUploads.ts';
import { internetFunctions } from './internet.ts';
import { internetFileFunctions } from './internetFiles.ts';
import { lockedFileFunctions } from './lockedFiles.ts';
import { timeFunctions } from './timeFunctions.ts';
import { urlFunctions } from './urlFunctions.ts';

export * from '../shared/constants.ts';
export { errorCode, errorSymbol } from '../shared/errorCodes.ts';
export type { INTERNET_CACHE_TIMESTAMPS, INTERNET_DIAGNOSTIC_SOCKET_INFO } from './answerOptions.ts';
export type { CERT_CHAIN_CONTEXT, CERT_CHAIN_ELEMENT } from './certificateChain.ts';
export type { INTERNET_CERTIFICATE_INFO } from './certificateText.ts';
export type { CERT_CONTEXT } from './clientCertificate.ts';
export type { ConnectedState } from './connectivityFunctions.ts';
export type { DistanceHigh } from './filePointer.ts';
export { emptyFindData, fileSize, searchedFolder, type WIN32_FIND_DATA } from './findData.ts';
export type { GopherAttributeEnumerator } from './gopher.ts';
export type { GOPHER_ATTRIBUTE_TYPE, GopherAttributeValue } from './gopherAttributes.ts';
export type { GOPHER_FIND_DATA } from './gopherFindData.ts';
export { HINTERNET, type UncheckedHandle } from './handle.ts';
export type { INTERNET_BUFFERS } from './internetBuffers.ts';
export type { HTTP_VERSION_INFO } from './library.ts';
export type { LockedFile } from './lockedFiles.ts';
export type { INTERNET_CONNECTED_INFO, OptionValue } from './optionForms.ts';
export type {
  INTERNET_PER_CONN_OPTION,
  INTERNET_PER_CONN_OPTION_LIST,
  INTERNET_PROXY_INFO,
} from './proxySettings.ts';
export type { QueryIndex, QueryInfo } from './queryInfo.ts';
export type { StatusCallback, StatusCallbackInformation } from './statusQueue.ts';
export { type Environment, proxiesOfEnvironment, type SystemProxies, systemProxies } from './systemProxies.ts';
export type { SYSTEMTIME } from './systemTime.ts';
export type { CRACKED_URL, URL_COMPONENTS } from './urlComponents.ts';
export { WinInetError } from './winInetError.ts';

type Functions = ReturnType<typeof internetFunctions> &
  ReturnType<typeof internetFileFunctions> &
  ReturnType<typeof httpFunctions> &
  ReturnType<typeof errorDialogFunctions> &
  ReturnType<typeof httpUploadFunctions> &
  ReturnType<typeof filePointerFunctions> &
  ReturnType<typeof lockedFileFunctions> &
  ReturnType<typeof ftpFunctions> &
  ReturnType<typeof cookieFunctions> &
  ReturnType<typeof urlFunctions> &
  ReturnType<typeof timeFunctions> &
  ReturnType<typeof connectivityFunctions> &
  ReturnType<typeof gopherFunctions>;

/** WinINet's functions over one engine. */
export type WinInet = Functions & {
  /** Number of the last failure; a success leaves it alone. */
  GetLastError(): number;
  /** The open handle with this serial, for tools that show handles; null where there is none. */
  handleWithSerial(serial: number): UncheckedHandle | null;
  /** Closes every handle and every connection. */
  dispose(): Promise<void>;
};

/** Makes an engine of its own: handles, last error and connections are not shared with any other. */
export function createWinInet(parts: EngineParts): WinInet {
  const engine = new Engine(parts);
  const functions = {
    ...internetFunctions(engine),
    ...internetFileFunctions(engine),
    ...httpFunctions(engine),
    ...errorDialogFunctions(engine),
    ...httpUploadFunctions(engine),
    ...filePointerFunctions(engine),
    ...lockedFileFunctions(engine),
    ...ftpFunctions(engine),
    ...cookieFunctions(engine),
    ...urlFunctions(engine),
    ...timeFunctions(engine),
    ...connectivityFunctions(engine),
    ...gopherFunctions(engine),
    // The compiler misses whatever the table has and no family runs.
  } satisfies Functions & Readonly<Record<FunctionName, unknown>>;
  return {
    ...functions,
    GetLastError: () => {
      const { code } = engine.lastError;
      engine.reports.lastErrorRead(code);
      return code;
    },
    // A tool picks handles by serial; each function still checks the kind.
    handleWithSerial: (serial) => (engine.store.withSerial(serial)?.handle as UncheckedHandle | undefined) ?? null,
    dispose: () => engine.dispose(),
  };
}
