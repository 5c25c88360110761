/** A timer that is set again and again: while nothing rings, setting it anew costs no new timer. */
export class HttpAlarm {
  #timer: NodeJS.Timeout | undefined;
  #milliseconds = 0;
  #ring: ((milliseconds: number) => void) | undefined;

  /** Rings once after so many milliseconds, unless it is set anew or silenced before; 0 means never. */
  set(milliseconds: number, ring: (milliseconds: number) => void): void {
    this.#ring = milliseconds === 0 ? undefined : ring;
    if (milliseconds === 0) return;
    if (this.#timer !== undefined && this.#milliseconds === milliseconds) {
      this.#timer.refresh();
      return;
    }
    clearTimeout(this.#timer);
    this.#milliseconds = milliseconds;
    this.#timer = setTimeout(() => this.#expire(), milliseconds);
    // The connection keeps the process alive, not the clock beside it.
    this.#timer.unref();
  }

  /** It rings no more, but is likely to be set again soon. */
  silence(): void {
    this.#ring = undefined;
  }

  /** It rings no more. */
  stop(): void {
    this.#ring = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #expire(): void {
    const ring = this.#ring;
    this.#ring = undefined;
    this.#timer = undefined;
    ring?.(this.#milliseconds);
  }
}
