import type { ErrorSymbol } from '../../shared/errorCodes.ts';
import type { CERT_CONTEXT } from '../clientCertificate.ts';

/** Asks a person, for InternetErrorDlg. An editor implements it; without one nobody is asked. */
export interface Dialogs {
  /** Name and password for a server or a proxy; null if the person cancels. */
  askCredentials(question: {
    readonly url: string;
    readonly side: 'server' | 'proxy';
    readonly realm: string;
    /** What was tried last. */
    readonly user: string | null;
  }): Promise<{ readonly user: string; readonly password: string } | null>;
  /** Is a certificate accepted in spite of its fault? */
  askCertificate(question: { readonly url: string; readonly fault: ErrorSymbol }): Promise<boolean>;
  /** The certificate for a server that asks for one; null if the person cancels, or the server is to get none. */
  askClientCertificate(question: {
    readonly url: string;
    /** Why what was chosen last cannot be presented, in one sentence; null at first. */
    readonly problem: string | null;
  }): Promise<CERT_CONTEXT | null>;
  /** Does the person go on although it leads from or to a server in the clear? */
  askRedirect(question: { readonly url: string; readonly warning: ErrorSymbol }): Promise<boolean>;
}
