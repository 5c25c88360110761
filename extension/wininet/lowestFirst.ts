/** A pool of small integers that gives back the lowest one first: a binary heap. */
export class LowestFirst {
  readonly #heap: number[] = [];

  /** Puts a number into the pool. */
  give(value: number): void {
    const heap = this.#heap;
    let at = heap.push(value) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const above = heap[up] ?? 0;
      if (above <= value) break;
      heap[at] = above;
      at = up;
    }
    heap[at] = value;
  }

  /** Takes the lowest number out of the pool; undefined when it is empty. */
  take(): number | undefined {
    const heap = this.#heap;
    const lowest = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return lowest;
    let at = 0;
    for (let down = 1; down < heap.length; down = 2 * at + 1) {
      const left = heap[down] ?? last;
      const right = heap[down + 1] ?? Number.POSITIVE_INFINITY;
      if (Math.min(left, right) >= last) break;
      heap[at] = Math.min(left, right);
      at = right < left ? down + 1 : down;
    }
    heap[at] = last;
    return lowest;
  }
}
