// Gives a program that imports hinternet-explorer/wininet the library's sources with a journal, which is written when it ends.
// usage: HINTERNET_JOURNAL=FILE node --import recordingLoader.mjs PROGRAM
import { registerHooks } from 'node:module';
import { ERRORS } from '../../../extension/shared/errorCodes.ts';
import { functionNames } from '../../../extension/shared/hierarchy.ts';

const extension = new URL('../../../extension/', import.meta.url);
const RECORDING = new URL('recordingLibrary.mjs', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'hinternet-explorer/wininet' ? { url: RECORDING, shortCircuit: true } : next(specifier, context),
  load: (url, context, next) =>
    url === RECORDING ? { format: 'module', source: library(), shortCircuit: true } : next(url, context),
});

function library() {
  return `
    import { writeFileSync } from 'node:fs';
    import { createDrivers } from '${extension}drivers/index.ts';
    import { LiveJournal } from '${extension}shared/liveJournal.ts';
    import { createWinInet } from '${extension}wininet/index.ts';
    export { createDrivers } from '${extension}drivers/index.ts';
    export * from '${extension}wininet/index.ts';
    const journal = new LiveJournal(() => Math.round(performance.now() * 1000), 1_000_000);
    const wininet = createWinInet({ drivers: createDrivers(), recorder: journal });
    process.on('exit', () => writeFileSync(process.env.HINTERNET_JOURNAL, JSON.stringify(journal.entries)));
    ${['GetLastError', ...functionNames].map((name) => `export const ${name} = wininet.${name};`).join('\n')}
    ${Object.entries(ERRORS)
      .map(([symbol, { code }]) => `export const ${symbol} = ${code};`)
      .join('\n')}
  `;
}
