/** One comparison: the same work done by this project and by a baseline, side by side in one process. */
export interface Benchmark {
  readonly name: string;
  /** What one figure means; higher is better, unless `lessIsBetter`. */
  readonly unit: string;
  readonly lessIsBetter?: true;
  readonly baselineName: string;
  /** How many times more rounds than others it needs: where a difference is smaller than the noise of one round. */
  readonly roundsFactor?: number;
  /** Prepares both sides; the returned functions measure once each, and `close` ends what was started. */
  prepare(): Promise<{
    readonly ours: () => Promise<number>;
    readonly baseline: () => Promise<number>;
    /** What else there is to tell at the end, each with its unit in its name. */
    readonly others?: () => Promise<Readonly<Record<string, number>>>;
    readonly close: () => Promise<void>;
  }>;
}

/** What a benchmark came to: medians of the rounds, and the median of the rounds' ratios. */
export interface BenchmarkResult {
  readonly name: string;
  /** How many times better than the baseline: ours / baseline, or the other way round where less is better. */
  readonly ratio: number;
  readonly ours: number;
  readonly baseline: number;
  readonly unit: string;
  readonly baselineName: string;
  readonly others: Readonly<Record<string, number>>;
}

/** Measures both sides in turn, so that a machine whose speed drifts treats them alike. The first round warms up. */
export async function measure(benchmark: Benchmark, rounds: number): Promise<BenchmarkResult> {
  const { ours, baseline, others, close } = await benchmark.prepare();
  const pairs: (readonly [number, number])[] = [];
  let told: Readonly<Record<string, number>> = {};
  try {
    for (let round = 0; round <= rounds * (benchmark.roundsFactor ?? 1); round += 1) {
      const pair = round % 2 === 0 ? [await ours(), await baseline()] : [await baseline(), await ours()].reverse();
      const [our = Number.NaN, their = Number.NaN] = pair;
      if (round > 0) pairs.push([our, their]);
    }
    told = (await others?.()) ?? {};
  } finally {
    await close();
  }
  return {
    name: benchmark.name,
    ratio: median(pairs.map(([our, their]) => (benchmark.lessIsBetter ? their / our : our / their))),
    ours: median(pairs.map(([our]) => our)),
    baseline: median(pairs.map(([, their]) => their)),
    unit: benchmark.unit,
    baselineName: benchmark.baselineName,
    others: told,
  };
}

/** Units of work per second. */
export async function perSecond(amount: number, work: () => Promise<void>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return amount / (Number(process.hrtime.bigint() - start) / 1e9);
}

/** Units of work per second of this process's time on the processors: what other processes do meanwhile does not count. */
export async function perCpuSecond(amount: number, work: () => Promise<void>): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (amount / (user + system)) * 1e6;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
