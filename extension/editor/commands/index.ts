import * as vscode from 'vscode';
import { BodyDocuments } from '../bodyDocuments.ts';
import { readInvocation } from '../invocation.ts';
import { report } from '../report.ts';
import { Passwords } from '../secrets.ts';
import { UnfinishedBodies } from '../unfinishedBodies.ts';
import { UrlHistory } from '../urlHistory.ts';
import { callFunction } from './callFunction.ts';
import { closeAll } from './closeAll.ts';
import { closeHandle } from './closeHandle.ts';
import type { Command, CommandParts, SharedParts } from './commandParts.ts';
import { connect } from './connect.ts';
import { copyValue } from './copyValue.ts';
import { downloadFile } from './downloadFile.ts';
import { exportGraph } from './exportGraph.ts';
import { clearFilter, filterHandles } from './filterHandles.ts';
import { FUNCTION_ACTIONS } from './functionActions.ts';
import { generateCode } from './generateCode.ts';
import { compareOpen, forgetMark, markOpen } from './handleMarks.ts';
import { importOpenTelemetry } from './importOpenTelemetry.ts';
import { importWineLog } from './importWineLog.ts';
import { listFolder } from './listFolder.ts';
import { openLesson } from './openLesson.ts';
import { openRequest } from './openRequest.ts';
import { openUrl } from './openUrl.ts';
import { showPlayground, startPlayground, stopPlayground } from './playground.ts';
import { queryInfo } from './queryInfo.ts';
import { readResponse } from './readResponse.ts';
import { sendRequest } from './sendRequest.ts';
import { revealInGraph, showGraph, showLog, showPane } from './showGraph.ts';
import { uploadFile } from './uploadFile.ts';

const COMMANDS: Readonly<Record<string, Command>> = {
  openUrl,
  connect,
  openLesson,
  openRequest,
  sendRequest,
  readResponse,
  queryInfo,
  listFolder,
  downloadFile,
  uploadFile,
  closeHandle,
  closeAll,
  export: exportGraph,
  generateCode,
  importOpenTelemetry,
  importWineLog,
  showGraph,
  revealInGraph,
  showDiagram: showPane('diagram'),
  showInspector: showPane('inspector'),
  showTimeline: showPane('timeline'),
  showLog,
  startPlayground,
  stopPlayground,
  showPlayground,
  copyValue,
  filterHandles,
  clearFilter,
  markOpenHandles: markOpen,
  compareOpenHandles: compareOpen,
  forgetMark,
};

/** Registers every command of the extension; each function that uses a handle is one too, as hinternet.fn.FtpOpenFile. */
export function registerCommands(context: vscode.ExtensionContext, shared: SharedParts): vscode.Disposable {
  const bodies = new BodyDocuments();
  const unfinished = new UnfinishedBodies(shared.explorer.journal);
  let lastContext = 0;
  const parts: CommandParts = {
    ...shared,
    extensionUri: context.extensionUri,
    bodies,
    unfinished,
    passwords: new Passwords(context.secrets),
    history: new UrlHistory(context.globalState),
    nextContext: () => {
      lastContext += 1;
      return lastContext;
    },
  };
  const functions = Object.entries(FUNCTION_ACTIONS).map(([fn, command]) => register(parts, `fn.${fn}`, command));
  const commands = Object.entries(COMMANDS).map(([name, command]) => register(parts, name, command));
  const anyFunction = vscode.commands.registerCommand('hinternet.callFunction', (...passed: unknown[]) =>
    guarded(parts, passed[2] !== undefined, () => callFunction(parts, passed)),
  );
  return vscode.Disposable.from(bodies, unfinished, anyFunction, ...functions, ...commands);
}

function register(parts: CommandParts, name: string, command: Command): vscode.Disposable {
  return vscode.commands.registerCommand(`hinternet.${name}`, (...passed: unknown[]) => {
    const { target, args } = readInvocation(passed);
    return guarded(parts, args !== undefined, () => command(parts, target, args));
  });
}

/** What goes wrong before a command comes to its work, as a handle that has been closed meanwhile, is reported as well. */
async function guarded(parts: CommandParts, quiet: boolean, run: () => Promise<unknown>): Promise<unknown> {
  try {
    return await run();
  } catch (error) {
    if (quiet) throw error;
    report(parts, error);
    return undefined;
  }
}
