import type { FolderNode, TreeNode } from './fileTree.ts';

/** A node with the name under which a listing shows it. */
export interface ListedEntry {
  readonly name: string;
  readonly node: TreeNode;
}

/** The facts about an entry that MLST and MLSD know, in the order in which they are sent (RFC 3659, 7.5). */
export const FACTS = ['type', 'size', 'modify', 'perm', 'unique', 'UNIX.mode'] as const;

export type Fact = (typeof FACTS)[number];

/** How an MLSx line calls the type: an ordinary entry, the listed folder itself, or its parent. */
export type EntryRole = 'entry' | 'cdir' | 'pdir';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const HALF_A_YEAR = 182 * 24 * 60 * 60 * 1000;

/** One line as `ls -l` prints it, in UTC: with the time for the last half year, with the year before that and after now. */
export function unixLine({ name, node }: ListedEntry, now: Date): string {
  const links = node.kind === 'folder' ? 2 : 1;
  const size = node.kind === 'folder' ? 4096 : node.content.size;
  const kind = node.kind === 'folder' ? 'd' : '-';
  const columns = [`${kind}${permissions(node)}`, String(links).padStart(4), 'ftp     ', 'ftp     '];
  return [...columns, String(size).padStart(12), unixDate(node.modified, now), name].join(' ');
}

/** The facts of one entry and its name, as MLSD sends them. */
export function factLine(
  { name, node }: ListedEntry,
  facts: readonly Fact[],
  parentWritable: boolean,
  role: EntryRole = 'entry',
): string {
  const known: Record<Fact, string | undefined> = {
    type: role === 'entry' ? (node.kind === 'folder' ? 'dir' : 'file') : role,
    size: node.kind === 'file' ? String(node.content.size) : undefined,
    modify: timestamp(node.modified),
    perm: node.kind === 'file' ? filePerm(node.readable, parentWritable) : folderPerm(node, parentWritable),
    unique: `play${node.id.toString(16)}`,
    'UNIX.mode': `0${mode(node).toString(8)}`,
  };
  const sent = facts.filter((fact) => known[fact] !== undefined);
  return `${sent.map((fact) => `${fact}=${known[fact]};`).join('')} ${name}`;
}

/** A time in UTC as MDTM and the modify fact write it: YYYYMMDDHHMMSS. */
export function timestamp(date: Date): string {
  return date.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14);
}

function permissions(node: TreeNode): string {
  const bits = mode(node);
  return Array.from('rwxrwxrwx', (letter, index) => (bits & (0o400 >> index) ? letter : '-')).join('');
}

function mode(node: TreeNode): number {
  if (node.kind === 'file') {
    return node.readable ? 0o644 : 0o600;
  }
  return node.readable ? (node.writable ? 0o777 : 0o755) : 0o700;
}

function unixDate(date: Date, now: Date): string {
  const age = now.getTime() - date.getTime();
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${MONTHS[date.getUTCMonth()] ?? ''} ${two(date.getUTCDate())}`;
  const recent = age >= 0 && age < HALF_A_YEAR;
  return `${day} ${recent ? `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}` : ` ${date.getUTCFullYear()}`}`;
}

function filePerm(readable: boolean, parentWritable: boolean): string {
  return `${parentWritable ? 'adfw' : ''}${readable ? 'r' : ''}`;
}

function folderPerm(node: FolderNode, parentWritable: boolean): string {
  return `${node.writable ? 'cmp' : ''}${parentWritable ? 'df' : ''}${node.readable ? 'el' : ''}`;
}
