import type { Command } from './command.ts';
import { FACTS } from './listing.ts';
import { reply } from './reply.ts';

/** Questions about the server. */
export const informationCommands: readonly Command[] = [
  {
    verb: 'NOOP',
    help: 'NOOP: nothing',
    argument: 'optional',
    open: true,
    keeps: 'restart',
    run: () => reply(200, 'OK'),
  },
  {
    verb: 'SYST',
    help: 'SYST: the kind of system',
    argument: 'optional',
    open: true,
    keeps: 'restart',
    run: () => reply(215, 'UNIX Type: L8'),
  },
  {
    verb: 'FEAT',
    help: 'FEAT: the extensions it knows',
    argument: 'optional',
    open: true,
    keeps: 'restart',
    run: (session) => {
      const facts = FACTS.map((fact) => `${fact}${session.state.facts.includes(fact) ? '*' : ''};`).join('');
      const features = ['EPRT', 'EPSV', 'MDTM', `MLST ${facts}`, 'REST STREAM', 'SIZE', 'TVFS', 'UTF8'];
      return reply(211, 'Extensions supported:', ...features, 'End');
    },
  },
  {
    verb: 'HELP',
    help: 'HELP [command]: this list, or one line of it',
    argument: 'optional',
    open: true,
    run: (session, argument) => {
      const { commands } = session.service;
      const asked = commands.get(argument.toUpperCase());
      return asked
        ? reply(214, asked.help)
        : reply(214, 'The commands of this server:', ...[...commands.values()].map(({ help }) => help), 'End of help');
    },
  },
];
