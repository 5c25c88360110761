import {
  INTERNET_FLAG_SECURE,
  INTERNET_OPTION_SECURITY_FLAGS,
  INTERNET_SERVICE_HTTP,
  SECURITY_FLAG_IGNORE_CERT_CN_INVALID,
  SECURITY_FLAG_IGNORE_CERT_DATE_INVALID,
  SECURITY_FLAG_IGNORE_UNKNOWN_CA,
} from '../../wininet/index.ts';
import { splitUrl } from '../../wininet/url.ts';
import type { CommandParts } from './commandParts.ts';

/** Makes one request tolerate the faults of its server's certificate, as InternetErrorDlg does when a person accepts them. */
export async function acceptCertificate({ explorer }: CommandParts, serial: number): Promise<void> {
  const flags =
    SECURITY_FLAG_IGNORE_UNKNOWN_CA | SECURITY_FLAG_IGNORE_CERT_CN_INVALID | SECURITY_FLAG_IGNORE_CERT_DATE_INVALID;
  await explorer.wininet.InternetSetOption(explorer.handle(serial), INTERNET_OPTION_SECURITY_FLAGS, flags);
}

/**
 * Makes the request that InternetOpenUrl would make, but one that tolerates its server's certificate: InternetOpenUrl sends
 * before anybody could set the option. Returns the serial of the request, which is not sent yet.
 * @param target serial of the root to use; the one that commands share where it is undefined
 */
export async function openTolerant(parts: CommandParts, target: number | undefined, url: string): Promise<number> {
  const { explorer, nextContext } = parts;
  const root = target === undefined ? await explorer.root() : explorer.handle(target);
  const { scheme, host, port, user, password, path } = splitUrl(url);
  const session = await explorer.wininet.InternetConnect(
    root,
    host,
    port,
    user,
    password,
    INTERNET_SERVICE_HTTP,
    // A plain URL gets here when it redirects to a server whose certificate is at fault.
    scheme === 'https' ? INTERNET_FLAG_SECURE : 0,
    nextContext(),
  );
  const name = path.replace(/#.*$/s, '');
  const request = await explorer.wininet.HttpOpenRequest(session, null, name, null, null, ['*/*'], 0, nextContext());
  await acceptCertificate(parts, request.serial);
  return request.serial;
}
