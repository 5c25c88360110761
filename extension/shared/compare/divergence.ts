/** How two programs can part. */
export type DivergenceKind =
  | 'missing-call'
  | 'extra-call'
  | 'missing-close'
  | 'extra-close'
  | 'order'
  | 'handle'
  | 'argument'
  | 'error'
  | 'result'
  | 'callbacks';

/** A place at which two journals part. */
export interface Divergence {
  readonly kind: DivergenceKind;
  /** What differs, in one or two sentences. */
  readonly text: string;
  /** Number of the pair of calls that it is about. */
  readonly row: number;
}
