import { registerHooks } from 'node:module';
import { functionNames } from '../../extension/shared/hierarchy.ts';

/** With `--import`: gives programs a library whose engine is recorded, in place of hinternet-explorer/wininet. */

const LIBRARY = 'recorded:library';
const own = ['GetLastError', ...functionNames].map((name) => `export const ${name} = wininet.${name};`);
const source = [
  `export * from ${JSON.stringify(import.meta.resolve('../../extension/library.ts'))};`,
  `import { wininet } from ${JSON.stringify(import.meta.resolve('./recordedEngine.ts'))};`,
  ...own,
].join('\n');

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'hinternet-explorer/wininet' ? { url: LIBRARY, shortCircuit: true } : next(specifier, context),
  load: (url, context, next) =>
    url === LIBRARY ? { format: 'module', source, shortCircuit: true } : next(url, context),
});
