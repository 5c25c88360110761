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

const FILE = v.union([
  v.object({ cases: v.array(CASE) }),
  v.object({
    group: v.optional(v.string(), 'matrix'),
    setups: v.record(v.string(), v.object({ target: v.unknown(), steps: v.array(STEP) })),
    calls: v.record(v.string(), STEP),
    prepare: v.optional(v.record(v.string(), v.array(STEP)), {}),
    cells: v.array(CELL),
  }),
]);

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

/** Every case under a folder, in the order of the files; the cells of a matrix are cases too. Throws where a file is not in the format. */
export function readCases(folder: string): readonly Case[] {
  const vectors = path.join(folder, 'vectors');
  const home = existsSync(vectors) ? vectors : folder;
  return readdirSync(home, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json') && !isOther(name))
    .toSorted()
    .flatMap((name) => casesOf(path.join(home, name)));
}

/** Files beside the vectors that are none. */
function isOther(name: string): boolean {
  return (
    /^(?:constants|deviations)\.json$/.test(path.basename(name)) ||
    path.dirname(name).split(path.sep).includes('servers')
  );
}

function casesOf(file: string): readonly Case[] {
  const parsed = v.safeParse(FILE, JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new Error(`${file} is no vector file: ${v.getDotPath(issue) ?? ''} ${issue.message}`);
  }
  const { output } = parsed;
  if ('cases' in output) return output.cases;
  return output.cells.map((cell): Case => {
    const setup = output.setups[cell.handle];
    const call = output.calls[cell.call];
    if (setup === undefined || call === undefined)
      throw new Error(`${file}: no setup or call for a cell of ${cell.call}`);
    const args = Object.fromEntries(
      Object.entries(call.args).map(([name, value]) => [name, value === '$target' ? setup.target : value]),
    );
    const { expect, windows, advisory, skip } = cell;
    return {
      name: `${output.group}.${cell.call} on ${cell.handle}`,
      group: output.group,
      needs: 'http',
      steps: [...(output.prepare[cell.call] ?? []), ...setup.steps, { ...call, args, expect, windows }],
      wire: undefined,
      advisory,
      skip,
    };
  });
}
