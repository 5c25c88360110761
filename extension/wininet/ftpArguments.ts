import * as constants from '../shared/constants.ts';
import { fitsProtocolLine } from '../shared/protocolLine.ts';
import type { FtpTransferType } from './ports/ftp.ts';
import { CallFailure } from './winInetError.ts';

/** How FTP functions read their arguments. All fail with ERROR_INVALID_PARAMETER. */

/** A name, or a command, that can be sent: an empty one is the server's to refuse. */
export function requiredName(name: string): string {
  if (typeof name !== 'string') throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass a file or folder name.');
  if (!fitsProtocolLine(name))
    throw new CallFailure('ERROR_INVALID_PARAMETER', 'A name cannot contain control characters.');
  return name;
}

// Recorded: 5 is refused, so the bit behind those of FTP_TRANSFER_TYPE_MASK counts too.
const TRANSFER_TYPE_BITS = 7;

/** FTP_TRANSFER_TYPE_* of dwFlags: none means binary. The other flags are for the cache, which this engine does not have. */
export function transferType(flags: number): FtpTransferType {
  switch (flags & TRANSFER_TYPE_BITS) {
    case constants.FTP_TRANSFER_TYPE_ASCII:
      return 'A';
    case constants.FTP_TRANSFER_TYPE_UNKNOWN:
    case constants.FTP_TRANSFER_TYPE_BINARY:
      return 'I';
    default:
      throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass FTP_TRANSFER_TYPE_ASCII or FTP_TRANSFER_TYPE_BINARY.');
  }
}

/** GENERIC_READ or GENERIC_WRITE of dwAccess, never both: is the file to be read? */
export function isReadAccess(access: number): boolean {
  // A program that combines flags with | gets a negative number for GENERIC_READ.
  switch (access >>> 0) {
    case constants.GENERIC_READ:
      return true;
    case constants.GENERIC_WRITE:
      return false;
    default:
      throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass GENERIC_READ or GENERIC_WRITE, not both.');
  }
}
