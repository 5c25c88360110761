/** What is said of a filter that is not understood. Whole sentences, so that each can be translated. */

/** A sentence for `t` or `vscode.l10n.t`: the message, then what stands in its holes. */
export type FilterSentence = readonly [message: string, ...values: string[]];

/** Sentences about texts and values. */
export const FILTER_SENTENCES = {
  tooLong: 'A filter has at most {0} characters.',
  openQuote: 'The quote is not closed.',
  noValue: 'A value is missing after {0}:',
  noErrorNumber: 'No error has the number {0}.',
  noError: '“{0}” is neither any nor the number or symbol of an error.',
  noHandleValue: '“{0}” is no value of a handle: write it as 0xCC0004.',
  noComparison: '“{0}” cannot be compared with: write >10s or <1M, for example.',
} as const;

/** What is said of a name that nothing has: the nearest one, or all where they are few. */
export const UNKNOWN_NAMES = {
  key: {
    near: '“{0}” is no key. Did you mean {1}? Put the word in quotes to look for it as text.',
    few: '“{0}” is no key. There are: {1}. Put the word in quotes to look for it as text.',
    many: '“{0}” is no key. Put the word in quotes to look for it as text.',
  },
  kind: {
    near: '“{0}” is no kind of handle. Did you mean {1}?',
    few: '“{0}” is no kind of handle. There are: {1}.',
    many: '“{0}” is no kind of handle.',
  },
  protocol: {
    near: '“{0}” is no protocol. Did you mean {1}?',
    few: '“{0}” is no protocol. There are: {1}.',
    many: '“{0}” is no protocol.',
  },
  state: {
    near: '“{0}” is no state. Did you mean {1}?',
    few: '“{0}” is no state. There are: {1}.',
    many: '“{0}” is no state.',
  },
  function: {
    near: '“{0}” is no function. Did you mean {1}?',
    few: '“{0}” is no function. There are: {1}.',
    many: '“{0}” is no function.',
  },
  condition: {
    near: '“{0}” is no condition. Did you mean {1}?',
    few: '“{0}” is no condition. There are: {1}.',
    many: '“{0}” is no condition.',
  },
} as const;

/** All sentences, for those who translate them. */
export const filterSentences: readonly string[] = [
  ...Object.values(FILTER_SENTENCES),
  ...Object.values(UNKNOWN_NAMES).flatMap((forms) => Object.values(forms)),
];
