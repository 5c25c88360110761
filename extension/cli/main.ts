#!/usr/bin/env node
import { nodeIsTooOld } from '../shared/nodeVersion.ts';
import { check } from './check.ts';
import { type Command, readCommandLine } from './commandLine.ts';
import { compare } from './compare.ts';
import { show } from './show.ts';
import { SHORT_USAGE, USAGE } from './usage.ts';
import { UsageError } from './usageError.ts';
import { ownVersion } from './version.ts';

/** `hinternet-explorer`, for terminals and continuous integration. Exit codes: 0 well, 1 something found or different, 2 it could not be told. */

// Whoever reads the output may have seen enough, as `head` has: what was found still shows in the exit code.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code !== 'EPIPE' && code !== 'ERR_STREAM_DESTROYED') throw new Error(message);
  });
}

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const tooOld = nodeIsTooOld(process.versions.node);
  if (tooOld !== null) {
    process.stderr.write(`hinternet-explorer: ${tooOld}\n`);
    return 2;
  }
  try {
    return await run(readCommandLine(args));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`hinternet-explorer: ${error.message}\n\n${SHORT_USAGE}`);
    return 2;
  }
}

async function run(command: Command): Promise<number> {
  switch (command.name) {
    case 'help':
      process.stdout.write(USAGE);
      return 0;
    case 'version':
      process.stdout.write(`${ownVersion()}\n`);
      return 0;
    case 'check':
      return check(command);
    case 'show':
      return show(command);
    case 'compare':
      return compare(command);
  }
}
