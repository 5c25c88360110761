import type { HandleKind } from '../shared/hierarchy.ts';

/** The codicon of every kind of handle in native trees. */
export const HANDLE_ICONS: Readonly<Record<HandleKind, string>> = {
  root: 'home',
  'ftp-connect': 'server',
  'gopher-connect': 'server',
  'http-connect': 'globe',
  'ftp-find': 'search',
  'ftp-find-html': 'folder-opened',
  'ftp-file': 'file',
  'gopher-find': 'search',
  'gopher-find-html': 'folder-opened',
  'gopher-file': 'file',
  'http-request': 'arrow-swap',
};
