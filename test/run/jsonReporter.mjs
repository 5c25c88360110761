// A reporter for node:test that writes one JSON document of results (see results.ts) when the run has ended.
// Plain JavaScript with a default export, because that is how node:test loads a reporter.
import path from 'node:path';

// biome-ignore lint/style/noDefaultExport: node:test takes a reporter's default export
export default async function* jsonReporter(events) {
  const results = { passed: 0, failed: [], skipped: [] };
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details?.type === 'suite') continue; // counted by its tests
    if (isSkipped(data)) results.skipped.push({ name: data.name, reason: reason(data) });
    else if (type === 'test:pass') results.passed += 1;
    else results.failed.push(data.file ? `${data.name} (${path.relative('', data.file)}:${data.line})` : data.name);
  }
  yield JSON.stringify(results);
}

function isSkipped(data) {
  return isMark(data.skip) || isMark(data.todo);
}

/** node:test marks a test with the reason, or with true or '' where none was given. */
function isMark(mark) {
  return mark !== undefined && mark !== false;
}

function reason({ skip, todo }) {
  const mark = isMark(skip) ? skip : todo;
  return typeof mark === 'string' && mark !== '' ? mark : 'no reason given';
}
