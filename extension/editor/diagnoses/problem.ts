import * as vscode from 'vscode';
import { parseSite } from '../../shared/callSite.ts';
import type { Diagnosis, Severity } from '../../shared/diagnoses/diagnosis.ts';
import { DIAGNOSES } from '../../shared/diagnoses/explanations.ts';
import { printable } from '../../shared/format.ts';
import { siteLocation } from '../siteLocation.ts';

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/** A diagnosis as the Problems panel shows it, and the file that it is about. */
export interface Problem {
  readonly uri: vscode.Uri;
  readonly diagnostic: vscode.Diagnostic;
  /** The handles that have to be closed for it to be over; null where nothing mends it any more. */
  readonly until: Set<number> | null;
}

/** The problem that a diagnosis makes at its call site; null where the journal knows no place in a file. */
export function problemOf({
  topic,
  site,
  madeAt,
  closedAt,
  heldAt,
  text,
  serial,
  others = [],
}: Diagnosis): Problem | null {
  const location = locationOf(site);
  if (location === null) return null;
  const { severity, title, explanation, fix } = DIAGNOSES[topic];
  const message = `${title}. ${printable(text, 600)}\n${explanation}\n${fix}`;
  const diagnostic = new vscode.Diagnostic(location.range, message, SEVERITIES[severity]);
  diagnostic.source = 'HINTERNET';
  diagnostic.code = topic;
  diagnostic.relatedInformation = [
    ...related(madeAt, site, vscode.l10n.t('The handle was made here.')),
    ...related(closedAt, site, vscode.l10n.t('The handle was closed here.')),
    ...related(heldAt, site, vscode.l10n.t('The handle that keeps the session busy was made here.')),
  ];
  // Whoever closes what was left open has done what the problem asks for.
  const until = topic === 'leak-since-mark' && serial !== null ? new Set([serial, ...others]) : null;
  return { uri: location.uri, diagnostic, until };
}

/** Another place that belongs to the problem, unless it is the same. */
function related(
  place: string | undefined,
  site: string | null,
  words: string,
): readonly vscode.DiagnosticRelatedInformation[] {
  const location = place === undefined || place === site ? null : locationOf(place);
  return location === null ? [] : [new vscode.DiagnosticRelatedInformation(location, words)];
}

function locationOf(site: string | null): vscode.Location | null {
  const place = parseSite(site);
  return place === null ? null : siteLocation(place);
}
