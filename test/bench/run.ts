// `npm run bench [-- NAME...] [--json]`: measures this project against a baseline, side by side in one process.
import { parseArgs } from 'node:util';
import { type Benchmark, type BenchmarkResult, measure } from './benchmark.ts';
import { comparisons } from './comparisonBenchmarks.ts';
import { feedHidden, feedProgramHidden, feedProgramVisible, feedVisible } from './feedBenchmark.ts';
import { ftpDownload } from './ftpBenchmarks.ts';
import { handlesOpenClose } from './handleBenchmarks.ts';
import { httpDownload, httpSmallGet } from './httpBenchmarks.ts';
import { treeBatches, treeLive, treePans } from './treeBenchmarks.ts';
import { watchIdle } from './watchBenchmark.ts';

const BENCHMARKS: readonly Benchmark[] = [
  httpSmallGet,
  httpDownload,
  ftpDownload,
  handlesOpenClose,
  feedVisible,
  feedHidden,
  feedProgramVisible,
  feedProgramHidden,
  watchIdle,
  ...comparisons,
  ...treeBatches,
  ...treePans,
  treeLive,
];

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false }, rounds: { type: 'string', default: '5' } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name));
if (unknown.length > 0) {
  console.error(
    `No benchmark is named ${unknown.join(', ')}; there are ${BENCHMARKS.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}

const results: BenchmarkResult[] = [];
for (const benchmark of BENCHMARKS) {
  if (positionals.length > 0 && !positionals.includes(benchmark.name)) continue;
  if (!values.json) console.error(`${benchmark.name} …`);
  results.push(await measure(benchmark, Number(values.rounds)));
}
if (values.json) console.log(JSON.stringify({ benchmarks: results }));
else console.table(Object.fromEntries(results.map((result) => [result.name, row(result)])));

function row(result: BenchmarkResult): Record<string, string> {
  const figure = (value: number) => value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 2 : 0 });
  return {
    'times better': result.ratio.toFixed(3),
    ours: `${figure(result.ours)} ${result.unit}`,
    baseline: `${figure(result.baseline)} ${result.unit}`,
    against: result.baselineName,
    others: Object.entries(result.others)
      .map(([name, value]) => `${name}: ${figure(value)}`)
      .join(', '),
  };
}
