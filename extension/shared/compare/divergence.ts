/** How two programs can part. */
export const DIVERGENCE_KINDS = [
  'missing-call',
  'extra-call',
  'missing-close',
  'extra-close',
  'order',
  'handle',
  'argument',
  'error',
  'result',
  'callbacks',
] as const;

/** One of the ways in which two programs part. */
export type DivergenceKind = (typeof DIVERGENCE_KINDS)[number];

/** A place at which two journals part. */
export interface Divergence {
  readonly kind: DivergenceKind;
  /** What differs, in one or two sentences. */
  readonly text: string;
  /** Number of the pair of calls that it is about. */
  readonly row: number;
}
