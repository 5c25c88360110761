/** Where a question stands in its series. */
export interface Place {
  readonly step: number;
  readonly totalSteps: number;
  readonly canGoBack: boolean;
}

/** What a person did with a question: answered it, went back to the one before, or left. */
export type Answer<T> =
  | { readonly type: 'value'; readonly value: T }
  | { readonly type: 'back' }
  | { readonly type: 'cancel' };

/** One question of a series. */
export interface Step<D> {
  /** Is the question asked, given the answers before it? Always, where nothing is said. */
  readonly applies?: (draft: D) => boolean;
  /** Asks, and answers with the draft that holds the answer. */
  readonly ask: (draft: D, place: Place) => Promise<Answer<D>>;
}

/**
 * Asks a series of questions, back and forth: going back keeps what was answered.
 * @param start the draft with its defaults
 * @returns the complete draft; undefined if the person left
 */
export async function walk<D>(steps: readonly Step<D>[], start: D): Promise<D | undefined> {
  const visited: number[] = [];
  let draft = start;
  let index = nextOf(steps, draft, 0);
  while (index !== undefined) {
    const answer = await steps[index]?.ask(draft, placeOf(steps, draft, index, visited.length));
    if (answer === undefined || answer.type === 'cancel') return undefined;
    if (answer.type === 'back') {
      index = visited.pop() ?? index;
    } else {
      draft = answer.value;
      visited.push(index);
      index = nextOf(steps, draft, index + 1);
    }
  }
  return draft;
}

/** The answer as a change of the draft. */
export function fill<D, T>(answer: Answer<T>, put: (value: T) => D): Answer<D> {
  return answer.type === 'value' ? { type: 'value', value: put(answer.value) } : answer;
}

function nextOf<D>(steps: readonly Step<D>[], draft: D, from: number): number | undefined {
  const index = steps.findIndex((step, at) => at >= from && applies(step, draft));
  return index === -1 ? undefined : index;
}

function placeOf<D>(steps: readonly Step<D>[], draft: D, index: number, visited: number): Place {
  const later = steps.filter((step, at) => at > index && applies(step, draft)).length;
  return { step: visited + 1, totalSteps: visited + 1 + later, canGoBack: visited > 0 };
}

function applies<D>(step: Step<D>, draft: D): boolean {
  return step.applies?.(draft) ?? true;
}
