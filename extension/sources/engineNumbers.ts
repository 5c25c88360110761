/** Fields of an entry that hold the serial of a handle. */
const SERIALS = ['serial', 'parent', 'handle', 'cascadeRoot', 'hit'] as const;

type Body = Readonly<Record<string, unknown>>;

/** Gives the handles and calls of several engines numbers that are unique among all of them. */
export class EngineNumbers {
  readonly #serials = new Map<string, number>();
  readonly #calls = new Map<string, number>();

  /** An entry of an engine with numbers that nobody else has. */
  renumber(engine: string, body: Body): Body {
    const serial = (value: unknown) => renumbered(this.#serials, engine, value);
    const changed: Record<string, unknown> = { ...body };
    for (const name of SERIALS) if (name in changed) changed[name] = serial(changed[name]);
    if ('call' in changed) changed.call = renumbered(this.#calls, engine, changed.call);
    for (const name of ['result', 'information'] as const) {
      if (name in changed) changed[name] = inValue(changed[name], serial);
    }
    if (Array.isArray(changed.others)) changed.others = changed.others.map(serial);
    if (Array.isArray(changed.args)) changed.args = changed.args.map((value) => inValue(value, serial));
    return changed;
  }
}

function renumbered(known: Map<string, number>, engine: string, value: unknown): unknown {
  // 0 is nobody's.
  if (typeof value !== 'number' || value === 0) return value;
  const key = `${value} ${engine}`;
  const number = known.get(key) ?? known.size + 1;
  known.set(key, number);
  return number;
}

/** A value in which a handle may stand, as it is or as the result of a completed call. */
function inValue(value: unknown, serial: (value: unknown) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('handle' in value) return { handle: serial(value.handle) };
  return 'result' in value ? { ...value, result: inValue(value.result, serial) } : value;
}
