import type { HandleKind } from '../shared/hierarchy.ts';
import type { BodyReader } from './bodyReader.ts';
import type { FindEntries } from './findData.ts';
import type { GopherFindEntries } from './gopherFindData.ts';
import type { HttpRequestData } from './httpRequest.ts';
import type { PageReader } from './pageReader.ts';
import type { ByteSink, DriverContext } from './ports/driver.ts';
import type { FtpSession } from './ports/ftp.ts';
import type { HttpServer } from './ports/http.ts';

/** What a closing handle still has to do. */
export interface Release {
  /** The handle's own connection is down; INTERNET_STATUS_HANDLE_CLOSING comes after it. */
  readonly closed?: Promise<void>;
  /** The work that closing completes, as an upload; InternetCloseHandle fails if it fails. */
  readonly outcome?: Promise<void>;
}

/** Anything that holds sockets or files while a handle is open. */
export interface Releasable {
  /**
   * Lets go; undefined where nothing has to be waited for.
   * @param interrupted a call on the handle was cut off by the closing
   */
  release?(interrupted: boolean): Release | undefined;
}

/** Of InternetOpen. */
export interface RootData extends Releasable {
  readonly agent: string | null;
  readonly flags: number;
}

/** Of InternetConnect for HTTP. */
export interface HttpConnectData extends Releasable {
  readonly server: HttpServer;
}

/** Where and as whom to log on. */
export interface FtpLogon {
  readonly host: string;
  readonly port: number;
  /** Null: anonymous. */
  readonly user: string | null;
  readonly password: string | null;
  /** INTERNET_FLAG_PASSIVE or not: active is the original's default. */
  readonly flags: number;
}

/** Of InternetConnect for FTP; the session is there once the logon is done. */
export interface FtpConnectData extends Releasable, FtpLogon {
  session: FtpSession | null;
}

/** A handle whose bytes are pulled. */
export interface ReadableData extends Releasable {
  /** Null until the answer is there, and for a file that is written. */
  reader: BodyReader | null;
}

/** Of InternetOpenUrl for a folder or menu, as HTML. */
export interface PageData extends Releasable {
  /** Null until the listing is there. */
  reader: PageReader | null;
}

/** Of FtpOpenFile, or of InternetOpenUrl for an FTP file. */
export interface FtpFileData extends ReadableData {
  readonly writer: ByteSink | null;
  /** The size in bytes, which may have to be asked for; null until the file is open. */
  readonly size: ((context: DriverContext) => Promise<number>) | null;
}

/** Of a search. */
export interface FindData extends Releasable {
  entries: FindEntries;
}

/** Of InternetConnect for Gopher: where the menu is that needs no locator. */
export interface GopherConnectData extends Releasable {
  readonly host: string;
  readonly port: number;
}

/** Of a Gopher menu or search. */
export interface GopherFindData extends Releasable {
  entries: GopherFindEntries;
}

interface DataByKind {
  root: RootData;
  'http-connect': HttpConnectData;
  'ftp-connect': FtpConnectData;
  'gopher-connect': GopherConnectData;
  'ftp-find': FindData;
  'ftp-find-html': PageData;
  'ftp-file': FtpFileData;
  'gopher-find': GopherFindData;
  'gopher-find-html': PageData;
  'gopher-file': ReadableData;
  'http-request': HttpRequestData;
}

/** What a handle of each kind carries. */
export type HandleData = { [K in HandleKind]: DataByKind[K] };
