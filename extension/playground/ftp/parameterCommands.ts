import type { Command } from './command.ts';
import { FACTS } from './listing.ts';
import { Refusal, reply } from './reply.ts';

/** Settings for the transfers to come. */
export const parameterCommands: readonly Command[] = [
  {
    verb: 'TYPE',
    help: 'TYPE <A|I>: text, whose line ends are translated, or bytes',
    argument: 'required',
    keeps: 'restart',
    run: (session, argument) => {
      const wanted = argument.toUpperCase();
      if (!['A', 'A N', 'I', 'L 8'].includes(wanted)) {
        throw new Refusal(504, 'Only TYPE A and TYPE I are known');
      }
      session.state.type = wanted.startsWith('A') ? 'A' : 'I';
      return reply(200, `Type set to ${session.state.type}`);
    },
  },
  {
    verb: 'MODE',
    help: 'MODE S: transfers are streams',
    argument: 'required',
    run: (_session, argument) => only('S', argument, 'Mode'),
  },
  {
    verb: 'STRU',
    help: 'STRU F: files have no inner structure',
    argument: 'required',
    run: (_session, argument) => only('F', argument, 'Structure'),
  },
  {
    verb: 'REST',
    help: 'REST <position>: the next transfer starts there',
    argument: 'required',
    keeps: 'restart',
    run: (session, argument) => {
      if (!/^\d{1,15}$/.test(argument)) {
        throw new Refusal(501, 'REST needs a position in bytes');
      }
      session.state.restart = Number(argument);
      return reply(350, `Restarting at ${session.state.restart}; send STOR or RETR next`);
    },
  },
  {
    verb: 'ALLO',
    help: 'ALLO <bytes>: not needed here',
    argument: 'optional',
    keeps: 'restart',
    run: () => reply(202, 'No storage needs to be allocated'),
  },
  {
    verb: 'OPTS',
    help: 'OPTS UTF8 ON | OPTS MLST <facts>: settings of extensions',
    argument: 'required',
    run: (session, argument) => {
      const [name = '', value = ''] = argument.split(' ');
      if (name.toUpperCase() === 'UTF8' && ['', 'ON'].includes(value.toUpperCase())) {
        return reply(200, 'UTF-8 is always on');
      }
      if (name.toUpperCase() === 'MLST') {
        const wanted = value.toLowerCase().split(';');
        session.state.facts = FACTS.filter((fact) => wanted.includes(fact.toLowerCase()));
        return reply(200, `MLST OPTS ${session.state.facts.map((fact) => `${fact};`).join('')}`);
      }
      throw new Refusal(501, 'Only OPTS UTF8 ON and OPTS MLST are known');
    },
  },
];

function only(letter: string, argument: string, what: string) {
  if (argument.toUpperCase() !== letter) {
    throw new Refusal(504, `${what} ${argument.slice(0, 20)} is not known, only ${letter}`);
  }
  return reply(200, `${what} set to ${letter}`);
}
