/** Which handle of one journal stands for which of the other: those that calls returned which stand for each other. */
export class HandlePairs {
  readonly #rightOf = new Map<number, number>();
  readonly #leftOf = new Map<number, number>();

  /** The handles that two calls returned. What stood for one of them before does so no more. */
  pair(left: number | null, right: number | null): void {
    if (left === null || right === null) return;
    const [before, other] = [this.#leftOf.get(right), this.#rightOf.get(left)];
    if (before !== undefined) this.#rightOf.delete(before);
    if (other !== undefined) this.#leftOf.delete(other);
    this.#rightOf.set(left, right);
    this.#leftOf.set(right, left);
  }

  /** The handle of the other journal that stands for one; undefined where none is known to. */
  partner(side: 'left' | 'right', serial: number): number | undefined {
    return (side === 'left' ? this.#rightOf : this.#leftOf).get(serial);
  }

  /** May these be the same? Handles that only one journal knows the making of cannot be told apart. */
  match(left: number | null, right: number | null): boolean {
    if (left === null || right === null) return left === right;
    const [expectedRight, expectedLeft] = [this.#rightOf.get(left), this.#leftOf.get(right)];
    if (expectedRight === undefined && expectedLeft === undefined) return true;
    return expectedRight === right;
  }
}
