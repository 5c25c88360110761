import { redact } from '../shared/redact.ts';
import { joinUrl, splitUrl } from '../wininet/url.ts';

/** Where the history is kept: a part of vscode.Memento. */
export interface HistoryStore {
  get(key: string): unknown;
  update(key: string, value: readonly string[]): PromiseLike<void>;
}

const KEY = 'urlHistory';
const LIMIT = 20;

/** The URLs that were opened last, the newest first. Credentials never enter it. */
export class UrlHistory {
  readonly #store: HistoryStore;

  constructor(store: HistoryStore) {
    this.#store = store;
  }

  get urls(): readonly string[] {
    const stored = this.#store.get(KEY);
    return Array.isArray(stored) ? stored.filter((url) => typeof url === 'string').slice(0, LIMIT) : [];
  }

  /** Puts a URL that the engine accepts first. One with a secret in its query is left out: without it it would be useless. */
  async add(url: string): Promise<void> {
    const clean = joinUrl(splitUrl(url));
    if (redact(clean) !== clean) return;
    await this.#store.update(KEY, [clean, ...this.urls.filter((one) => one !== clean)].slice(0, LIMIT));
  }
}
