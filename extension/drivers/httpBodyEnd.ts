import type { DriverObserver } from '../wininet/ports/driver.ts';

/**
 * When a program is told that the connection of a body has ended. As recorded, that is not when it ends, but when a reader meets
 * the end in it, or when the handle lets the body go.
 */
export class HttpBodyEnd {
  readonly #hasSize: boolean;
  readonly #observer: DriverObserver;
  #unmet: boolean;
  #untold = false;

  /**
   * @param hasSize the length of the body was told
   * @param endsWithConnection only the end of the connection ends it
   */
  constructor(hasSize: boolean, endsWithConnection: boolean, observer: DriverObserver) {
    this.#hasSize = hasSize;
    this.#unmet = endsWithConnection;
    this.#observer = observer;
  }

  /** Only the end of the connection ends the body, and no reader has met it yet. */
  get unmet(): boolean {
    return this.#unmet;
  }

  /** The body has come whole, or breaks off. @param withConnection its connection has ended, too, as was announced or by the break */
  came(withConnection: boolean): void {
    this.#untold = withConnection;
  }

  /** A reader met it. @param waiting he had been waiting for it */
  met(waiting: boolean): void {
    this.#unmet = false;
    if (waiting || !this.#hasSize) this.tell();
  }

  /** A reader has looked for bytes, and found that there are no more. */
  seen(): void {
    this.#unmet = false;
  }

  /** A reader came to where the body breaks off; as recorded, he is told nothing where its length shows the break. */
  metBreak(): void {
    if (this.#hasSize) this.#untold = false;
  }

  /** The body is let go. @param ended it had come whole: its end is told also where the head said nothing of it */
  left(ended: boolean): void {
    if (ended && this.#unmet) this.#untold = true;
    this.tell();
  }

  /** Another connection takes its place, of which nobody is told. */
  replaced(): void {
    this.#untold = false;
  }

  /** Tells it where it is due and untold. */
  tell(): void {
    if (!this.#untold) return;
    this.#untold = false;
    this.#observer({ type: 'closing' });
    this.#observer({ type: 'closed' });
  }
}
