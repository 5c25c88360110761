import path from 'node:path';
import * as v from 'valibot';

const NODE = v.object({
  type: v.picklist(['dir', 'file']),
  text: v.optional(v.string()),
  repeat: v.optional(v.object({ text: v.string(), count: v.number() })),
  size: v.optional(v.number()),
  mtime: v.optional(v.string()),
  perms: v.optional(v.string()),
  readOnly: v.optional(v.boolean()),
  noRead: v.optional(v.boolean()),
});

const USER = v.object({
  password: v.nullable(v.string()),
  home: v.optional(v.string()),
  quirks: v.optional(v.array(v.string()), []),
});

/** The FTP fixture as data; README.md says what each field means. */
export const FTP_FIXTURE = v.object({
  greeting: v.optional(v.string(), '220 Ready'),
  welcome: v.optional(v.array(v.string()), ['230 Logged in']),
  epsv: v.optional(v.boolean(), true),
  users: v.record(v.string(), USER),
  replies: v.optional(v.record(v.string(), v.union([v.string(), v.array(v.string())])), {}),
  listFormat: v.optional(v.string(), '{kind}{perms} 1 owner group {size} {mtime} {name}'),
  tree: v.record(v.string(), NODE),
});

/** What a file system says of a folder. */
const FOLDER_SIZE = 4096;

interface Node {
  readonly type: 'dir' | 'file';
  readonly content: Buffer;
  /** What LIST and SIZE say, whatever the content is. */
  readonly size: number;
  readonly mtime: string;
  readonly perms: string;
  readonly readOnly: boolean;
  readonly noRead: boolean;
}

/** The files of the FTP fixture during one case. */
export class FtpFixtureTree {
  readonly #nodes: Map<string, Node>;
  readonly #listFormat: string;

  constructor({ tree, listFormat }: v.InferOutput<typeof FTP_FIXTURE>) {
    this.#listFormat = listFormat;
    this.#nodes = new Map(
      Object.entries(tree).map(([name, { type, text, repeat, size, mtime, perms, readOnly, noRead }]) => {
        const content = Buffer.from(repeat === undefined ? (text ?? '') : repeat.text.repeat(repeat.count), 'latin1');
        return [
          name,
          {
            type,
            content,
            size: size ?? (type === 'dir' ? FOLDER_SIZE : content.length),
            mtime: mtime ?? 'Jan 01  2020',
            perms: perms ?? (type === 'dir' ? 'rwxr-xr-x' : 'rw-r--r--'),
            readOnly: readOnly ?? false,
            noRead: noRead ?? false,
          },
        ];
      }),
    );
  }

  /** The node at a path. */
  get(name: string): Node | undefined {
    return this.#nodes.get(name);
  }

  /** Stores a file; the folder is there and may be written. */
  store(name: string, content: Buffer): void {
    const perms = 'rw-r--r--';
    const node = { type: 'file', content, size: content.length, mtime: 'Jan 01  2020', perms } as const;
    this.#nodes.set(name, { ...node, readOnly: false, noRead: false });
  }

  /** Makes a folder. */
  make(name: string): void {
    const dated = { mtime: 'Jan 01  2020', perms: 'rwxr-xr-x' } as const;
    const node = { type: 'dir', content: Buffer.alloc(0), size: FOLDER_SIZE, ...dated } as const;
    this.#nodes.set(name, { ...node, readOnly: false, noRead: false });
  }

  /** Removes a node. */
  remove(name: string): void {
    this.#nodes.delete(name);
  }

  /** Gives a node, and what is below it, another name. */
  rename(from: string, to: string): void {
    for (const [name, node] of [...this.#nodes]) {
      if (name !== from && !name.startsWith(`${from}/`)) continue;
      this.#nodes.delete(name);
      this.#nodes.set(to + name.slice(from.length), node);
    }
  }

  /** Can this path be written or made? */
  isWritable(name: string): boolean {
    const folder = this.#nodes.get(path.posix.dirname(name));
    return folder?.type === 'dir' && !folder.readOnly;
  }

  /** The lines of LIST; undefined for what is missing. */
  list(name: string): readonly string[] | undefined {
    return this.listed(name)?.map((one) => this.#line(one));
  }

  /** The paths that LIST and NLST tell of: those in a folder, a file itself, those that a mask selects. */
  listed(name: string): readonly string[] | undefined {
    const node = this.#nodes.get(name);
    if (node !== undefined) return node.type === 'file' ? [name] : this.names(name);
    const mask = path.posix.basename(name);
    const folder = path.posix.dirname(name);
    if (!/[*?]/.test(mask) || this.#nodes.get(folder) === undefined) return undefined;
    const escaped = mask
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    const pattern = new RegExp(`^${escaped}$`);
    return this.names(folder).filter((one) => pattern.test(path.posix.basename(one)));
  }

  /** Paths directly below a folder. */
  names(folder: string): readonly string[] {
    return [...this.#nodes.keys()].filter((name) => name !== '/' && path.posix.dirname(name) === folder);
  }

  #line(name: string): string {
    const node = this.#nodes.get(name);
    const values: Readonly<Record<string, string>> = {
      kind: node?.type === 'dir' ? 'd' : '-',
      perms: node?.perms ?? '',
      size: String(node?.size),
      mtime: node?.mtime ?? '',
      name: path.posix.basename(name),
    };
    return this.#listFormat.replace(
      /\{(\w+)(?::([<>])(\d+))?\}/g,
      (_whole, field: string, side?: string, width?: string) => {
        const value = values[field] ?? '';
        return side === '<' ? value.padEnd(Number(width)) : value.padStart(Number(width ?? 0));
      },
    );
  }
}
