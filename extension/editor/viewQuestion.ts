/** A question to a view that it answers by a message. Whoever asks anew while one waits takes its place. */
export class ViewQuestion<Answer> {
  #asked: PromiseWithResolvers<Answer> | null = null;

  /**
   * Asks, and waits for the answer. Rejects with an Error of `late` where none comes in time, and of `replaced` where somebody else asks.
   * @param milliseconds how long the view may take
   */
  async ask(
    send: () => void,
    milliseconds: number,
    { late, replaced }: { readonly late: string; readonly replaced: string },
  ): Promise<Answer> {
    this.#asked?.reject(new Error(replaced));
    const asked = Promise.withResolvers<Answer>();
    this.#asked = asked;
    const limit = setTimeout(() => asked.reject(new Error(late)), milliseconds);
    send();
    try {
      return await asked.promise;
    } finally {
      clearTimeout(limit);
      if (this.#asked === asked) this.#asked = null;
    }
  }

  /** The view has answered. */
  answer(answer: Answer): void {
    this.#asked?.resolve(answer);
  }

  /** The view is gone. */
  abandon(reason: string): void {
    this.#asked?.reject(new Error(reason));
  }
}
