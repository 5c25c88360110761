import type { Authentication } from './authentication.ts';
import { folderOf } from './url.ts';

interface Remembered {
  readonly authentication: Authentication;
  /** Folder of the first path that it opened, with its last slash. */
  readonly folder: string;
}

/**
 * Names and passwords that servers and proxies have accepted, for as long as the session of the browser lasts. As recorded,
 * another root knows them too (auth.credentials_remembered_new_session).
 */
export class CredentialsMemory {
  readonly #byPlace = new Map<string, Map<string, Remembered>>();

  /**
   * Keeps what has been accepted.
   * @param place who accepted it, as `http://host:port`
   * @param path of the request
   */
  remember(place: string, path: string, authentication: Authentication): void {
    const realms = this.#byPlace.get(place) ?? new Map<string, Remembered>();
    const known = realms.get(authentication.realm);
    const folder = folderOf(path);
    const wider = known !== undefined && folder.startsWith(known.folder) ? known.folder : folder;
    realms.set(authentication.realm, { authentication, folder: wider });
    this.#byPlace.set(place, realms);
  }

  /** What to send before anybody asks: the realm is taken to reach below the folder of a known page (RFC 7617 2.2). */
  forPath(place: string, path: string): Authentication | null {
    const all = [...(this.#byPlace.get(place)?.values() ?? [])].filter(({ folder }) =>
      folderOf(path).startsWith(folder),
    );
    return all.toSorted((one, other) => other.folder.length - one.folder.length)[0]?.authentication ?? null;
  }

  /** What to answer when asked. */
  forRealm(place: string, realm: string): Authentication | null {
    return this.#byPlace.get(place)?.get(realm)?.authentication ?? null;
  }

  /** Forgets what is not accepted any more. */
  forget(place: string, realm: string): void {
    this.#byPlace.get(place)?.delete(realm);
  }

  /** Forgets everything: the session of the browser has ended. */
  clear(): void {
    this.#byPlace.clear();
  }
}
