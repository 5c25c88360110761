// Runs in the extension host in place of the test entry: copies all output to a file that the shim shows as it grows, runs the real
// entry, and leaves a verdict file, because an extension host killed by a signal is reported as a success.
const fs = require('node:fs');
const util = require('node:util');
const { pathToFileURL } = require('node:url');

const outputFile = process.env.VSC_HOST_OUT;
const entry = process.env.VSC_HOST_TESTS;
const output = fs.openSync(outputFile, 'a');

for (const level of ['log', 'info', 'warn', 'error', 'debug']) {
  const original = console[level];
  // VS Code defines these as read-only.
  Object.defineProperty(console, level, {
    configurable: true,
    writable: true,
    value: (...values) => {
      fs.writeSync(output, `${util.format(...values)}\n`);
      original.apply(console, values);
    },
  });
}
for (const name of ['stdout', 'stderr']) {
  process[name].write = (chunk, encoding, callback) => {
    fs.writeSync(output, chunk);
    const done = typeof encoding === 'function' ? encoding : callback;
    done?.();
    return true;
  };
}

exports.run = async () => {
  const tests = entry.endsWith('.mjs') ? await import(pathToFileURL(entry).href) : require(entry);
  await (tests.run ?? tests.default.run)();
  fs.writeFileSync(`${outputFile}.verdict`, 'ok');
};
