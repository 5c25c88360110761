import * as l10n from '@vscode/l10n';

/**
 * Takes over the translations that came with a snapshot. The English sentence is the key, as in `vscode.l10n`, so the host hands
 * over its bundle as it is, and a sentence without a translation still reads well.
 */
export function useStrings(strings: Readonly<Record<string, string>>): void {
  l10n.config({ contents: { ...strings } });
}
