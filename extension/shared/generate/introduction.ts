import { callsOf, type Program } from './program.ts';

/**
 * The comment at the head of a generated program: what it repeats, and what has to be put in first.
 * @param how to run it, in lines
 * @param placeholder the function that stands for bodies
 */
export function introduction(
  { title, secrets, cut, steps }: Program,
  how: readonly string[],
  placeholder: string,
): readonly string[] {
  const told = secrets.map(({ variable }) => variable).join(', ');
  const bodies = callsOf({ steps }).some(({ args }) => args.some(({ is }) => is === 'body'));
  const lines = [`Repeats the history of: ${title}`, ...how];
  if (secrets.length > 0) lines.push(`Journals mask secrets. Set these in the environment first: ${told}`);
  if (bodies) {
    lines.push(
      `Journals hold no bodies: ${placeholder}() stands for bytes of the right number. Put the real ones there.`,
    );
  }
  if (cut > 0) lines.push(`The journal was cut: what its first ${cut} entries told of these handles is missing here.`);
  return lines.map(lineComment);
}

/** A comment up to the end of its line: a backslash there, or its trigraph, would take the next line into it in C++. */
export function lineComment(text: string): string {
  return `// ${text}${/(?:\\|\?\?\/)\s*$/.test(text) ? '.' : ''}`;
}
