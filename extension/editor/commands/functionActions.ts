import type { FunctionName, KindsUsedBy } from '../../shared/hierarchy.ts';
import { addHeaders } from './addHeaders.ts';
import { closeHandle } from './closeHandle.ts';
import type { Command } from './commandParts.ts';
import { connect } from './connect.ts';
import { downloadFile } from './downloadFile.ts';
import { errorDialog } from './errorDialog.ts';
import { freeAction } from './freeActions.ts';
import { ftpActions } from './ftpActions.ts';
import { ftpCommandActions } from './ftpCommandActions.ts';
import { gopherActions } from './gopherActions.ts';
import { openRequest } from './openRequest.ts';
import { openUrl } from './openUrl.ts';
import { optionActions } from './optionActions.ts';
import { queryInfo } from './queryInfo.ts';
import { readResponse } from './readResponse.ts';
import { requestActions, unlockRequestFile } from './requestActions.ts';
import { sendRequest } from './sendRequest.ts';
import { streamActions } from './streamActions.ts';
import { uploadFile } from './uploadFile.ts';

/** A function that uses a handle. */
export type HandleFunction = {
  [F in FunctionName]: [KindsUsedBy<F>] extends [never] ? never : F;
}[FunctionName];

/** How the editor calls each of them. The compiler misses an entry as soon as the table has another function. */
export const FUNCTION_ACTIONS: Readonly<Record<HandleFunction, Command>> = {
  InternetOpenUrl: openUrl,
  InternetConnect: connect,
  InternetCloseHandle: closeHandle,
  InternetReadFile: readResponse,
  HttpOpenRequest: openRequest,
  HttpAddRequestHeaders: addHeaders,
  HttpSendRequest: sendRequest,
  HttpQueryInfo: queryInfo,
  InternetErrorDlg: errorDialog,
  FtpGetFile: downloadFile,
  FtpPutFile: uploadFile,
  ...ftpActions,
  ...ftpCommandActions,
  ...gopherActions,
  ...streamActions,
  ...requestActions,
  ...optionActions,
};

/** How the editor calls a function of the table. */
export function actionOf(fn: FunctionName): Command {
  if (fn === 'InternetUnlockRequestFile') return unlockRequestFile;
  return isHandleFunction(fn) ? FUNCTION_ACTIONS[fn] : freeAction(fn);
}

function isHandleFunction(fn: FunctionName): fn is HandleFunction {
  return Object.hasOwn(FUNCTION_ACTIONS, fn);
}
