import { Writable } from 'node:stream';
import { bytesContent } from './fileContent.ts';
import type { FileTree } from './fileTree.ts';

/**
 * Collects an upload. Nothing of it shows in the tree before `commit`, so a broken transfer leaves no half file behind,
 * and `discard` gives its memory back.
 */
export class Upload extends Writable {
  readonly #tree: FileTree;
  readonly #path: string;
  readonly #parts: Buffer[] = [];
  #length = 0;
  #committed = false;

  /** Begins an upload with the bytes that stay of the older file. Throws a Refusal when they alone exceed the limit. */
  constructor(tree: FileTree, path: string, kept: Buffer) {
    super();
    this.#tree = tree;
    this.#path = path;
    this.#take(kept);
  }

  /** Puts the file in place. Throws a Refusal when its folder has gone in the meantime. */
  commit(): void {
    const bytes = Buffer.concat(this.#parts);
    this.#tree.replaceFile(this.#path, bytesContent(bytes, bytes.length));
    this.#committed = true;
  }

  /** Gives the memory back unless the file is in place. Does no harm after `commit`. */
  discard(): void {
    if (!this.#committed) {
      this.#tree.release(this.#length);
      this.#length = 0;
    }
    this.#parts.length = 0;
  }

  override _write(part: Buffer, _encoding: BufferEncoding, done: (error?: Error) => void): void {
    try {
      this.#take(part);
      done();
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #take(part: Buffer): void {
    this.#tree.reserve(part.length);
    this.#length += part.length;
    this.#parts.push(part);
  }
}
