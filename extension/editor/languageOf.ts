import type { ContentType } from './contentType.ts';

const BY_TYPE: readonly (readonly [pattern: RegExp, language: string])[] = [
  [/[/+]json$|\/x-ndjson$/, 'json'],
  [/^text\/html$|^application\/xhtml\+xml$/, 'html'],
  [/[/+]xml$/, 'xml'],
  [/^text\/css$/, 'css'],
  [/(java|ecma)script$/, 'javascript'],
  [/^text\/markdown$/, 'markdown'],
  [/yaml$/, 'yaml'],
  [/^text\/x-c$/, 'c'],
  [/^text\/x-(diff|patch)$/, 'diff'],
];

const BY_EXTENSION: Readonly<Record<string, string>> = {
  json: 'json',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  xml: 'xml',
  svg: 'xml',
  xsl: 'xml',
  rss: 'xml',
  css: 'css',
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  ts: 'typescript',
  md: 'markdown',
  yaml: 'yaml',
  yml: 'yaml',
  c: 'c',
  h: 'c',
  cpp: 'cpp',
  cs: 'csharp',
  java: 'java',
  py: 'python',
  sh: 'shellscript',
  sql: 'sql',
  ini: 'ini',
  log: 'log',
  diff: 'diff',
  patch: 'diff',
};

/**
 * The editor's language for a text from a server: by its type, or by the extension of its path where the type is general or
 * absent, or by how the text begins.
 */
export function languageOf(contentType: ContentType, path: string, text: string): string {
  const byType = BY_TYPE.find(([pattern]) => pattern.test(contentType.type))?.[1];
  if (byType !== undefined) return byType;
  const extension = /\.([a-z0-9]+)$/i.exec(path.replace(/[?#].*$/s, ''))?.[1]?.toLowerCase() ?? '';
  const byExtension = Object.hasOwn(BY_EXTENSION, extension) ? BY_EXTENSION[extension] : undefined;
  return byExtension ?? sniff(text);
}

function sniff(text: string): string {
  const start = text.slice(0, 512).trimStart();
  if (/^<(!doctype html|html|head|body)\b/i.test(start)) return 'html';
  if (/^<(\?xml|[a-z][\w.-]*(\s[^<>]*)?>)/i.test(start)) return 'xml';
  return /^[[{]/.test(start) && isJson(text) ? 'json' : 'plaintext';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // Whatever else begins with a bracket is shown as plain text.
    return false;
  }
}
