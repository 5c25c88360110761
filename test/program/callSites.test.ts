import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { build, transform } from 'esbuild';
import { parseSite } from '../../extension/shared/callSite.ts';
import { formatAddress } from '../../extension/shared/watchProtocol.ts';
import { programFolder, runProgram, startWatch, until, writeProgram } from './watchedProgram.ts';

test('call sites lead through source maps to the sources', async (t) => {
  const watch = await startWatch(t);
  const folder = programFolder(t);
  const source = `import { InternetOpen } from 'hinternet-explorer/wininet';
interface Options { readonly agent: string }

async function start({ agent }: Options): Promise<void> {
  await InternetOpen(agent);
}

await start({ agent: 'agent' });
`;
  writeProgram(folder, 'source.ts', source);
  for (const sourcemap of ['external', 'inline'] as const) {
    const { code, map } = await transform(source, { loader: 'ts', sourcemap, sourcefile: 'source.ts', minify: true });
    const name = `${sourcemap}.mjs`;
    if (sourcemap === 'external') writeProgram(folder, `${name}.map`, map);
    const link = sourcemap === 'external' ? `//# sourceMappingURL=${name}.map\n` : '';
    const file = writeProgram(folder, name, `${code}${link}`);
    const ended = await runProgram(file, { HINTERNET_WATCH: formatAddress(watch.address) });
    assert.equal(ended.code, 0, ended.output);
  }
  await until(() => watch.programs.filter((program) => program.ended).length === 2);
  for (const { history } of watch.programs) {
    const [call] = history.entries;
    assert.equal(call?.type === 'call-begin' && call.site, `${path.join(folder, 'source.ts')}:5:9`);
  }
});

test('call sites are those of the program where a bundler has put the library into its script', async (t) => {
  const watch = await startWatch(t);
  const folder = programFolder(t);
  const source = writeProgram(
    folder,
    'bundled.ts',
    `import { InternetOpen } from 'hinternet-explorer/wininet';

async function start(agent: string): Promise<void> {
  await InternetOpen(agent);
}

void start('agent');
`,
  );
  const bundles = [
    { format: 'esm', minify: false, sourcemap: 'linked', line: 4 },
    { format: 'cjs', minify: true, sourcemap: 'inline', line: 4 },
    { format: 'cjs', minify: false, sourcemap: false, line: null },
    { format: 'esm', minify: true, sourcemap: false, line: null },
  ] as const;
  for (const [index, { line, ...options }] of bundles.entries()) {
    const outfile = path.join(folder, `bundle${index}.${options.format === 'esm' ? 'mjs' : 'cjs'}`);
    await build({ ...options, entryPoints: [source], bundle: true, platform: 'node', outfile, logLevel: 'error' });
    const ended = await runProgram(outfile, { HINTERNET_WATCH: formatAddress(watch.address) });
    assert.equal(ended.code, 0, ended.output);
    await until(() => watch.programs[index]?.ended === true);
    const [call] = watch.programs[index]?.history.entries ?? [];
    const place = call?.type === 'call-begin' ? parseSite(call.site) : null;
    assert.ok(place !== null);
    if (line === null) {
      assert.equal(place.file, outfile);
      const called = readFileSync(outfile, 'utf8')
        .split('\n')
        [place.line - 1]?.slice(place.column - 1);
      assert.match(
        called ?? '',
        options.minify ? /^\w+\(\w+\)/ : /^\(0, .*InternetOpen\)\(agent\)|^InternetOpen\(agent\)/,
      );
    } else {
      assert.deepEqual([place.file, place.line], [source, line]);
    }
  }
});

test('call sites lead to the sources that webpack names from the folder of the project', async (t) => {
  const watch = await startWatch(t);
  const folder = programFolder(t);
  for (const name of ['src', 'dist/server']) mkdirSync(path.join(folder, name), { recursive: true });
  const source = "import { InternetOpen } from 'hinternet-explorer/wininet';\n\nawait InternetOpen('agent');\n";
  const file = writeProgram(folder, 'src/made it.ts', source);
  const sourcefile = 'webpack://the-package/./src/made%20it.ts';
  const { code } = await transform(source, { loader: 'ts', sourcemap: 'inline', sourcefile });
  const made = writeProgram(folder, 'dist/server/made.mjs', code);
  assert.equal((await runProgram(made, { HINTERNET_WATCH: formatAddress(watch.address) })).code, 0);
  await until(() => watch.programs[0]?.ended === true);
  const [call] = watch.programs[0]?.history.entries ?? [];
  assert.equal(call?.type === 'call-begin' && call.site, `${file}:3:7`);
});

test('call sites follow the sourceRoot of a source map, and name no file where code was given on the command line', async (t) => {
  const watch = await startWatch(t);
  const folder = programFolder(t);
  const watched = { HINTERNET_WATCH: formatAddress(watch.address) };
  const source = "import { InternetOpen } from 'hinternet-explorer/wininet';\n\nawait InternetOpen('agent');\n";
  for (const sourceRoot of ['../sources', `${pathToFileURL(folder).href}/sources/`]) {
    const made = await transform(source, { loader: 'ts', sourcemap: 'inline', sourcefile: 'made.ts', sourceRoot });
    mkdirSync(path.join(folder, 'dist'), { recursive: true });
    const nested = writeProgram(path.join(folder, 'dist'), 'made.mjs', made.code);
    assert.equal((await runProgram(nested, watched)).code, 0);
  }
  const inline = `--eval=${source}`;
  assert.equal((await runProgram('--input-type=module', watched, [inline])).code, 0);
  await until(() => watch.programs.filter((program) => program.ended).length === 3);
  assert.deepEqual(
    watch.programs.map(({ history: { entries } }) => {
      const [call] = entries;
      return call?.type === 'call-begin' ? call.site : 'no call';
    }),
    [path.join(folder, 'sources/made.ts:3:7'), path.join(folder, 'sources/made.ts:3:7'), undefined],
  );
});
