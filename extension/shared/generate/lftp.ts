import { FTP_TRANSFER_TYPE_ASCII, GENERIC_WRITE, INTERNET_FLAG_PASSIVE } from '../constants.ts';
import type { ErrorSymbol } from '../errorCodes.ts';
import { handleParameter } from '../hierarchy.ts';
import type { Argument, CallStep, Program, ProgramHandle, Secret, Step } from './program.ts';
import { scriptHead, shellWord, usedIn } from './shell.ts';

/** The FTP sessions of a program as a script for lftp, a run of it for each session; null where there is none. */
export function lftpOf(program: Program): string | null {
  const writing = new Writing();
  for (const step of program.steps) writing.step(step);
  const runs = writing.runs();
  if (runs.length === 0) return null;
  const text = runs.flatMap((lines) => ['', ...lines]).join('\n');
  const scratch = writing.hasBodies ? ['', 'scratch=$(mktemp -d)', `trap 'rm -rf "$scratch"' EXIT`] : [];
  const head = scriptHead(program, 'lftp', usedIn(text, program.secrets), writing.hasBodies);
  return `${[...head, ...scratch].join('\n')}\n${text}\n`;
}

/** Commands for one run of lftp. */
interface Run {
  readonly before: string[];
  /** Options and the server, as words of the shell. */
  readonly words: readonly string[];
  readonly commands: string[];
}

/** An upload under way: where its size will stand. */
interface Upload {
  readonly run: Run;
  readonly remote: string;
  readonly ascii: boolean;
  bytes: number;
}

/** What the library refused by itself: the server never heard of it. */
const REFUSED: ReadonlySet<ErrorSymbol> = new Set([
  'ERROR_INVALID_HANDLE',
  'ERROR_INVALID_PARAMETER',
  'ERROR_ACCESS_DENIED',
  'ERROR_FTP_TRANSFER_IN_PROGRESS',
  'ERROR_INTERNET_INCORRECT_HANDLE_STATE',
  'ERROR_INTERNET_INCORRECT_HANDLE_TYPE',
  'ERROR_INTERNET_REQUEST_PENDING',
]);

class Writing {
  readonly #runs: Run[] = [];
  /** Runs by the serials of the sessions that they stand for. */
  readonly #sessions = new Map<number, Run>();
  readonly #uploads = new Map<number, Upload>();
  #count = 0;

  get hasBodies(): boolean {
    return this.#count > 0;
  }

  runs(): readonly (readonly string[])[] {
    for (const upload of this.#uploads.values()) this.#put(upload);
    return this.#runs.map(({ before, words, commands }) => [
      ...before,
      `${['lftp', ...words].join(' ')} <<LFTP`,
      ...SETTINGS,
      ...commands,
      'LFTP',
    ]);
  }

  step(step: Step): void {
    if (step.is !== 'call' && step.is !== 'loop') return;
    const call = step.is === 'loop' ? step.call : step;
    const handle = usedHandle(call);
    if (call.fn === 'InternetConnect') this.#connect(call);
    else if (call.fn === 'InternetOpenUrl') this.#openUrl(call);
    else if (handle === null) return;
    else if (call.fn === 'InternetWriteFile') this.#write(handle, call, step.is === 'loop' ? Number(step.until) : 1);
    else if (call.fn === 'InternetCloseHandle') this.#close(handle);
    else this.#command(handle, call);
  }

  #connect({ opens, args }: CallStep): void {
    if (opens?.kind !== 'ftp-connect') return;
    const [user, password] = [args[3], args[4]];
    const account: readonly (string | Secret)[] =
      user?.is === 'text' ? [...user.parts, ',', ...(password?.is === 'text' ? password.parts : [])] : [];
    const run: Run = {
      before: [],
      words: [
        ...(account.length === 0 ? [] : [`-u ${shellWord(account)}`]),
        ...(numberAt(args, 2) === 0 ? [] : [`-p ${numberAt(args, 2)}`]),
        shellWord([plainAt(args, 1)]),
      ],
      commands: [passive(numberAt(args, 6))],
    };
    this.#runs.push(run);
    this.#sessions.set(opens.serial, run);
  }

  #openUrl({ opens, args }: CallStep): void {
    if (opens === null || !opens.kind.startsWith('ftp-')) return;
    const url =
      args[1]?.is === 'text'
        ? args[1].parts.map((part) => (typeof part === 'string' ? word(part) : `\${${part.variable}}`)).join('')
        : '';
    const lists = opens.kind !== 'ftp-file';
    const commands = [passive(numberAt(args, 3)), ...(lists ? [`open ${url}`, 'ls'] : [`cat ${url} > /dev/null`])];
    this.#runs.push({ before: [], words: [], commands });
  }

  #command(handle: ProgramHandle, call: CallStep): void {
    const run = this.#sessions.get(handle.serial);
    const { error, opens } = call;
    if (run === undefined) return;
    if (error !== null && REFUSED.has(error)) {
      run.commands.push(`# ${call.fn} was refused without asking the server: ${error}`);
      return;
    }
    if (error !== null) run.commands.push(`# When it was recorded this failed: ${error}`);
    if (opens !== null && call.fn === 'FtpOpenFile' && (numberAt(call.args, 2) & GENERIC_WRITE) !== 0) {
      const upload = { run, remote: plainAt(call.args, 1), ascii: isAscii(numberAt(call.args, 3)), bytes: 0 };
      this.#uploads.set(opens.serial, upload);
      return;
    }
    run.commands.push(...commandOf(call));
  }

  #write(handle: ProgramHandle, call: CallStep, times: number): void {
    const upload = this.#uploads.get(handle.serial);
    const body = call.args[1];
    if (upload !== undefined && call.error === null && body?.is === 'body') upload.bytes += times * body.bytes;
  }

  #close(handle: ProgramHandle): void {
    const upload = this.#uploads.get(handle.serial);
    if (upload === undefined) return;
    this.#uploads.delete(handle.serial);
    this.#put(upload);
  }

  /** An upload is one command, once all of it is known. */
  #put({ run, remote, ascii, bytes }: Upload): void {
    this.#count += 1;
    run.before.push(`placeholder ${bytes} > "$scratch/${this.#count}"`);
    run.commands.push(`put ${ascii ? '-a ' : ''}$scratch/${this.#count} -o ${file(remote)}`);
  }
}

/** lftp as simple as WinINet: one connection, one attempt, no questions beyond what was asked. */
const SETTINGS: readonly string[] = [
  'set net:max-retries 1',
  'set ftp:ssl-allow no',
  'set ftp:use-feat no',
  'set ftp:use-allo no',
  'set ftp:use-site-utime no',
  'set ftp:use-site-utime2 no',
];

function commandOf({ fn, args, opens }: CallStep): readonly string[] {
  const [first, second] = [file(plainAt(args, 1)), file(plainAt(args, 2))];
  switch (fn) {
    case 'FtpSetCurrentDirectory':
      return [`cd ${first}`];
    case 'FtpGetCurrentDirectory':
      return ['pwd'];
    case 'FtpCreateDirectory':
      return [`mkdir ${first}`];
    case 'FtpRemoveDirectory':
      return [`rmdir ${first}`];
    case 'FtpDeleteFile':
      return [`rm ${first}`];
    case 'FtpRenameFile':
      return [`mv ${first} ${second}`];
    case 'FtpGetFile':
      return [`get ${isAscii(numberAt(args, 5)) ? '-a ' : ''}${first} -o ${second}`];
    case 'FtpPutFile':
      return [`put ${isAscii(numberAt(args, 3)) ? '-a ' : ''}${first} -o ${second}`];
    case 'FtpOpenFile':
      return [`cat ${isAscii(numberAt(args, 3)) ? '-a ' : ''}${first} > /dev/null`];
    case 'FtpFindFirstFile':
      return listing(plainAt(args, 1));
    case 'FtpCommand':
      return opens === null
        ? [`quote ${word(plainAt(args, 3))}`]
        : [`# lftp cannot send this with data: ${word(plainAt(args, 3))}`];
    default:
      return [];
  }
}

/** The folder is listed whole; the library picks what fits the mask. */
function listing(search: string): readonly string[] {
  const folder = search.slice(0, search.lastIndexOf('/') + 1);
  const mask = search.slice(folder.length);
  return [
    ...(mask === '' ? [] : [`# of which ${word(mask)} was looked for`]),
    folder === '' ? 'ls' : `ls ${file(folder)}`,
  ];
}

function usedHandle({ fn, args }: CallStep): ProgramHandle | null {
  const used = args[handleParameter(fn)];
  return used?.is === 'handle' ? used.handle : null;
}

function passive(flags: number): string {
  return `set ftp:passive-mode ${(flags & INTERNET_FLAG_PASSIVE) === 0 ? 'off' : 'on'}`;
}

function isAscii(flags: number): boolean {
  return (flags & FTP_TRANSFER_TYPE_ASCII) !== 0;
}

function numberAt(args: readonly Argument[], index: number): number {
  const argument = args[index];
  return argument?.is === 'number' ? argument.value : 0;
}

/** A text without its secrets, which stand in no name of a file. */
function plainAt(args: readonly Argument[], index: number): string {
  const argument = args[index];
  return argument?.is === 'text' ? argument.parts.filter((part) => typeof part === 'string').join('') : '';
}

/** The name of a file as a word for lftp: none that it takes for an option, or for the folder that was left. */
function file(name: string): string {
  return word(/^[-~]/.test(name) ? `./${name}` : name);
}

/** A word for lftp, inside a text that the shell reads: whatever stands in it, lftp takes it for a text. */
function word(text: string): string {
  if (/^[\w./:@%+=,-]+$/.test(text)) return text;
  const quoted = `"${text.replace(/["\\]/g, '\\$&').replace(/[\r\n\0]+/g, ' ')}"`;
  return quoted.replace(/[\\$`]/g, '\\$&');
}
