import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { printable } from '../shared/format.ts';
import type { CERT_CONTEXT } from '../wininet/index.ts';
import type { Dialogs } from '../wininet/ports/dialogs.ts';
import { askLocalFile } from './commands/localFiles.ts';
import { askText } from './steps.ts';

/** No certificate with its chain and key is larger, in bytes: whoever chooses another file by mistake need not wait for it. */
const SIZE_LIMIT = 1_048_576;

/** Asks for the certificate that InternetErrorDlg puts on a request; after a problem, whether another one is to be chosen. */
export const askClientCertificate: Dialogs['askClientCertificate'] = async ({ url, problem }) => {
  if (problem !== null && !(await goesOn(problem))) return null;
  return await chooseClientCertificate(printable(url));
};

/**
 * Asks for the files of a client's certificate: PFX, or PEM whose key may lie in a file of its own, and the passphrase
 * where there is one. Nothing of them is kept but what is returned.
 * @param who wants the certificate: a URL, or an option
 * @returns null if the person left
 */
export async function chooseClientCertificate(who: string): Promise<CERT_CONTEXT | null> {
  const title = vscode.l10n.t('{0}: the certificate of the client, as PFX or PEM', who);
  const filters = {
    [vscode.l10n.t('Certificates')]: ['pfx', 'p12', 'pem', 'crt', 'cer'],
    [vscode.l10n.t('All Files')]: ['*'],
  };
  for (;;) {
    const file = await askLocalFile(vscode.l10n.t('Choose'), { title, filters });
    if (file === undefined) return null;
    try {
      return await contextFrom(file);
    } catch (error) {
      if (!(await goesOn(error instanceof Error ? error.message : String(error)))) return null;
    }
  }
}

/** What a file holds; null if the person left the questions about it. */
async function contextFrom(file: string): Promise<CERT_CONTEXT | null> {
  const bytes = await contentOf(file);
  const cert = bytes.toString('latin1');
  if (!cert.includes('-----BEGIN ')) return await withPassphrase(file, { pfx: bytes });
  const keyFile = hasKey(cert) ? file : await askKeyFile(file);
  if (keyFile === undefined) return null;
  const key = keyFile === file ? cert : (await contentOf(keyFile)).toString('latin1');
  return isEncrypted(key) ? await withPassphrase(keyFile, { cert, key }) : { cert, key };
}

async function withPassphrase(file: string, context: CERT_CONTEXT): Promise<CERT_CONTEXT | null> {
  const given = await askText({
    title: 'HINTERNET: INTERNET_OPTION_CLIENT_CERT_CONTEXT',
    prompt: vscode.l10n.t('Passphrase of {0}; it is not remembered', printable(path.basename(file))),
    placeholder: vscode.l10n.t('Empty if there is none'),
    password: true,
  });
  return given.type === 'value' ? { ...context, passphrase: given.value } : null;
}

function askKeyFile(file: string): Promise<string | undefined> {
  return askLocalFile(vscode.l10n.t('Choose'), {
    title: vscode.l10n.t('The private key of {0}, as PEM', printable(path.basename(file))),
    filters: { [vscode.l10n.t('Keys')]: ['key', 'pem'], [vscode.l10n.t('All Files')]: ['*'] },
  });
}

async function contentOf(file: string): Promise<Buffer> {
  const { size } = await stat(file);
  if (size <= SIZE_LIMIT) return await readFile(file);
  throw new RangeError(vscode.l10n.t('{0} is too large for a certificate: choose a PFX or PEM file.', file));
}

function hasKey(pem: string): boolean {
  return pem.includes('PRIVATE KEY-----');
}

/** As PKCS #8 says it, and as the older form of OpenSSL does. */
function isEncrypted(pem: string): boolean {
  return pem.includes('-----BEGIN ENCRYPTED PRIVATE KEY-----') || /^Proc-Type: *4, *ENCRYPTED/m.test(pem);
}

async function goesOn(problem: string): Promise<boolean> {
  const again = vscode.l10n.t('Choose Another Certificate');
  return (await vscode.window.showWarningMessage(problem, { modal: true }, again)) === again;
}
