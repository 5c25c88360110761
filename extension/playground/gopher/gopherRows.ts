import { bytes, type GopherRow, type MenuLine, repeated, text, words } from './gopherContent.ts';
import { faultRows } from './gopherFaults.ts';

const FILES = 'Files';
const MENUS = 'Menus';
const GIBIBYTE = 1024 ** 3;
const MANY = 3000;

const pages: readonly GopherRow[] = [
  {
    selector: '/readme.txt',
    type: '0',
    title: 'Short text',
    content: text('HINTERNET playground, Gopher\n\nThe same files as on the FTP server, as far as menus can say it.\n'),
    abstract: 'What is to be seen here.',
    shown: { group: FILES, detail: 'A few lines and a dot: the text ends where the dot stands alone.' },
  },
  {
    selector: '/dots.txt',
    type: '0',
    title: 'Lines of dots',
    content: text('A line\n.\n.begins with a dot\n..\nThe last line\n'),
    modified: '1993-03-01T12:00:00Z',
    shown: { group: FILES, detail: 'Doubled on the wire, so that none of them ends the text.' },
  },
  {
    selector: '/binary.bin',
    type: '9',
    title: 'All byte values',
    content: bytes(Buffer.from(Array.from({ length: 256 }, (_, value) => value))),
    modified: '2001-09-09T01:46:40Z',
    shown: { group: FILES, detail: 'The 256 bytes from 0 to 255: the end of the connection is the end of the file.' },
  },
  {
    selector: '/medium.bin',
    type: '9',
    title: '256 MiB',
    content: repeated(GIBIBYTE / 4),
    modified: '2012-12-21T11:11:00Z',
    shown: { group: FILES, detail: 'Long enough to watch a download, short enough to wait for it.' },
  },
  {
    selector: '/empty.txt',
    type: '0',
    title: 'Empty file',
    content: text(''),
    modified: '1999-12-31T23:59:00Z',
    shown: { group: FILES, detail: 'Nothing but the dot.' },
  },
  {
    selector: '/page.html',
    type: 'h',
    title: 'A page',
    content: bytes(Buffer.from('<!DOCTYPE html>\n<title>A page</title>\n<h1>HTML over Gopher</h1>\n')),
    modified: '1996-02-29T08:30:00Z',
    shown: { group: FILES, detail: 'HTML, sent as it is.' },
  },
  {
    selector: '/pub/notes.txt',
    type: '0',
    title: 'Notes',
    content: text('First note\nSecond note\n'),
    modified: '2024-02-29T12:00:00Z',
    abstract: 'Two notes, of which the second is the better one.',
  },
  {
    selector: '/pub/naïve café.txt',
    type: '0',
    title: 'naïve café',
    content: text('Two accents and a space: sent as UTF-8.\n'),
    modified: '1990-01-01T00:00:00Z',
  },
  {
    selector: '/pub',
    type: '1',
    title: 'Public files',
    content: {
      is: 'menu',
      lines: [
        words('This is the public part.'),
        link('/pub/notes.txt', '0', 'Notes'),
        link('/pub/naïve café.txt', '0', 'naïve café'),
        link('', '1', 'Up'),
      ],
    },
    modified: '2024-02-29T12:00:00Z',
    shown: { group: MENUS, detail: 'A menu below the first one, with a way up.' },
  },
  {
    selector: '/many',
    type: '1',
    title: '3000 items',
    content: {
      is: 'menu',
      lines: Array.from({ length: MANY }, (_, index) => link('/pub/notes.txt', '0', `item ${index + 1}`)),
    },
    modified: '2010-01-01T00:00:00Z',
    shown: { group: MENUS, detail: 'A menu long enough to arrive in pieces.' },
  },
  {
    selector: '/none',
    type: '1',
    title: 'Empty menu',
    content: { is: 'menu', lines: [] },
    modified: '2011-11-11T11:11:00Z',
    shown: { group: MENUS, detail: 'A dot and no items: ERROR_NO_MORE_FILES at once.' },
  },
  {
    selector: '/search',
    type: '7',
    title: 'Search',
    content: { is: 'search', find },
    shown: { group: MENUS, detail: 'Finds the items here whose titles have a word in them: try file.' },
  },
  ...faultRows,
];

/** The first menu: everything that is shown, by group. */
const top: GopherRow = {
  selector: '',
  type: '1',
  title: 'The first menu',
  content: {
    is: 'menu',
    lines: [
      words('HINTERNET playground'),
      ...[FILES, MENUS, 'Faults'].flatMap((group) => [
        words(''),
        words(group),
        ...pages.flatMap(({ shown, selector, type, title }) =>
          shown?.group === group ? [link(selector, type, title)] : [],
        ),
      ]),
    ],
  },
  abstract: 'The playground of HINTERNET Explorer.',
  shown: { group: MENUS, detail: 'What is here; items of Gopher+, so they can be asked for their attributes.' },
};

/** Everything that the Gopher server serves, the first menu first. */
export const gopherRows: readonly GopherRow[] = [top, ...pages];

function link(selector: string, type: string, title: string): MenuLine {
  return { type, words: title, selector };
}

function find(wanted: string): readonly MenuLine[] {
  const parts = wanted
    .toLowerCase()
    .split(/\s+/)
    .filter((part) => part !== '');
  return pages
    .filter(({ title }) => parts.length > 0 && parts.every((part) => title.toLowerCase().includes(part)))
    .map(({ selector, type, title }) => link(selector, type, title));
}
