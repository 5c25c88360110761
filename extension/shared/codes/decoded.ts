/** A piece of a value: as it is shown, and what there is to say about it; an empty text where it explains itself. */
export interface Decoded {
  readonly text: string;
  readonly explanation: string;
}

/** A piece that explains itself. */
export function plain(text: string): Decoded {
  return { text, explanation: '' };
}
