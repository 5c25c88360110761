import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Playground } from '../../playground/playground.ts';
import { announce, commandAction } from '../announce.ts';
import { readAnswers } from '../invocation.ts';
import { attempt } from '../report.ts';
import { pick } from '../steps.ts';
import type { CommandParts } from './commandParts.ts';
import { openAndTell } from './openUrl.ts';
import { addressChoices } from './playgroundChoices.ts';

const answers = v.strictObject({});

/** Where the playground's servers listen. */
export interface PlaygroundServers {
  readonly http: string;
  readonly https: string;
  readonly ftp: string;
  readonly gopher: string;
}

/** Starts the playground's servers, unless they run. Returns where they listen. */
export async function startPlayground(
  parts: CommandParts,
  _target?: number,
  args?: unknown,
): Promise<PlaygroundServers | undefined> {
  const quiet = readAnswers(answers, args) !== undefined;
  return await attempt(parts, quiet, async () => {
    const playground = await parts.playground.start();
    if (!quiet) {
      announce(
        vscode.l10n.t(
          'The playground runs at {0}, where only programs on the same computer reach it.',
          playground.http.href,
        ),
        [commandAction(vscode.l10n.t('Open an Address'), 'hinternet.showPlayground')],
      );
    }
    return serversOf(playground);
  });
}

/** Stops the playground's servers. */
export async function stopPlayground(parts: CommandParts, _target?: number, args?: unknown): Promise<void> {
  const quiet = readAnswers(answers, args) !== undefined;
  await attempt(parts, quiet, () => parts.playground.stop());
}

/** Lists the playground's addresses with what each shows, and opens the chosen one. Returns the new handle's serial. */
export async function showPlayground(parts: CommandParts): Promise<number | undefined> {
  return await attempt(parts, false, async () => {
    const { addresses } = await parts.playground.start();
    const answer = await pick({
      title: vscode.l10n.t('HINTERNET: Playground'),
      placeholder: vscode.l10n.t('Choose an address to open, for example by typing redirect'),
      choices: addressChoices(addresses),
    });
    return answer.type === 'value' ? await openAndTell(parts, undefined, answer.value) : undefined;
  });
}

function serversOf({ http, https, ftp, gopher }: Playground): PlaygroundServers {
  return { http: http.href, https: https.href, ftp: ftp.href, gopher: gopher.href };
}
