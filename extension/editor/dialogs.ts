import * as vscode from 'vscode';
import { errorMeaning } from '../shared/errorCodes.ts';
import { printable } from '../shared/format.ts';
import type { Dialogs } from '../wininet/ports/dialogs.ts';
import { askClientCertificate } from './clientCertificates.ts';
import { askText } from './steps.ts';

/** The dialogs of InternetErrorDlg, as VS Code has them: boxes for name and password, and questions that have to be answered. */
export const editorDialogs: Dialogs = {
  async askCredentials({ url, side, realm, user }) {
    const title = 'HINTERNET: InternetErrorDlg';
    const who = side === 'proxy' ? vscode.l10n.t('The proxy') : printable(url);
    const prompt =
      realm === ''
        ? vscode.l10n.t('{0} asks for a name and a password.', who)
        : vscode.l10n.t('{0} asks for a name and a password for "{1}".', who, printable(realm));
    const name = await askText({ title, prompt, placeholder: vscode.l10n.t('User name'), value: user ?? '' });
    if (name.type !== 'value') return null;
    const placeholder = vscode.l10n.t('Password');
    const password = await askText({ title, prompt, placeholder, password: true });
    return password.type === 'value' ? { user: name.value, password: password.value } : null;
  },

  async askCertificate({ url, fault }) {
    const accept = vscode.l10n.t('Accept the Certificate');
    return await asked(`${printable(url)}: ${errorMeaning(fault)}`, accept);
  },

  askClientCertificate,

  async askRedirect({ url, warning }) {
    const question =
      warning === 'ERROR_INTERNET_HTTP_TO_HTTPS_ON_REDIR'
        ? vscode.l10n.t('{0} leads to a secure connection.', printable(url))
        : vscode.l10n.t('{0} leads to a connection that others can read.', printable(url));
    return await asked(question, vscode.l10n.t('Go On'));
  },
};

async function asked(question: string, yes: string): Promise<boolean> {
  return (await vscode.window.showWarningMessage(question, { modal: true }, yes)) === yes;
}
