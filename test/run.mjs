// `npm test [STEP...]`: runs the named steps, or all, and ends with one line of counts.
import { endRunningCommands } from './run/command.ts';
import { closingLines, countLine, single, total } from './run/results.ts';
import { STEPS } from './run/steps.ts';

const usage = ['usage: npm test [-- STEP...]', ...STEPS.map(({ name, does }) => `  ${name.padEnd(8)} ${does}`)];
const all = [];
let interrupted = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, (name) => void interrupt(name));

const names = process.argv.slice(2);
const unknown = names.filter((name) => !STEPS.some((step) => step.name === name));
if (names.includes('--help')) {
  console.log(usage.join('\n'));
} else if (unknown.length > 0) {
  console.error([`there is no step ${unknown.join(', ')}`, ...usage].join('\n'));
  process.exitCode = 2;
} else {
  for (const step of STEPS) {
    if (names.length === 0 || names.includes(step.name)) all.push(await runStep(step));
  }
  finish();
}

async function runStep(step) {
  console.log(`\n=== ${step.name}: ${step.does}`);
  const started = Date.now();
  const results = await step.run().catch((error) => {
    console.error(error);
    return single(`${step.name}: ${error.message}`, false);
  });
  // A step that finds nothing to run would pass for ever.
  const ran = results.passed + results.failed.length + results.skipped.length > 0;
  const counted = ran ? results : single(`${step.name}: no test ran`, false);
  console.log(`--- ${step.name}: ${countLine(counted)}, ${((Date.now() - started) / 1000).toFixed(1)} s`);
  return counted;
}

function finish() {
  const results = total(all);
  console.log(`\n${closingLines(results).join('\n')}`);
  process.exitCode = results.failed.length > 0 ? 1 : 0;
}

async function interrupt(signal) {
  if (interrupted) return; // a terminal and npm may both pass the same signal on
  interrupted = true;
  const ended = total(all);
  await endRunningCommands();
  console.log(`\ninterrupted by ${signal}; the steps that had ended:`);
  console.log(closingLines(ended).join('\n'));
  process.exit(130);
}
