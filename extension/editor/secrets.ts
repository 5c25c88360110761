import type * as vscode from 'vscode';

/** Whose password it is. */
export interface Account {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
}

/** Passwords in VS Code's secret storage, one for each account at a server. They are kept nowhere else. */
export class Passwords {
  readonly #store: vscode.SecretStorage;

  constructor(store: vscode.SecretStorage) {
    this.#store = store;
  }

  /** The remembered password, if there is one. */
  async recall(account: Account): Promise<string | undefined> {
    return await this.#store.get(keyOf(account));
  }

  /** Remembers a password, or forgets it. */
  async keep(account: Account, password: string | null): Promise<void> {
    if (password === null) await this.#store.delete(keyOf(account));
    else await this.#store.store(keyOf(account), password);
  }
}

function keyOf({ scheme, user, host, port }: Account): string {
  return `${scheme}://${encodeURIComponent(user)}@${host.toLowerCase()}:${port}`;
}
