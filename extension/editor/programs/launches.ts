import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { LAUNCH_VARIABLE, WATCH_VARIABLE } from '../../shared/watchProtocol.ts';
import type { ProgramModel } from './programModel.ts';
import type { ProgramPanels } from './programPanels.ts';
import type { ProgramWatch } from './programWatch.ts';
import { showStartFailure, startFailure } from './startFailure.ts';

/** Type of this extension's debug configurations in package.json. */
export const LAUNCH_TYPE = 'hinternet';
/** Types of VS Code's own debugger that start a Node program. */
const NODE_TYPES = ['node', 'pwa-node', 'node-terminal'];
/** The type that they have once they run. */
const TRACKED_TYPE = 'pwa-node';
/** VS Code puts the path of the active file in its place. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of VS Code, not of this program
const ACTIVE_FILE = '${file}';
/** The library's own code: whoever steps through a program steps over it. */
const LIBRARY_FILES = ['**/dist/wininet.js', '**/dist/wininet.cjs'];

/** Lets every Node program that is debugged here be watched, and adds a configuration which shows the program's graph as well. */
export class Launches implements vscode.Disposable {
  readonly #watch: ProgramWatch;
  readonly #registrations: vscode.Disposable;
  /** Launches whose graph is to be shown when a program of theirs introduces itself: it may be another than was asked for, as what
   *  was compiled from a TypeScript file, or what an npm script starts. */
  readonly #awaited = new Set<string>();
  /** The program whose graph was shown last. */
  #shown: ProgramModel | null = null;

  constructor(watch: ProgramWatch, panels: ProgramPanels) {
    this.#watch = watch;
    const { registerDebugConfigurationProvider } = vscode.debug;
    this.#registrations = vscode.Disposable.from(
      ...NODE_TYPES.map((type) =>
        registerDebugConfigurationProvider(type, {
          // The last question before the start: whatever the configuration was made from, it is complete now.
          resolveDebugConfigurationWithSubstitutedVariables: (_folder, configuration) => this.#watched(configuration),
        }),
      ),
      vscode.debug.registerDebugAdapterTrackerFactory(TRACKED_TYPE, {
        createDebugAdapterTracker: (session) => ({
          onDidSendMessage: (message) => this.#explain(session, message),
        }),
      }),
      registerDebugConfigurationProvider(LAUNCH_TYPE, {
        provideDebugConfigurations: () => [launchOf(ACTIVE_FILE)],
        resolveDebugConfiguration: (_folder, configuration) => asNodeLaunch(configuration),
      }),
      watch.onDidStart((started) => {
        const { pid, thread, engine, launch } = started.program;
        if (launch !== null && this.#awaited.delete(launch)) {
          this.#shown = started;
          panels.show(started, null, true);
        }
        // Who makes an engine of its own and nothing with the other one means that.
        const shown = this.#shown;
        if (thread !== 0 || engine === null || shown?.program.pid !== pid || shown.history.tree.seq > 0) return;
        this.#shown = null;
        panels.show(started, null, true);
      }),
    );
  }

  dispose(): void {
    this.#registrations.dispose();
  }

  /** A program whose graph was promised and that cannot begin: Node says what is the matter, and not what to do. */
  #explain({ configuration, parentSession }: vscode.DebugSession, message: unknown): void {
    const launch: unknown = (parentSession?.configuration ?? configuration).env?.[LAUNCH_VARIABLE];
    if (typeof launch !== 'string' || !this.#awaited.has(launch)) return;
    const failure = startFailure(message);
    if (failure === null) return;
    this.#awaited.delete(launch);
    void showStartFailure(failure);
  }

  async #watched(configuration: vscode.DebugConfiguration): Promise<vscode.DebugConfiguration> {
    const address = await this.#watch.address();
    if (configuration.request !== 'launch' || address === null) return configuration;
    const { [SHOWN]: shown, env, skipFiles, ...rest } = configuration;
    return {
      ...rest,
      env: { ...env, [WATCH_VARIABLE]: address, ...(shown === true && { [LAUNCH_VARIABLE]: this.#await() }) },
      skipFiles: [...(Array.isArray(skipFiles) ? skipFiles : []), ...LIBRARY_FILES],
    };
  }

  #await(): string {
    const launch = randomUUID();
    this.#awaited.add(launch);
    return launch;
  }
}

/** The configuration that runs a file under the debugger and shows its graph. */
export function launchOf(program: string): vscode.DebugConfiguration {
  return { type: LAUNCH_TYPE, request: 'launch', name: vscode.l10n.t('HINTERNET: Run File'), program };
}

/** Marks a configuration of ours after it has become one of VS Code's debugger. */
const SHOWN = 'hinternetGraph';

/** VS Code's own debugger does the work. With nothing to run, the active file is meant. */
function asNodeLaunch(configuration: vscode.DebugConfiguration): vscode.DebugConfiguration {
  const { type: _ours, request: _launch, name, program, skipFiles, ...rest } = configuration;
  return {
    ...rest,
    type: 'node',
    request: 'launch',
    name: name ?? vscode.l10n.t('HINTERNET: Run File'),
    // As `npm` with `run` and the name of a script.
    ...(program === undefined && rest.runtimeExecutable !== undefined ? {} : { program: program ?? ACTIVE_FILE }),
    skipFiles: [...(Array.isArray(skipFiles) ? skipFiles : []), '<node_internals>/**'],
    [SHOWN]: true,
  };
}
