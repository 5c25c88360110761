import type { Dialogs } from '../wininet/ports/dialogs.ts';
export const askClientCertificate: Dialogs['askClientCertificate'] = () => Promise.resolve(null);
