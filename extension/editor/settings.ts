import * as vscode from 'vscode';

/** The settings `hinternet.*`. A value that somebody wrote by hand and that does not fit counts as the default. */

const MEBIBYTE = 1024 * 1024;

/** Passive FTP data connections? WinINet's own default is active mode. */
export function ftpPassive(): boolean {
  return read('ftp.passive') !== false;
}

/** Milliseconds that a connection may take; 0 means no limit. */
export function connectTimeout(): number {
  return wholeNumber('timeouts.connect', 20_000, 0, 600_000);
}

/** Milliseconds that a server may stay silent; 0 means no limit. */
export function receiveTimeout(): number {
  return wholeNumber('timeouts.receive', 30_000, 0, 3_600_000);
}

/** Bytes of a body that open in an editor. VS Code hands no longer documents to extensions. */
export function bodyLimit(): number {
  return wholeNumber('body.limit', 16 * MEBIBYTE, 1024, 48 * MEBIBYTE);
}

/** Entries that the journal keeps at least. */
export function journalLimit(): number {
  return wholeNumber('journal.limit', 10_000, 100, 1_000_000);
}

/** Microseconds after which a forgotten handle counts as leaked; null: never. The setting is in seconds. */
export function leakAge(): number | null {
  const seconds = wholeNumber('diagnoses.leakAge', 300, 0, 86_400);
  return seconds === 0 ? null : seconds * 1_000_000;
}

/** Watch the programs that are started in this window? */
export function watchesPrograms(): boolean {
  return read('watch.programs') !== false;
}

/** Tell beside the lines of a program's code what happened there? */
export function showsCallHints(): boolean {
  return read('watch.hints') !== false;
}

function read(name: string): unknown {
  return vscode.workspace.getConfiguration('hinternet').get<unknown>(name);
}

function wholeNumber(name: string, byDefault: number, least: number, most: number): number {
  const value = read(name);
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? value : byDefault;
}
