import type { Command } from './command.ts';
import { fileCommands } from './fileCommands.ts';
import { informationCommands } from './informationCommands.ts';
import { listCommands } from './listCommands.ts';
import { loginCommands } from './loginCommands.ts';
import { parameterCommands } from './parameterCommands.ts';
import { portCommands } from './portCommands.ts';
import { transferCommands } from './transferCommands.ts';

/** Every command the server understands, by its verb. */
export const commands: ReadonlyMap<string, Command> = new Map(
  [
    ...loginCommands,
    ...parameterCommands,
    ...portCommands,
    ...fileCommands,
    ...listCommands,
    ...transferCommands,
    ...informationCommands,
  ].map((command) => [command.verb, command]),
);
