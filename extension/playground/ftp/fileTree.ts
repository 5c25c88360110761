import type { Readable } from 'node:stream';
import { Refusal } from './reply.ts';

/** The bytes of a file, readable from any position. */
export interface FileContent {
  readonly size: number;
  /** Bytes of memory it occupies and that count against the tree's limit. */
  readonly stored: number;
  open(start: number): Readable;
}

/** A file of the tree. */
export interface FileNode {
  readonly kind: 'file';
  readonly id: number;
  content: FileContent;
  modified: Date;
  readonly readable: boolean;
}

/** A folder of the tree. */
export interface FolderNode {
  readonly kind: 'folder';
  readonly id: number;
  readonly children: Map<string, TreeNode>;
  modified: Date;
  /** Whether it may be entered and listed. */
  readonly readable: boolean;
  /** Whether entries may be added, changed and removed. */
  readonly writable: boolean;
  /** Lines shown to whoever enters. */
  readonly message: readonly string[];
}

export type TreeNode = FileNode | FolderNode;

/** What a new folder needs beyond its place. */
export type FolderTraits = Pick<FolderNode, 'readable' | 'writable' | 'message'>;

const NAME_LIMIT = 255;
const NODE_LIMIT = 20_000;

/** Joins a path to a folder and removes `.`, `..` and empty parts; the root is its own parent. */
export function resolvePath(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${folder}/${path}`).split('/')) {
    if (part === '..') {
      parts.pop();
    } else if (part !== '' && part !== '.') {
      parts.push(part);
    }
  }
  return `/${parts.join('/')}`;
}

/** Splits an absolute path into the folder and the name in it. */
export function splitPath(path: string): { readonly folder: string; readonly name: string } {
  const slash = path.lastIndexOf('/');
  return { folder: path.slice(0, slash) || '/', name: path.slice(slash + 1) };
}

/** Files and folders in memory, with a limit on what uploads may occupy. Paths are absolute; whatever is not possible throws a Refusal. */
export class FileTree {
  readonly root: FolderNode;
  readonly #now: () => Date;
  readonly #byteLimit: number;
  #reserved = 0;
  #nodes = 0;
  #nextId = 1;

  constructor(now: () => Date, byteLimit: number) {
    this.#now = now;
    this.#byteLimit = byteLimit;
    this.root = this.#newFolder({ readable: true, writable: false, message: [] }, now());
  }

  /** Bytes that uploads occupy at present, finished and unfinished. */
  get reserved(): number {
    return this.#reserved;
  }

  /** The node at a path, or undefined; what lies inside a closed folder is invisible. */
  find(path: string): TreeNode | undefined {
    let node: TreeNode | undefined = this.root;
    for (const part of path.split('/').filter((name) => name !== '')) {
      node = node?.kind === 'folder' && node.readable ? node.children.get(part) : undefined;
    }
    return node;
  }

  /** A folder that may be entered, else 550. */
  folder(path: string): FolderNode {
    const node = this.find(path);
    if (node?.kind !== 'folder') {
      throw new Refusal(550, `${path}: ${node ? 'Not a directory' : 'No such file or directory'}`);
    }
    if (!node.readable) {
      throw new Refusal(550, `${path}: Permission denied`);
    }
    return node;
  }

  /** A file that may be read, else 550. */
  file(path: string): FileNode {
    const node = this.find(path);
    if (node?.kind !== 'file') {
      throw new Refusal(550, `${path}: ${node ? 'Not a plain file' : 'No such file or directory'}`);
    }
    if (!node.readable) {
      throw new Refusal(550, `${path}: Permission denied`);
    }
    return node;
  }

  /** The folder in which a path may be created or replaced, else a refusal with `code`. */
  writableParent(path: string, code: 550 | 553): FolderNode {
    const { folder, name } = splitPath(path);
    const parent = this.find(folder);
    if (parent?.kind !== 'folder') {
      throw new Refusal(code, `${folder}: No such directory`);
    }
    if (!parent.writable || name === '') {
      throw new Refusal(code, `${path}: Permission denied`);
    }
    if (Buffer.byteLength(name) > NAME_LIMIT) {
      throw new Refusal(code, `The name is longer than ${NAME_LIMIT} bytes`);
    }
    return parent;
  }

  /** Creates a folder; 550 when the name is taken or the parent closed. */
  makeFolder(path: string): void {
    const parent = this.writableParent(path, 550);
    if (parent.children.has(splitPath(path).name)) {
      throw new Refusal(550, `${path}: File exists`);
    }
    this.addFolder(path, { readable: true, writable: true, message: [] }, this.#now());
    parent.modified = this.#now();
  }

  /** Removes a file or an empty folder of the given kind; 550 when it is neither. */
  remove(path: string, kind: TreeNode['kind']): void {
    const node = this.find(path);
    if (node?.kind !== kind) {
      throw new Refusal(550, `${path}: ${node ? `Not a ${kind}` : 'No such file or directory'}`);
    }
    if (node.kind === 'folder' && node.children.size > 0) {
      throw new Refusal(550, `${path}: Directory not empty`);
    }
    const parent = this.writableParent(path, 550);
    parent.children.delete(splitPath(path).name);
    parent.modified = this.#now();
    this.#nodes -= 1;
    this.release(node.kind === 'file' ? node.content.stored : 0);
  }

  /** Moves a file or folder to a new name that must be free; 553 when that is not possible. */
  rename(from: string, to: string): void {
    const node = this.find(from);
    if (!node) {
      throw new Refusal(550, `${from}: No such file or directory`);
    }
    const source = this.writableParent(from, 553);
    const target = this.writableParent(to, 553);
    if (this.find(to) || to.startsWith(`${from}/`)) {
      throw new Refusal(553, `${to}: The name is taken or inside the folder that moves`);
    }
    source.children.delete(splitPath(from).name);
    target.children.set(splitPath(to).name, node);
    source.modified = this.#now();
    target.modified = this.#now();
  }

  /** Puts a complete file in place, over an older one if there is one, whose bytes are given back. */
  replaceFile(path: string, content: FileContent): void {
    const parent = this.writableParent(path, 553);
    const old = parent.children.get(splitPath(path).name);
    if (old?.kind === 'folder') {
      throw new Refusal(553, `${path}: Is a directory`);
    }
    if (old) {
      this.release(old.content.stored);
      old.content = content;
      old.modified = this.#now();
    } else {
      this.addFile(path, content, this.#now(), true);
    }
    parent.modified = this.#now();
  }

  /** Sets bytes aside for an upload; 552 when there are not enough. */
  reserve(bytes: number): void {
    if (this.#reserved + bytes > this.#byteLimit) {
      throw new Refusal(552, `Uploads may occupy at most ${this.#byteLimit} bytes in all`);
    }
    this.#reserved += bytes;
  }

  /** Gives back bytes that were set aside. */
  release(bytes: number): void {
    this.#reserved -= bytes;
  }

  /** Adds a folder, whatever the permissions. */
  addFolder(path: string, traits: FolderTraits, modified: Date): void {
    this.#place(path, this.#newFolder(traits, modified));
  }

  /** Adds a file, whatever the permissions. */
  addFile(path: string, content: FileContent, modified: Date, readable: boolean): void {
    this.#place(path, { kind: 'file', id: this.#newId(), content, modified, readable });
  }

  #place(path: string, node: TreeNode): void {
    const { folder, name } = splitPath(path);
    let parent: TreeNode | undefined = this.root;
    for (const part of folder.split('/').filter((text) => text !== '')) {
      parent = parent?.kind === 'folder' ? parent.children.get(part) : undefined;
    }
    if (parent?.kind !== 'folder') {
      throw new Refusal(553, `${folder}: No such directory`);
    }
    if (this.#nodes >= NODE_LIMIT) {
      throw new Refusal(552, `There may be at most ${NODE_LIMIT} files and directories`);
    }
    this.#nodes += 1;
    parent.children.set(name, node);
  }

  #newFolder(traits: FolderTraits, modified: Date): FolderNode {
    return { kind: 'folder', id: this.#newId(), children: new Map(), modified, ...traits };
  }

  #newId(): number {
    this.#nextId += 1;
    return this.#nextId;
  }
}
