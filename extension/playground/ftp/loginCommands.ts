import type { Command } from './command.ts';
import { reply } from './reply.ts';

/** The account beside the anonymous ones. */
export const FTP_ACCOUNT = { user: 'ada', password: 'lovelace' } as const;

const ANONYMOUS: readonly string[] = ['anonymous', 'ftp'];
const MOST_FAILURES = 5;

/** Coming and going. */
export const loginCommands: readonly Command[] = [
  {
    verb: 'USER',
    help: 'USER <name>: say who you are',
    argument: 'required',
    open: true,
    run: async (session, user) => {
      const { failedLogins } = session.state;
      await session.reset();
      session.state.user = user;
      session.state.failedLogins = failedLogins;
      return ANONYMOUS.includes(user)
        ? reply(331, 'Guests are welcome: send your e-mail address as password')
        : reply(331, `Password required for ${user}`);
    },
  },
  {
    verb: 'PASS',
    help: 'PASS <password>: prove it',
    argument: 'optional',
    open: true,
    run: (session, password) => {
      const { state } = session;
      if (state.user === undefined) {
        return reply(503, 'Send USER first');
      }
      if (ANONYMOUS.includes(state.user) || (state.user === FTP_ACCOUNT.user && password === FTP_ACCOUNT.password)) {
        state.loggedIn = true;
        state.failedLogins = 0;
        return reply(
          230,
          `Welcome to the playground, ${state.user}.`,
          'Uploads go to /incoming.',
          'You are logged in.',
        );
      }
      state.user = undefined;
      state.failedLogins += 1;
      if (state.failedLogins >= MOST_FAILURES) {
        session.leaving = true;
        return reply(421, 'Too many wrong passwords');
      }
      return reply(530, 'Login incorrect');
    },
  },
  {
    verb: 'ACCT',
    help: 'ACCT <account>: not needed here',
    argument: 'required',
    run: () => reply(202, 'No account is needed'),
  },
  {
    verb: 'REIN',
    help: 'REIN: start over as a stranger',
    argument: 'optional',
    open: true,
    run: async (session) => {
      await session.reset();
      return reply(220, 'Ready for a new user');
    },
  },
  {
    verb: 'QUIT',
    help: 'QUIT: say goodbye',
    argument: 'optional',
    open: true,
    run: (session) => {
      session.leaving = true;
      return reply(221, 'Goodbye');
    },
  },
];
