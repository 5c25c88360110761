import * as v from 'valibot';
import * as vscode from 'vscode';
import { printable } from '../../shared/format.ts';
import type { FunctionName } from '../../shared/hierarchy.ts';
import type { GOPHER_FIND_DATA } from '../../wininet/index.ts';
import { announce, commandAction } from '../announce.ts';
import { HANDLE_FIELD } from '../invocation.ts';
import { askText } from '../steps.ts';
import { fill, type Step, walk } from '../stepWalk.ts';
import type { Command } from './commandParts.ts';
import { functionAction } from './functionAction.ts';

const findAnswers = v.strictObject({
  ...HANDLE_FIELD,
  locator: v.optional(v.string(), ''),
  words: v.optional(v.string(), ''),
});
const fileAnswers = v.strictObject({ ...HANDLE_FIELD, locator: v.string(), view: v.optional(v.string(), '') });
const attributeAnswers = v.strictObject({ ...HANDLE_FIELD, locator: v.string(), name: v.optional(v.string(), '') });

/** The functions of a Gopher session. A locator is typed with \t for its tabs. */
export const gopherActions = {
  GopherFindFirstFile: functionAction<v.InferOutput<typeof findAnswers>, GopherFound>('GopherFindFirstFile', {
    answers: findAnswers,
    ask: () =>
      walk(
        [
          locatorStep('GopherFindFirstFile', vscode.l10n.t('Locator of a menu or a search; empty for the top menu')),
          textStep('GopherFindFirstFile', 'words', vscode.l10n.t('Words to search for; empty for a menu')),
        ],
        { locator: '', words: '' },
      ),
    call: async ({ parts: { explorer, nextContext }, handle }, { locator, words }) => {
      const first = emptyItem();
      const search = words === '' ? null : words;
      const find = await explorer.wininet.GopherFindFirstFile(handle, tabs(locator), search, first, 0, nextContext());
      explorer.select(find.serial);
      return { find: find.serial, first: first.DisplayString, locator: first.Locator };
    },
    tell: (_called, { find, first }) =>
      announce(vscode.l10n.t('The first item is {0}.', printable(first, 100)), [
        commandAction('InternetFindNextFile', 'hinternet.fn.InternetFindNextFile', find),
        commandAction(vscode.l10n.t('Close Handle'), 'hinternet.closeHandle', find),
      ]),
  }),
  GopherOpenFile: functionAction<v.InferOutput<typeof fileAnswers>, number>('GopherOpenFile', {
    answers: fileAnswers,
    ask: () =>
      walk([locatorStep('GopherOpenFile', vscode.l10n.t('Locator of a file, as a search has told it'))], {
        locator: '',
        view: '',
      }),
    call: async ({ parts: { explorer, nextContext }, handle }, { locator, view }) => {
      const file = await explorer.wininet.GopherOpenFile(
        handle,
        tabs(locator),
        view === '' ? null : view,
        0,
        nextContext(),
      );
      explorer.select(file.serial);
      return file.serial;
    },
    tell: (_called, serial) =>
      announce(vscode.l10n.t('The file is open.'), [
        commandAction(vscode.l10n.t('Read Response'), 'hinternet.readResponse', serial),
      ]),
  }),
  GopherGetAttribute: functionAction<v.InferOutput<typeof attributeAnswers>, string>('GopherGetAttribute', {
    answers: attributeAnswers,
    ask: () =>
      walk(
        [
          locatorStep('GopherGetAttribute', vscode.l10n.t('Locator of an item of Gopher+')),
          textStep('GopherGetAttribute', 'name', vscode.l10n.t('Attribute, as +ADMIN or Mod-Date; empty for all')),
        ],
        { locator: '', name: '' },
      ),
    call: async ({ parts, handle }, { locator, name }) => {
      const { wininet } = parts.explorer;
      const attributes = await wininet.GopherGetAttribute(handle, tabs(locator), name === '' ? null : name);
      return JSON.stringify(attributes, null, 2);
    },
    tell: ({ parts }, text) => void parts.bodies.showText('GopherGetAttribute.json', text),
  }),
} as const satisfies Partial<Record<FunctionName, Command>>;

/** What a search has begun with. */
interface GopherFound {
  readonly find: number;
  readonly first: string;
  readonly locator: string;
}

/** An item for GopherFindFirstFile and InternetFindNextFile to fill. */
function emptyItem(): GOPHER_FIND_DATA {
  return { DisplayString: '', GopherType: 0, SizeLow: 0, SizeHigh: 0, LastModificationTime: null, Locator: '' };
}

function tabs(typed: string): string {
  return typed.replaceAll('\\t', '\t');
}

function locatorStep<D extends { readonly locator: string }>(fn: FunctionName, prompt: string): Step<D> {
  return textStep(fn, 'locator', prompt);
}

function textStep<Name extends string, D extends Readonly<Record<Name, string>>>(
  fn: FunctionName,
  name: Name,
  prompt: string,
): Step<D> {
  return {
    ask: async (draft, place) => {
      const placeholder = name === 'locator' ? '0Title\\t/selector\\texample.org\\t70' : '';
      const question = { title: `HINTERNET: ${fn}`, place, prompt, placeholder, value: draft[name] };
      return fill(await askText(question), (text) => ({ ...draft, [name]: text }));
    },
  };
}
