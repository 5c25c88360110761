import { fitsProtocolLine } from '../shared/protocolLine.ts';
import type { DriverContext } from '../wininet/ports/driver.ts';
import type { FtpDriver, FtpTarget } from '../wininet/ports/ftp.ts';
import { FtpControl } from './ftpControl.ts';
import { ftpCancelled, ftpFailure } from './ftpFailure.ts';
import { type FtpReply, isNegative, lastLine } from './ftpReply.ts';
import { ControlledFtpSession } from './ftpSession.ts';

/** What the driver needs from outside. */
export interface FtpDriverParts {
  /** The time, for listings that print dates without a year. */
  readonly now: () => Date;
}

// 430 and 530: wrong user or password; 332 and 532: an account would be needed, for which WinINet has no place.
const logonRefusals: readonly number[] = [332, 430, 530, 532];

/** Makes the driver that speaks FTP over basic-ftp's control connection and data connections of its own. */
export function createFtpDriver({ now }: FtpDriverParts = { now: () => new Date() }): FtpDriver {
  return {
    async connect(target, context) {
      if (context.signal.aborted) throw ftpCancelled(target);
      if (!fitsProtocolLine(target.user + target.password)) {
        throw ftpFailure('ftp: control character in a command', target, 'was not contacted');
      }
      const control = new FtpControl(target, context.observer);
      try {
        const greeting = await control.connect(context);
        if (isNegative(greeting)) throw control.refusal('the connection', greeting);
        await logOn(control, target, context);
      } catch (error) {
        await control.close();
        throw error;
      }
      return new ControlledFtpSession(control, now);
    },
  };
}

/** Sends USER and, when the server asks for it, PASS: WinINet sends nothing else before the first call. */
async function logOn(control: FtpControl, target: FtpTarget, context: DriverContext): Promise<void> {
  const user = await control.ask(`USER ${target.user}`, context);
  if (user.code !== 331) {
    accept('USER', user, control);
    return;
  }
  accept('PASS', await control.ask(`PASS ${target.password}`, context), control);
}

function accept(verb: string, reply: FtpReply, control: FtpControl): void {
  if (reply.code < 300) return;
  if (!logonRefusals.includes(reply.code)) throw control.refusal(verb, reply);
  throw ftpFailure('ftp: logon refused', control.server, `refused the logon: "${lastLine(reply)}"`);
}
