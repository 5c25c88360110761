/** A place of both sequences at which they meet. */
export interface Anchor {
  readonly left: number;
  readonly right: number;
}

/**
 * Where two sequences surely meet: at what each of them has once only, in an order that both keep (Bram Cohen's "patience" diff).
 * @param lefts what is the same has the same text; null never meets anything
 */
export function anchors(lefts: readonly (string | null)[], rights: readonly (string | null)[]): readonly Anchor[] {
  const [onLeft, onRight] = [once(lefts), once(rights)];
  const common: Anchor[] = [];
  for (const [text, left] of onLeft) {
    const right = onRight.get(text);
    if (left !== null && right !== undefined && right !== null) common.push({ left, right });
  }
  return longestRising(common);
}

/** The place of each text; null where it has several. */
function once(texts: readonly (string | null)[]): ReadonlyMap<string, number | null> {
  const places = new Map<string, number | null>();
  texts.forEach((text, place) => {
    if (text !== null) places.set(text, places.has(text) ? null : place);
  });
  return places;
}

/** Of anchors in the order of the left side, as many as possible that are in the order of the right side too. */
function longestRising(common: readonly Anchor[]): readonly Anchor[] {
  interface Chain extends Anchor {
    readonly before: Chain | undefined;
  }
  /** For each length, the chain of that length that ends earliest on the right. */
  const chains: Chain[] = [];
  for (const anchor of common) {
    let [low, high] = [0, chains.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((chains[middle]?.right ?? 0) < anchor.right) low = middle + 1;
      else high = middle;
    }
    chains[low] = { ...anchor, before: chains[low - 1] };
  }
  const rising: Anchor[] = [];
  for (let chain = chains.at(-1); chain !== undefined; chain = chain.before) rising.push(chain);
  return rising.reverse();
}
