import * as vscode from 'vscode';
import * as constants from '../../shared/constants.ts';
import { type FunctionName, functionRow } from '../../shared/hierarchy.ts';
import { parseWholeNumber } from '../wholeNumber.ts';

/** How a person types the value of a parameter. */
export interface ParameterForm {
  readonly prompt: string;
  readonly placeholder: string;
  readonly initial: string;
  /** What the function gets where nothing is answered. */
  readonly otherwise: unknown;
  /** What is wrong with the text; undefined if nothing is. */
  readonly problem: (text: string) => string | undefined;
  /** The value that a text stands for. */
  readonly read: (text: string) => unknown;
}

const UNASKED: ReadonlySet<string> = new Set(['hWnd', 'dwUrlLength', 'dwReserved']);

/**
 * The form of a parameter by its name, as the table has it; null where there is nothing to ask: what is reserved, what only
 * measures, windows, and buffers, which the function does without.
 */
export function parameterForm(fn: FunctionName, name: string): ParameterForm | null {
  if (name === functionRow(fn).fills || UNASKED.has(name)) return null;
  if (name === 'lpUrlComponents') return fn === 'InternetCrackUrl' ? null : recordForm(fn, name);
  if (name === 'pst') return timeForm(fn, name);
  return /^(dw|n|b)[A-Z]/.test(name) ? numberForm(fn, name) : textForm(fn, name);
}

function prompt(fn: FunctionName, name: string): string {
  return `${name}: ${functionRow(fn).summary}`;
}

function textForm(fn: FunctionName, name: string): ParameterForm {
  return {
    prompt: prompt(fn, name),
    placeholder: vscode.l10n.t('Empty for NULL'),
    initial: '',
    otherwise: null,
    problem: () => undefined,
    read: (text) => (text === '' ? null : text),
  };
}

function numberForm(fn: FunctionName, name: string): ParameterForm {
  const complaint = vscode.l10n.t('Type a number, or names of constants with | between them.');
  return {
    prompt: prompt(fn, name),
    placeholder: vscode.l10n.t('A number or names, for example INTERNET_FLAG_ASYNC'),
    initial: '0',
    otherwise: 0,
    problem: (text) => (numberOf(text) === null ? complaint : undefined),
    read: (text) => numberOf(text) ?? 0,
  };
}

function timeForm(fn: FunctionName, name: string): ParameterForm {
  const isTime = (text: string) => !Number.isNaN(Date.parse(text));
  return {
    prompt: prompt(fn, name),
    placeholder: '1994-11-06T08:49:37Z',
    initial: new Date().toISOString(),
    otherwise: new Date(),
    problem: (text) => (isTime(text) ? undefined : vscode.l10n.t('Type a time as 1994-11-06T08:49:37Z.')),
    read: (text) => new Date(text),
  };
}

function recordForm(fn: FunctionName, name: string): ParameterForm {
  const complaint = vscode.l10n.t('Type a JSON object with the fields of the record.');
  return {
    prompt: prompt(fn, name),
    placeholder: '{ "lpszScheme": "http", "lpszHostName": "example.com", "lpszUrlPath": "/" }',
    initial: '{ "lpszScheme": "http", "lpszHostName": "example.com", "lpszUrlPath": "/" }',
    otherwise: {},
    problem: (text) => (recordOf(text) === null ? complaint : undefined),
    read: (text) => recordOf(text) ?? {},
  };
}

/** A number as people type it, or the names of constants joined by |; null if it is neither. */
function numberOf(text: string): number | null {
  const known: Readonly<Record<string, unknown>> = constants;
  let sum = 0;
  for (const part of text.split('|').map((one) => one.trim())) {
    const named = Object.hasOwn(known, part) ? known[part] : parseWholeNumber(part);
    if (typeof named !== 'number') return null;
    sum |= named;
  }
  return sum >>> 0;
}

function recordOf(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    // Half a record while it is typed.
    return null;
  }
}
