import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';

/** The vector files as data; README.md beside them describes every field. */

const CALLBACK = v.looseObject({
  status: v.string(),
  handle: v.nullable(v.string()),
  context: v.number(),
  info: v.optional(v.unknown()),
  action: v.optional(v.unknown()),
});

const OUTCOME = v.looseObject({
  ok: v.boolean(),
  handle: v.optional(v.nullable(v.string())),
  value: v.optional(v.union([v.number(), v.string()])),
  error: v.optional(v.string()),
  code: v.optional(v.nullable(v.number())),
  out: v.optional(v.record(v.string(), v.unknown())),
  callbacks: v.optional(v.array(CALLBACK)),
});

const WINDOWS = v.looseObject({
  ...v.partial(OUTCOME).entries,
  anyOf: v.optional(v.array(OUTCOME)),
  preferred: v.optional(v.boolean()),
});

const STEP = v.object({
  call: v.string(),
  args: v.optional(v.record(v.string(), v.unknown()), {}),
  save: v.optional(v.string()),
  expect: v.optional(OUTCOME),
  windows: v.optional(WINDOWS),
});

const REMARK = v.optional(v.union([v.string(), v.boolean()]));

const WIRE = v.object({
  http: v.optional(v.array(v.record(v.string(), v.unknown()))),
  ftp: v.optional(v.array(v.record(v.string(), v.unknown()))),
});

const CASE = v.object({
  name: v.string(),
  group: v.optional(v.string(), ''),
  needs: v.optional(v.picklist(['none', 'http', 'ftp']), 'none'),
  steps: v.array(STEP),
  wire: v.optional(WIRE),
  advisory: REMARK,
  skip: REMARK,
});

const CELL = v.object({
  call: v.string(),
  handle: v.string(),
  expect: v.optional(OUTCOME),
  windows: v.optional(WINDOWS),
  advisory: REMARK,
  skip: REMARK,
});

/** A file of cases: each is read by itself, so that one that is wrong does not hide the others. */
const CASES = v.object({ cases: v.array(v.unknown()) });

const MATRIX = v.object({
  group: v.optional(v.string(), 'matrix'),
  setups: v.record(v.string(), v.object({ target: v.unknown(), steps: v.array(STEP) })),
  calls: v.record(v.string(), STEP),
  prepare: v.optional(v.record(v.string(), v.array(STEP)), {}),
  cells: v.array(v.unknown()),
});

/** What a call did, or is to do. */
export type Outcome = v.InferOutput<typeof OUTCOME>;
/** One status callback. */
export type ToldCallback = v.InferOutput<typeof CALLBACK>;
/** One call and what is known of it. */
export type Step = v.InferOutput<typeof STEP>;
/** What the fixtures saw. */
export type Wire = v.InferOutput<typeof WIRE>;
/** A conversation with a library that has just been started. */
export type Case = v.InferOutput<typeof CASE>;

/** What is under a folder. */
export interface Vectors {
  readonly cases: readonly Case[];
  /** What was to be a case and is not in the format, by its name or place. */
  readonly broken: readonly { readonly name: string; readonly reason: string }[];
  /** Files of JSON that are no vectors, below the folder. */
  readonly others: readonly string[];
}

/** Every case under a folder, in the order of the files; the cells of a matrix are cases too. Throws where there is no folder. */
export function readVectors(folder: string): Vectors {
  const vectors = path.join(folder, 'vectors');
  const home = existsSync(vectors) ? vectors : folder;
  const found: { cases: Case[]; broken: Vectors['broken'][number][]; others: string[] } = {
    cases: [],
    broken: [],
    others: [],
  };
  const entries = readdirSync(home, { recursive: true, withFileTypes: true }).filter((one) => !one.isDirectory());
  const names = entries.map((one) => path.relative(home, path.join(one.parentPath, one.name)));
  for (const name of names.filter((one) => one.endsWith('.json') && !isOther(one)).toSorted()) {
    try {
      const data: unknown = JSON.parse(readFileSync(path.join(home, name), 'utf8'));
      if (!isVectors(data)) found.others.push(name);
      else readFile(name, data, found);
    } catch (error) {
      found.broken.push({ name, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return found;
}

/** Files beside the vectors that are none. */
function isOther(name: string): boolean {
  return (
    /^(?:constants|deviations)\.json$/.test(path.basename(name)) ||
    path.dirname(name).split(path.sep).includes('servers')
  );
}

function isVectors(data: unknown): data is object {
  return typeof data === 'object' && data !== null && ('cases' in data || 'cells' in data);
}

function readFile(
  file: string,
  data: object,
  found: { readonly cases: Case[]; readonly broken: Vectors['broken'][number][] },
): void {
  const isMatrix = !('cases' in data);
  const matrix = isMatrix ? inFormat(MATRIX, data) : null;
  const rows = matrix?.cells ?? inFormat(CASES, data).cases;
  for (const [index, row] of rows.entries()) {
    try {
      found.cases.push(matrix === null ? inFormat(CASE, row) : cellCase(matrix, inFormat(CELL, row)));
    } catch (error) {
      const name = typeof row === 'object' && row !== null && 'name' in row ? String(row.name) : null;
      const place = name ?? `${file} ${isMatrix ? 'cells' : 'cases'}[${index}]`;
      found.broken.push({ name: place, reason: error instanceof Error ? error.message : String(error) });
    }
  }
}

/** Throws an Error that says on one line what is not in the format, and where. */
function inFormat<Schema extends v.GenericSchema>(schema: Schema, data: unknown): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, data);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const at = v.getDotPath(issue);
  throw new Error(`not in the format${at === null ? '' : `, at ${at}`}: ${issue.message}`);
}

function cellCase(matrix: v.InferOutput<typeof MATRIX>, cell: v.InferOutput<typeof CELL>): Case {
  const { expect, windows, advisory, skip } = cell;
  const setup = matrix.setups[cell.handle];
  const call = matrix.calls[cell.call];
  if (setup === undefined) throw new Error(`no setup for the handle ${cell.handle}`);
  if (call === undefined) throw new Error(`no call for ${cell.call}`);
  const args = Object.fromEntries(
    Object.entries(call.args).map(([name, value]) => [name, value === '$target' ? setup.target : value]),
  );
  return {
    name: `${matrix.group}.${cell.call} on ${cell.handle}`,
    group: matrix.group,
    needs: 'http',
    steps: [...(matrix.prepare[cell.call] ?? []), ...setup.steps, { ...call, args, expect, windows }],
    wire: undefined,
    advisory,
    skip,
  };
}
