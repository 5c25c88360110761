import { breakingContent, bytesContent, repeatedContent, stallingContent } from './fileContent.ts';
import { type FileContent, FileTree } from './fileTree.ts';

/** One row of the content: a file or a folder, and the words for it if the lists of addresses show it. */
export interface TreeRow {
  /** Absolute path; a folder's ends with a slash. Folders come before what is in them. */
  readonly path: string;
  readonly content?: FileContent;
  /** Day of the last change; the server's start when absent. */
  readonly modified?: string;
  readonly closed?: true;
  readonly writable?: true;
  readonly message?: readonly string[];
  readonly shown?: { readonly group: string; readonly title: string; readonly detail: string };
}

const FILES = 'Files';
const FOLDERS = 'Folders';
const NAMES = 'Odd names';
const FAULTS = 'Faults';
const MANY = 3000;
const GIBIBYTE = 1024 ** 3;

const ODD_NAMES: readonly (readonly [name: string, detail: string])[] = [
  ['naïve café.txt', 'Two accents and a space: sent as UTF-8.'],
  ['日本語.txt', 'Three letters, nine bytes.'],
  ['🌍 emoji.txt', 'A letter beyond the first 65,536, which needs two units in UTF-16.'],
  [' leading space.txt', 'A listing that is cut at spaces loses the first one.'],
  ['two  spaces.txt', 'Two spaces in a row must not become one.'],
  ['trailing space ', 'Ends with a space, which trimming removes.'],
  ['-rf', 'Looks like an option.'],
  ['say "hello".txt', 'Quotes, which PWD would have to double.'],
  ["it's.txt", 'An apostrophe.'],
  ['semi;colon=1;.txt', 'Looks like the facts of an MLSD line.'],
  ['100%20 sure.txt', 'A percent sign that is not an escape.'],
  ['[x].txt', 'Brackets, which some servers take for a pattern.'],
  ['hash#tag?.txt', 'In an address these two begin something else, unless they are escaped.'],
  ['back\\slash.txt', 'No separator here, but one on Windows.'],
  ['trailing dot.', 'Windows removes the dot at the end.'],
  ['.hidden', 'Begins with a dot: hidden on Unix.'],
  ['aux.txt', 'Windows reserves this name for a device.'],
  [`${'n'.repeat(196)}.txt`, 'A name of 200 letters.'],
];

function text(lines: string): FileContent {
  return bytesContent(Buffer.from(lines));
}

const rows: readonly TreeRow[] = [
  {
    path: '/readme.txt',
    content: text(
      'HINTERNET playground, FTP\n\n/pub       files to read\n/names     odd names\n/many      3000 files\n' +
        '/incoming  uploads are welcome here\n/readonly  uploads are refused here\n/private   closed\n/faults    files that fail\n',
    ),
    shown: {
      group: FILES,
      title: 'Short text',
      detail: 'A few lines: as ASCII every line grows by one byte on the wire.',
    },
  },
  {
    path: '/binary.bin',
    content: bytesContent(Buffer.from(Array.from({ length: 256 }, (_, value) => value))),
    modified: '2001-09-09T01:46:40Z',
    shown: {
      group: FILES,
      title: 'All byte values',
      detail: 'The 256 bytes from 0 to 255: transferred as ASCII they are damaged.',
    },
  },
  {
    path: '/large.bin',
    content: repeatedContent(GIBIBYTE),
    modified: '2012-12-21T11:11:00Z',
    shown: {
      group: FILES,
      title: '1 GiB',
      detail: 'Made while it is sent, as fast as the client reads; REST starts in the middle.',
    },
  },
  {
    path: '/medium.bin',
    content: repeatedContent(GIBIBYTE / 4),
    modified: '2012-12-21T11:11:00Z',
    shown: { group: FILES, title: '256 MiB', detail: 'Long enough to watch a download, short enough to wait for it.' },
  },
  {
    path: '/empty.txt',
    content: text(''),
    modified: '1999-12-31T23:59:00Z',
    shown: { group: FILES, title: 'Empty file', detail: 'A transfer that ends before it begins.' },
  },
  {
    path: '/pub/',
    modified: '2024-02-29T12:00:00Z',
    message: ['This is the public part.', 'A server may greet whoever enters a directory.'],
    shown: { group: FOLDERS, title: 'Public files', detail: 'Entering it is answered by several lines.' },
  },
  { path: '/pub/notes.txt', content: text('First note\nSecond note\n'), modified: '2024-02-29T12:00:00Z' },
  { path: '/pub/windows.txt', content: text('These lines\r\nend with CR LF\r\n'), modified: '1995-08-24T00:00:00Z' },
  { path: '/pub/no-newline.txt', content: text('no newline at the end'), modified: '1996-02-29T08:30:00Z' },
  {
    path: '/pub/source/',
    modified: '1998-06-25T09:00:00Z',
    shown: { group: FOLDERS, title: 'Source files', detail: 'Try the pattern *.c with FtpFindFirstFile.' },
  },
  {
    path: '/pub/source/hello.c',
    content: text('#include <stdio.h>\n\nint main(void)\n{\n    puts("Hello, world");\n    return 0;\n}\n'),
    modified: '1998-06-25T09:00:00Z',
  },
  {
    path: '/pub/source/list.c',
    content: text(
      '#include <windows.h>\n#include <wininet.h>\n\n/* Lists a directory: one find handle, closed when it has served. */\n' +
        'void List(HINTERNET connect)\n{\n    WIN32_FIND_DATA data;\n    HINTERNET find = FtpFindFirstFile(connect, "*.c", &data, 0, 0);\n' +
        '    if (!find) return;\n    do { puts(data.cFileName); } while (InternetFindNextFile(find, &data));\n    InternetCloseHandle(find);\n}\n',
    ),
    modified: '2003-03-14T15:09:00Z',
  },
  { path: '/pub/source/makefile', content: text('all: hello.exe list.exe\n'), modified: '2003-03-14T15:10:00Z' },
  { path: '/pub/deep/', modified: '2020-02-02T02:02:00Z' },
  { path: '/pub/deep/er/', modified: '2020-02-02T02:02:00Z' },
  { path: '/pub/deep/er/still/', modified: '2020-02-02T02:02:00Z' },
  { path: '/pub/deep/er/still/bottom.txt', content: text('You found it.\n'), modified: '2020-02-02T02:02:00Z' },
  {
    path: '/names/',
    shown: {
      group: FOLDERS,
      title: 'Odd names',
      detail: 'Names that break clients which guess: spaces, quotes, Unicode, patterns.',
    },
  },
  ...ODD_NAMES.map(
    ([name, detail], index): TreeRow => ({
      path: `/names/${name}`,
      content: text(`${detail}\n`),
      modified: new Date(Date.UTC(1990 + index, index % 12, 1 + index, index)).toISOString(),
      shown: { group: NAMES, title: name.length > 60 ? `${name.slice(0, 20)}…` : name, detail },
    }),
  ),
  {
    path: '/many/',
    shown: { group: FOLDERS, title: '3000 files', detail: 'A listing long enough to arrive in pieces.' },
  },
  ...Array.from({ length: MANY }, (_, index): TreeRow => {
    const name = `item-${String(index + 1).padStart(4, '0')}.txt`;
    const modified = new Date(Date.UTC(2010, 0, 1) + index * 86_400_000).toISOString();
    return { path: `/many/${name}`, content: text(`item ${index + 1}\n`), modified };
  }),
  {
    path: '/empty/',
    modified: '2011-11-11T11:11:00Z',
    shown: {
      group: FOLDERS,
      title: 'Empty directory',
      detail: 'A listing without lines: ERROR_NO_MORE_FILES at once.',
    },
  },
  {
    path: '/incoming/',
    writable: true,
    shown: {
      group: FOLDERS,
      title: 'Uploads',
      detail: 'Send files here, rename and remove them, make directories: all in memory until the server stops.',
    },
  },
  {
    path: '/readonly/',
    modified: '2005-05-05T05:05:00Z',
    shown: { group: FOLDERS, title: 'Read only', detail: 'Every upload is refused with 553.' },
  },
  { path: '/readonly/fixed.txt', content: text('This text stays as it is.\n'), modified: '2005-05-05T05:05:00Z' },
  {
    path: '/private/',
    closed: true,
    modified: '2007-07-07T07:07:00Z',
    shown: {
      group: FAULTS,
      title: 'Closed directory',
      detail: 'Visible from outside; entering or listing it is refused with 550.',
    },
  },
  {
    path: '/secret.txt',
    content: text('Nobody can read this.\n'),
    closed: true,
    modified: '2007-07-07T07:07:00Z',
    shown: { group: FAULTS, title: 'Closed file', detail: 'Visible in the listing; reading it is refused with 550.' },
  },
  { path: '/faults/', modified: '2013-09-13T13:13:00Z' },
  {
    path: '/faults/breaks.bin',
    content: breakingContent(1_000_000, 500_000),
    modified: '2013-09-13T13:13:00Z',
    shown: {
      group: FAULTS,
      title: 'Breaks in the middle',
      detail: 'After half of the file the data connection ends and 451 explains why.',
    },
  },
  {
    path: '/faults/stalls.bin',
    content: stallingContent(1_000_000, 10_000),
    modified: '2013-09-13T13:13:00Z',
    shown: {
      group: FAULTS,
      title: 'Stalls in the middle',
      detail: 'Sends 10,000 bytes and then nothing: only ABOR or closing the handle ends it.',
    },
  },
];

/** The rows that the lists of addresses show. */
export const shownRows = rows.flatMap(({ path, shown }) => (shown ? [{ path, ...shown }] : []));

/** A fresh copy of the content, with room for `byteLimit` bytes of uploads. */
export function playgroundTree(now: () => Date, byteLimit: number): FileTree {
  const tree = new FileTree(now, byteLimit);
  for (const row of rows) {
    const modified = row.modified === undefined ? now() : new Date(row.modified);
    if (row.content) {
      tree.addFile(row.path, row.content, modified, !row.closed);
    } else {
      const traits = { readable: !row.closed, writable: row.writable === true, message: row.message ?? [] };
      tree.addFolder(row.path.slice(0, -1), traits, modified);
    }
  }
  return tree;
}
