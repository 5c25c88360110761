import type { CheckedTrace } from './findings.ts';

/** What `check --format json` prints, for programs: every trace with its findings and its problems. */
export function checkJson(checked: readonly CheckedTrace[]): string {
  const traces = checked.map(({ loaded, findings, opened, open, ended }) => ({
    file: loaded.file,
    title: loaded.trace?.title ?? null,
    opened,
    open,
    ended,
    findings: findings.map(({ diagnosis, rule, fails, known, times }) => ({
      ...diagnosis,
      severity: rule.severity,
      title: rule.title,
      explanation: rule.explanation,
      fix: rule.fix,
      fails,
      times,
      ...(known === null ? {} : { known }),
    })),
    problems: loaded.problems,
  }));
  return `${JSON.stringify({ traces }, null, 2)}\n`;
}
