import {
  DIAGRAM_ROWS,
  type DiagramName,
  type FunctionName,
  functionNames,
  functionRow,
  type HandleKind,
  type HandleState,
  handleKinds,
  protocolOf,
  refusal,
  statesOf,
  takesAnyHandle,
} from './hierarchy.ts';

/** The seven diagrams of the page "HINTERNET Handles", derived from the table: their boxes, and what hangs from what. */

/** As the page prints it, or with what the page leaves out. */
export type Reading = 'printed' | 'complete';

/** A box: a function that returns a handle (shaded) or uses one (plain). */
export interface DiagramBox {
  readonly fn: FunctionName;
  readonly shaded: boolean;
  /** The box from which its line or bracket hangs; null for the one on top. */
  readonly parent: FunctionName | null;
  /** The page does not draw it, although the table says that it belongs here. */
  readonly omitted: boolean;
}

/** The boxes of a diagram from top to bottom, those that the page leaves out behind those that hang from the same box. */
export function diagramBoxes(name: DiagramName, reading: Reading): readonly DiagramBox[] {
  const printed = functionNames
    .flatMap((fn) => {
      const place = functionRow(fn).seed?.[name];
      return place === undefined ? [] : [{ fn, order: place[0], parent: place[1] as FunctionName | null }];
    })
    .sort((one, other) => one.order - other.order)
    .map(({ fn, parent }): DiagramBox => ({ fn, parent, shaded: returnsHandle(fn), omitted: false }));
  return reading === 'printed' ? printed : printed.flatMap((box, at) => [box, ...omittedAfter(name, printed, at)]);
}

function returnsHandle(fn: FunctionName): boolean {
  return functionRow(fn).returns !== undefined;
}

/** What the page leaves out behind the last box that hangs from the same box as this one. */
function omittedAfter(name: DiagramName, printed: readonly DiagramBox[], at: number): readonly DiagramBox[] {
  const box = printed[at];
  const isLast = box !== undefined && printed.findLastIndex(({ parent }) => parent === box.parent) === at;
  // Only a bracket lists the users of a handle; a stem leads to the one step that the diagram goes on with.
  const isList = isLast && box.parent !== null && DIAGRAM_ROWS[name].brackets[box.parent] !== undefined;
  return isList && box.parent !== null ? omittedUnder(name, printed, box.parent) : [];
}

function omittedUnder(name: DiagramName, printed: readonly DiagramBox[], parent: FunctionName): readonly DiagramBox[] {
  const drawn = new Set(printed.map(({ fn }) => fn));
  const places = statesAfter(parent).filter(
    ([kind]) => DIAGRAM_ROWS[name].protocol === undefined || DIAGRAM_ROWS[name].protocol === protocolOf(kind),
  );
  return functionNames
    .filter((fn) => !drawn.has(fn) && !takesAnyHandle(fn) && (name !== 'ax-wnt01' || returnsHandle(fn)))
    .filter((fn) => places.some(([kind, state]) => refusal(fn, kind, state) === undefined))
    .map((fn) => ({ fn, parent, shaded: returnsHandle(fn), omitted: true }));
}

/** The kinds and states in which a handle is after this function has returned it, or has moved it on. */
function statesAfter(fn: FunctionName): readonly (readonly [HandleKind, HandleState])[] {
  const { returns, begins, moves } = functionRow(fn);
  return handleKinds.flatMap((kind): (readonly [HandleKind, HandleState])[] => {
    if (returns?.includes(kind)) {
      const states: readonly HandleState[] = begins?.[kind] ?? statesOf(kind).slice(0, 1);
      return states.map((state) => [kind, state] as const);
    }
    const moved = moves?.[kind]?.success;
    return moved === undefined ? [] : [[kind, moved] as const];
  });
}
