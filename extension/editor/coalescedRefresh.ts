/** Refreshes once for everything that changes within a time: thousands of entries may come in a burst. */
export class CoalescedRefresh {
  readonly #refresh: () => void;
  readonly #milliseconds: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(refresh: () => void, milliseconds: number) {
    this.#refresh = refresh;
    this.#milliseconds = milliseconds;
  }

  /** A refresh has been asked for and is still to come. */
  get isDue(): boolean {
    return this.#timer !== undefined;
  }

  /** Something has changed. */
  request(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#refresh();
    }, this.#milliseconds);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
