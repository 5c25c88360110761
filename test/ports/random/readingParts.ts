import type { ProgramText } from './programText.ts';

/** Reads all that a handle gives, in one of the ways that the documentation shows. */
export function readAll(text: ProgramText, handle: string, context: number | string): void {
  let count = text.name('count');
  const size = text.pick(512, 4096, 65_536);
  const read = (buffer: string): string => text.call(context, `w.InternetReadFile(${handle}, ${buffer})`);
  text.add('for (;;) {');
  switch (text.pick('read', 'available', 'ex')) {
    case 'read':
      text.add(`  const ${count} = ${read(`new Uint8Array(${size})`)};`);
      break;
    case 'available':
      text.add(`  const ready = ${text.call(context, `w.InternetQueryDataAvailable(${handle}, 0, 0)`)};`);
      text.add('  if (ready === 0) break;');
      text.add(`  const ${count} = ${read('new Uint8Array(ready)')};`);
      break;
    default: {
      const buffers = text.name('buffers');
      text.add(`  const ${buffers} = { lpvBuffer: new Uint8Array(${size}), dwBufferLength: ${size} };`);
      text.add(`  ${text.call(context, `w.InternetReadFileEx(${handle}, ${buffers}, 0, ${context})`)};`);
      count = `${buffers}.dwBufferLength`;
    }
  }
  text.add(`  if (${count} === 0) break;`, { is: 'loop-end' });
  text.add('}');
}

/** Takes an error as programs do: by its number, by GetLastError at once, or not at all. */
export function takeError(text: ProgramText): void {
  const way = text.isAsync ? text.pick('code', 'nothing') : text.pick('code', 'last-error', 'nothing');
  text.add('} catch (error) {');
  if (way === 'code') text.add('  if (error.code === 0) throw error;');
  if (way === 'last-error') text.add('  if (w.GetLastError() === 0) throw error;', { is: 'last-error' });
  text.add('}');
}
