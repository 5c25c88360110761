import { printable } from '../shared/format.ts';
import type { CheckedTrace, CheckFinding } from './findings.ts';
import { paint } from './paint.ts';
import { shownSite } from './places.ts';
import { SEVERITIES } from './topics.ts';

/** How much of a text from a trace is shown. */
const TEXT = 1000;

/** What `check` prints for people: what was found in each trace, by topic, and a line that sums it up. */
export function checkText(all: readonly CheckedTrace[], failOn: string): string {
  // What is known is not told again, but for its number.
  const checked = all.map((one) => ({ ...one, findings: one.findings.filter(({ known }) => known !== true) }));
  const known = all.reduce((sum, one) => sum + one.findings.length, 0) - checked.flatMap((one) => one.findings).length;
  const found = checked.filter(({ findings }) => findings.length > 0);
  const unsure = checked.filter(({ ended, open }) => !ended && open > 0);
  return [...found.map(traceText), `${unsure.map(unsureText).join('')}${summary(checked, failOn, known)}\n`].join('\n');
}

function traceText({ loaded, findings }: CheckedTrace): string {
  const title = loaded.trace?.title ?? '';
  const about = title === '' ? '' : `: ${printable(title)}`;
  return `${paint('underline', loaded.file)}${about}\n${byTopic(findings).map(topicText).join('')}`;
}

/** What is open when a trace breaks off may be closed later. */
function unsureText({ loaded, open }: CheckedTrace): string {
  const leaks = open === 1 ? 'its open handle counts as no leak' : `its ${open} open handles count as no leaks`;
  return `${loaded.file} does not tell that its program has ended: ${leaks}, unless --ended is given.\n`;
}

/** Findings of the same topic together, what matters most first, and otherwise in the order in which they show. */
function byTopic(findings: readonly CheckFinding[]): readonly (readonly CheckFinding[])[] {
  const groups = Map.groupBy(findings, ({ diagnosis }) => diagnosis.topic);
  return SEVERITIES.flatMap((severity) => [...groups.values()].filter(([first]) => first?.rule.severity === severity));
}

function topicText(findings: readonly CheckFinding[]): string {
  const [first] = findings;
  if (first === undefined) return '';
  const { rule, diagnosis } = first;
  const color = { error: 'red', warning: 'yellow', information: 'blue' } as const;
  const heading = `  ${paint(color[rule.severity], rule.severity)}  ${paint('bold', rule.title)} [${diagnosis.topic}]\n`;
  return `${heading}${findings.map(findingText).join('')}    ${paint('green', 'Fix:')} ${rule.fix}\n`;
}

function findingText({ diagnosis: { seq, site, text, madeAt, closedAt, heldAt }, times }: CheckFinding): string {
  const where = site === null ? `entry ${seq}` : printable(shownSite(site), TEXT);
  const often = times === 1 ? '' : ` (${times} times)`;
  const place = (what: string, at: string | undefined): string =>
    at === undefined || at === site ? '' : `      ${what} at ${printable(shownSite(at), TEXT)}\n`;
  return `    ${paint('cyan', where)}${often}\n      ${printable(text, TEXT)}\n${place('made', madeAt)}${place('closed', closedAt)}${place('kept busy by what was made', heldAt)}`;
}

function summary(checked: readonly CheckedTrace[], failOn: string, known: number): string {
  const findings = checked.flatMap((one) => one.findings);
  const sum = (of: (one: CheckedTrace) => number) => checked.reduce((total, one) => total + of(one), 0);
  const handles = `${counted(
    sum((one) => one.opened),
    'handle',
  )} opened, ${sum((one) => one.open)} open at the end`;
  const unread = checked.filter(({ loaded }) => loaded.trace === null).length;
  const unreadText = unread === 0 ? '' : ` ${counted(unread, 'trace')} could not be read.`;
  if (unread === checked.length) return unreadText.trimStart();
  const rest = `${knownText(known)}${unreadText}`;
  const looked = `${counted(checked.length - unread, 'trace')} (${handles})`;
  if (findings.length === 0) return `Nothing ${known > 0 ? 'new ' : ''}was found in ${looked}.${rest}`;
  const severities = SEVERITIES.map((severity) => ({
    severity,
    count: findings.filter(({ rule }) => rule.severity === severity).length,
  })).filter(({ count }) => count > 0);
  const parts = severities.map(({ severity, count }) => `${count} of severity ${severity}`).join(', ');
  const failing = findings.filter(({ fails }) => fails).length;
  const verdict =
    failing === 0 ? 'None makes the check fail' : `${failing} ${failing === 1 ? 'makes' : 'make'} the check fail`;
  return `${counted(findings.length, 'finding')} in ${looked}: ${parts}. ${verdict} (--fail-on ${failOn}).${rest}`;
}

function knownText(count: number): string {
  if (count === 0) return '';
  return ` ${counted(count, 'finding')} of the baseline ${count === 1 ? 'is' : 'are'} not told again.`;
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
