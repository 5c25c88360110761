import type { SocketSecurity } from './ports/driver.ts';

/** The value of INTERNET_OPTION_SECURITY_CERTIFICATE_STRUCT. */
export interface INTERNET_CERTIFICATE_INFO {
  readonly ftExpiry: Date;
  readonly ftStart: Date;
  /** One part of the name a line. */
  readonly lpszSubjectInfo: string;
  readonly lpszIssuerInfo: string;
  readonly lpszProtocolName: string;
  readonly lpszEncryptionAlgName: string;
  /** Bits of the cipher's key. */
  readonly dwKeySize: number;
}

/** The fields of the certificate with which a connection is secured. */
export function certificateInfo({ certificate, protocol, cipher, keyBits }: SocketSecurity): INTERNET_CERTIFICATE_INFO {
  return {
    ftExpiry: certificate.validTo,
    ftStart: certificate.validFrom,
    lpszSubjectInfo: lines(certificate.subject),
    lpszIssuerInfo: lines(certificate.issuer),
    lpszProtocolName: protocol,
    lpszEncryptionAlgName: cipher,
    dwKeySize: keyBits,
  };
}

/** The same as a text to be shown, with the original's headings. */
export function certificateText(security: SocketSecurity): string {
  const info = certificateInfo(security);
  return [
    'Subject:',
    info.lpszSubjectInfo,
    'Issuer:',
    info.lpszIssuerInfo,
    `Effective Date:\t${info.ftStart.toUTCString()}`,
    `Expiration Date:\t${info.ftExpiry.toUTCString()}`,
    `Security Protocol:\t${info.lpszProtocolName}`,
    `Encryption Type:\t${info.lpszEncryptionAlgName}`,
    `Privacy Strength:\t${info.dwKeySize} bits`,
  ].join('\r\n');
}

function lines(name: string): string {
  return name.replaceAll('\n', '\r\n');
}
