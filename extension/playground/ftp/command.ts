import type { Reply } from './reply.ts';
import type { FtpSession } from './session.ts';

/** One row of the command table. */
export interface Command {
  readonly verb: string;
  /** What HELP says about it. */
  readonly help: string;
  /** Whether it works before login; most do not. */
  readonly open?: true;
  /** Whether 501 answers a command without an argument. */
  readonly argument: 'required' | 'optional';
  /** Whether the effect of a preceding REST or RNFR outlives it. */
  readonly keeps?: 'restart' | 'rename';
  /** Does it and returns the final reply. Throws a Refusal for what cannot be done. */
  run(session: FtpSession, argument: string): Reply | Promise<Reply>;
}
