import { formatDuration } from '../shared/format.ts';
import { JournalHistory } from '../shared/journalHistory.ts';
import type { HandleNode } from '../shared/model.ts';
import { handleLine, shownHandles } from '../shared/treeText.ts';
import type { ShowCommand } from './commandLine.ts';
import { entryAt } from './moment.ts';
import { paint } from './paint.ts';
import { loadTrace, problemText } from './traces.ts';

/** `hinternet-explorer show`: prints a tree, and resolves with the exit code. Rejects with UsageError. */
export async function show({ trace: file, at, closed, calls }: ShowCommand): Promise<number> {
  const loaded = await loadTrace(file);
  process.stderr.write(problemText(loaded));
  const { trace, problems } = loaded;
  if (trace === null) return 2;
  const history = new JournalHistory(trace.entries.length + 1, trace.base);
  for (const entry of trace.entries) history.append(entry);
  const tree = at === null ? history.tree : history.treeAt(entryAt(at, trace.entries, trace.base.seq));
  const lines = shownHandles(tree, { closed }).flatMap(({ node, depth }) => {
    const indent = '  '.repeat(depth);
    const line = paint(node.closed === null ? 'bold' : 'dim', handleLine(node));
    return [`${indent}${line}`, ...(calls ? callLines(node).map((text) => `${indent}    ${text}`) : [])];
  });
  const nothing = closed ? 'No handle had been opened.' : 'No handle was open.';
  process.stdout.write(lines.length === 0 ? `${nothing}\n` : lines.map((line) => `${line}\n`).join(''));
  return problems.length === 0 ? 0 : 2;
}

/** Which functions were called on a handle, how often and for how long in all, and which calls still ran. */
function callLines({ tallies, running }: HandleNode): readonly string[] {
  const ended = Object.entries(tallies).map(([fn, { count, totalMicroseconds, lastError }]) => {
    const failed = lastError === null ? '' : `, ${paint('red', lastError)}`;
    return `${fn} ×${count}, ${formatDuration(totalMicroseconds)}${failed}`;
  });
  return [...ended, ...running.map(({ fn }) => `${fn} runs`)];
}
