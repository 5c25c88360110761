/**
 * The view's words. The English sentence is the key, as in `vscode.l10n`, so the host hands over its bundle as it is and a
 * sentence without a translation still reads well.
 */

let bundle: Readonly<Record<string, string>> = {};

/** Takes over the translations that came with a snapshot. */
export function useStrings(strings: Readonly<Record<string, string>>): void {
  bundle = strings;
}

/** The sentence in the user's language, `{0}`, `{1}` … replaced by the values. */
export function t(message: string, ...values: readonly (string | number)[]): string {
  const sentence = bundle[message] ?? message;
  return sentence.replace(/\{(\d+)\}/g, (hole, index: string) => String(values[Number(index)] ?? hole));
}
