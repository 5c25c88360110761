/** Marks the open handles, and compares those of a later moment with them. */
export interface Marks {
  mark(): void;
  compare(): void;
}
