import * as vscode from 'vscode';
import { assertNever } from '../shared/assertNever.ts';
import { constantName } from '../shared/constantNames.ts';
import { errorCode } from '../shared/errorCodes.ts';
import { formatDuration, formatEndpoint, formatHandleValue, printable } from '../shared/format.ts';
import { functionRow } from '../shared/hierarchy.ts';
import type { CallBegin, CallEnd, Entry, RecordedValue, Status } from '../shared/journal.ts';
import type { LiveJournal } from '../shared/liveJournal.ts';

/** Writes every call and status into a log channel. The journal is masked already, so the log is too. */
export class CallLog implements vscode.Disposable {
  readonly #channel = vscode.window.createOutputChannel('HINTERNET', { log: true });
  readonly #journal: LiveJournal;
  readonly #begun = new Map<number, CallBegin & { readonly t: number }>();
  readonly #stopListening: () => void;

  constructor(journal: LiveJournal) {
    this.#journal = journal;
    this.#stopListening = journal.listen((entry) => this.#write(entry));
  }

  /** Shows the log without taking the focus. */
  show(): void {
    this.#channel.show(true);
  }

  /** Adds a line of the extension's own. */
  info(message: string): void {
    this.#channel.info(message);
  }

  dispose(): void {
    this.#stopListening();
    this.#channel.dispose();
  }

  #write(entry: Entry): void {
    switch (entry.type) {
      case 'call-begin':
        this.#begun.set(entry.call, entry);
        this.#channel.trace(`${this.#call(entry)} …`);
        break;
      case 'call-pending':
        this.#writePending(entry.call);
        break;
      case 'call-end':
        this.#writeEnd(entry);
        break;
      case 'status':
        this.#channel.debug(`  ${this.#handle(entry.serial)} ${this.#status(entry)}`);
        break;
      case 'wire':
        for (const line of entry.text.trimEnd().split(/\r?\n/)) {
          this.#channel.trace(
            `  ${this.#handle(entry.serial)} ${entry.direction === 'in' ? '<' : '>'} ${printable(line, 1000)}`,
          );
        }
        break;
      case 'note':
        this.#channel.warn(entry.text);
        break;
      case 'connection-wait':
        this.#channel.debug(`  ${this.#handle(entry.serial)} waits for one of ${entry.limit} connections`);
        break;
      case 'connection':
        this.#channel.debug(
          `  ${this.#handle(entry.serial)} uses connection ${entry.connection}${entry.peer === null ? '' : ` to ${formatEndpoint(entry.peer)}`}, use no. ${entry.use}`,
        );
        break;
      case 'last-error':
        this.#channel.trace(`  GetLastError() = ${entry.code}`);
        break;
      case 'mark':
        this.#channel.info(`Open handles marked ${printable(entry.name, 80)}`.trimEnd());
        break;
      case 'mark-comparison':
        this.#channel.info(`Open handles compared with mark ${printable(entry.name, 80)}`.trimEnd());
        break;
      case 'end':
        this.#channel.info('The program ended.');
        break;
      case 'handle-open':
      case 'handle-close':
      case 'handle-state':
      case 'bytes':
        break;
      default:
        assertNever(entry);
    }
  }

  #writePending(call: number): void {
    const begin = this.#begun.get(call);
    if (begin !== undefined) this.#channel.info(`${this.#call(begin)} goes on: ERROR_IO_PENDING`);
  }

  #writeEnd(entry: CallEnd & { readonly t: number }): void {
    const begin = this.#begun.get(entry.call);
    this.#begun.delete(entry.call);
    if (begin === undefined) return;
    const took = formatDuration(entry.t - begin.t);
    if (entry.error === undefined) {
      this.#channel.info(`${this.#call(begin)} = ${this.#value(entry.result)} (${took})`);
    } else {
      this.#channel.error(
        `${this.#call(begin)} failed: ${entry.error} (${errorCode(entry.error)}) (${took}) ${entry.message ?? ''}`,
      );
    }
  }

  #call(entry: CallBegin): string {
    const { parameters } = functionRow(entry.fn);
    const args = entry.args.map((value, index) => `${parameters[index] ?? '?'}: ${this.#value(value)}`);
    return `${entry.fn}(${args.join(', ')})`;
  }

  #value(value: RecordedValue): string {
    if (value === null) return 'NULL';
    if (typeof value === 'object') return this.#handle(value.handle);
    return typeof value === 'string' ? JSON.stringify(printable(value, 300)) : String(value);
  }

  #handle(serial: number): string {
    const node = this.#journal.tree.nodes.get(serial);
    return node === undefined ? `#${serial}` : formatHandleValue(node.value);
  }

  #status(entry: Status): string {
    const name = constantName('INTERNET_STATUS_', entry.code) ?? String(entry.code);
    const { information } = entry;
    if (information === null) return name;
    if (typeof information !== 'object') return `${name} ${printable(String(information))}`;
    return 'handle' in information ? `${name} ${this.#handle(information.handle)}` : `${name} ${information.error}`;
  }
}
