import * as v from 'valibot';
import * as vscode from 'vscode';
import { type BreakCondition, breakConditionsSchema } from '../../shared/breakConditions.ts';
import type { Entry } from '../../shared/journal.ts';
import { formatAddress, parseAddress, WATCH_VARIABLE, type WatchAddress } from '../../shared/watchProtocol.ts';
import type { AttachedProgram } from '../../sources/attachedProgram.ts';
import { leaveAddress, ownAddress } from '../../sources/watchAddress.ts';
import { WatchServer } from '../../sources/watchServer.ts';
import { watchLeaks } from '../diagnoses/leakWatch.ts';
import type { DiagnosisProblems } from '../diagnoses/problems.ts';
import { journalLimit, watchesPrograms } from '../settings.ts';
import { ProgramModel } from './programModel.ts';

/** Where the address is kept over a reload of the window, which its terminals outlive. */
const ADDRESS_KEY = 'watch.address';
/** Where it is kept what programs break on: like breakpoints, it belongs to the workspace. */
const BREAKS_KEY = 'watch.breaks';
/** How many programs that have ended stay; the oldest go first. */
const ENDED_LIMIT = 50;

/**
 * Watches the programs that are started in this window: listens at a private address, puts it into the environment of terminals,
 * and keeps what programs tell, also after they have ended. Switched by the setting `hinternet.watch.programs`.
 */
export class ProgramWatch implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #complain: (sentence: string) => void;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #started = new vscode.EventEmitter<ProgramModel>();
  readonly #called = new vscode.EventEmitter<void>();
  readonly #settings: vscode.Disposable;
  readonly #problems: DiagnosisProblems;
  readonly #programs: ProgramModel[] = [];
  /** What looks for faults in each program, until it is forgotten. */
  readonly #diagnosed = new Map<ProgramModel, vscode.Disposable>();
  #breaks: readonly BreakCondition[];
  #problem: string | null = null;
  #listening: { readonly address: WatchAddress; readonly server: WatchServer } | null = null;
  /** Switching on and off takes time, and must not overtake itself. */
  #switching: Promise<void> = Promise.resolve();

  /** Fires when a program starts, ends, or is forgotten, and when its open handles change. */
  readonly onDidChange = this.#changed.event;
  /** Fires when a program has made a call. */
  readonly onDidCall = this.#called.event;
  /** Fires when a program has introduced itself. */
  readonly onDidStart = this.#started.event;

  /**
   * @param problems shows what is wrong in programs, until they are forgotten
   * @param complain is told of what cannot be understood
   */
  constructor(context: vscode.ExtensionContext, problems: DiagnosisProblems, complain: (sentence: string) => void) {
    this.#context = context;
    this.#problems = problems;
    this.#complain = complain;
    const breaks = v.safeParse(breakConditionsSchema, context.workspaceState.get(BREAKS_KEY));
    this.#breaks = breaks.success ? breaks.output : [];
    this.#settings = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('hinternet.watch.programs')) this.#follow();
    });
    this.#follow();
  }

  /** Those that run and those that have ended, oldest first. */
  get programs(): readonly ProgramModel[] {
    return this.#programs;
  }

  /** Why no program can be watched, although it is asked for; null where they can. */
  get problem(): string | null {
    return this.#problem;
  }

  /** What programs break on. */
  get breaks(): readonly BreakCondition[] {
    return this.#breaks;
  }

  set breaks(conditions: readonly BreakCondition[]) {
    this.#breaks = conditions;
    void this.#context.workspaceState.update(BREAKS_KEY, conditions);
    if (this.#listening !== null) this.#listening.server.breaks = conditions;
    this.#changed.fire();
  }

  /** The address for a program's environment, when it is ready; null while nobody is watched. */
  async address(): Promise<string | null> {
    await this.#switching;
    return this.#listening === null ? null : formatAddress(this.#listening.address);
  }

  /** Drops the programs that have ended. */
  forgetEnded(): void {
    this.#drop(this.#programs.filter(({ program }) => program.ended));
  }

  /** Lets go of every program, and leaves nothing on the disk; resolves when that is over. */
  async shutDown(): Promise<void> {
    this.#switchTo(false);
    await this.#switching;
  }

  dispose(): void {
    this.#settings.dispose();
    this.#switchTo(false);
    this.#drop([...this.#programs]);
    this.#changed.dispose();
    this.#started.dispose();
    this.#called.dispose();
  }

  #follow(): void {
    this.#switchTo(watchesPrograms());
  }

  #switchTo(on: boolean): void {
    this.#switching = this.#switching
      .then(() => (on ? this.#listen() : this.#leave()))
      .then(
        () => this.#tellProblem(null),
        (error: unknown) => this.#tellProblem(error instanceof Error ? error.message : String(error)),
      );
  }

  #tellProblem(problem: string | null): void {
    if (problem !== null) this.#complain(`Programs cannot be watched: ${problem}`);
    if (problem === this.#problem) return;
    this.#problem = problem;
    this.#changed.fire();
  }

  async #listen(): Promise<void> {
    if (this.#listening !== null) return;
    const { workspaceState, environmentVariableCollection: environment } = this.#context;
    const kept = workspaceState.get<unknown>(ADDRESS_KEY);
    const address = await ownAddress(v.is(v.string(), kept) ? parseAddress(kept) : null);
    const server = await WatchServer.listen({
      address,
      journalLimit,
      onProgram: (program) => this.#welcome(program),
      complain: this.#complain,
    });
    server.breaks = this.#breaks;
    this.#listening = { address, server };
    await workspaceState.update(ADDRESS_KEY, formatAddress(address));
    environment.description = vscode.l10n.t('Shows Node.js programs that use WinINet from HINTERNET Explorer.');
    environment.replace(WATCH_VARIABLE, formatAddress(address));
  }

  async #leave(): Promise<void> {
    if (this.#listening === null) return;
    const { address, server } = this.#listening;
    this.#listening = null;
    this.#context.environmentVariableCollection.delete(WATCH_VARIABLE);
    await server.close();
    leaveAddress(address);
  }

  #welcome(attached: AttachedProgram): void {
    const program = new ProgramModel(attached);
    this.#programs.push(program);
    this.#diagnosed.set(program, vscode.Disposable.from(this.#problems.add(program), watchLeaks(attached)));
    attached.listen((entry) => this.#tell(entry));
    const ended = this.#programs.filter((one) => one.program.ended);
    this.#drop(ended.slice(0, Math.max(0, ended.length - ENDED_LIMIT)));
    this.#started.fire(program);
    this.#changed.fire();
  }

  #tell(entry: Entry): void {
    if (entry.type === 'call-begin' || entry.type === 'call-end') this.#called.fire();
    if (entry.type.startsWith('handle-') || entry.type === 'end' || 'error' in entry) this.#changed.fire();
  }

  #drop(gone: readonly ProgramModel[]): void {
    if (gone.length === 0) return;
    for (const program of gone) {
      this.#programs.splice(this.#programs.indexOf(program), 1);
      this.#diagnosed.get(program)?.dispose();
      this.#diagnosed.delete(program);
      program.dispose();
    }
    this.#changed.fire();
  }
}
