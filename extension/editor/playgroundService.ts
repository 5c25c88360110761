import * as vscode from 'vscode';
import type { Playground } from '../playground/playground.ts';

const MESSAGE_MILLISECONDS = 5000;

/** This window's playground: servers on the loopback interface that run until they are stopped or the window closes. */
export class PlaygroundService implements vscode.Disposable {
  #running: Playground | null = null;
  #starting: Promise<Playground> | null = null;
  #disposed = false;

  /** The playground; null while it does not run. */
  get running(): Playground | null {
    return this.#running;
  }

  /** Starts the servers, or answers with those that run. Throws the system's error when a server cannot listen. */
  async start(): Promise<Playground> {
    if (this.#running !== null) return this.#running;
    this.#starting ??= this.#start();
    try {
      return await this.#starting;
    } finally {
      this.#starting = null;
    }
  }

  /** Ends every connection and the servers. */
  async stop(): Promise<void> {
    await this.#starting?.catch(() => undefined);
    const running = this.#running;
    if (running === null) return;
    this.#tell(null);
    await running.close();
    this.#status(vscode.l10n.t('The HINTERNET playground has stopped.'));
  }

  dispose(): void {
    this.#disposed = true;
    // The window is closing: nobody is left to hear of a failure.
    void this.stop().catch(() => undefined);
  }

  async #start(): Promise<Playground> {
    // Loaded when it is wanted: the servers cost nothing at the start of the window.
    const { startPlayground } = await import('../playground/playground.ts');
    const playground = await startPlayground();
    if (this.#disposed) {
      await playground.close();
      throw new vscode.CancellationError();
    }
    this.#tell(playground);
    this.#status(vscode.l10n.t('The HINTERNET playground runs at {0}', playground.http.href));
    return playground;
  }

  #tell(playground: Playground | null): void {
    this.#running = playground;
    void vscode.commands.executeCommand('setContext', 'hinternet.playgroundRunning', playground !== null);
  }

  #status(message: string): void {
    if (!this.#disposed) vscode.window.setStatusBarMessage(message, MESSAGE_MILLISECONDS);
  }
}
