import * as vscode from 'vscode';
import type { PlaygroundAddress } from '../../playground/playground.ts';
import { type Choice, heading } from '../steps.ts';

const ICONS = { http: 'globe', https: 'lock', ftp: 'server', gopher: 'list-tree' } as const satisfies Record<
  PlaygroundAddress['protocol'],
  string
>;

/** The playground's addresses as lines of a list, by protocol and group, each with what it shows. */
export function addressChoices(addresses: readonly PlaygroundAddress[]): readonly Choice<string>[] {
  const lines: Choice<string>[] = [];
  let last = '';
  for (const { url, title, detail, protocol, group } of addresses) {
    const section = `${protocol.toUpperCase()}: ${group}`;
    if (section !== last) lines.push(heading(section));
    last = section;
    lines.push({
      label: title,
      description: withoutCredentials(url),
      detail,
      iconPath: new vscode.ThemeIcon(ICONS[protocol]),
      value: url,
    });
  }
  return lines;
}

function withoutCredentials(url: string): string {
  return url.replace(/^(\w+:\/\/)[^/@]*@/, '$1');
}
