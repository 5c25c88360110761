import type { GopherItem } from '../../shared/gopherItem.ts';
import type { ByteSource, DriverContext, Timeouts } from './driver.ts';

/** One request to a Gopher server. Each has a connection of its own, as the protocol wants it. */
export interface GopherRequest {
  readonly host: string;
  readonly port: number;
  /** What is sent, without its line end: the selector, behind tabs the words of a search and what Gopher+ adds. */
  readonly line: string;
  /** The line asks in the way of Gopher+, so the answer has to begin as those of Gopher+ do. */
  readonly plus: boolean;
  readonly timeouts: Timeouts;
}

/** A part of what a Gopher+ server tells about an item, as `+ADMIN:` and the lines below it. */
export interface GopherBlock {
  /** Without plus and colon, as `ADMIN`. */
  readonly name: string;
  /** What stands behind the colon. */
  readonly value: string;
  /** The lines below, without their leading blank. */
  readonly lines: readonly string[];
}

/** One entry of a menu. */
export interface GopherEntry {
  readonly item: GopherItem;
  /** Empty where the server was not asked in the way of Gopher+. */
  readonly blocks: readonly GopherBlock[];
}

/**
 * Speaks Gopher. Everything rejects with DriverFailure: NAME_NOT_RESOLVED, CANNOT_CONNECT, TIMEOUT, CONNECTION_RESET,
 * OPERATION_CANCELLED; ERROR_INTERNET_EXTENDED_ERROR where the server refuses in words; ERROR_GOPHER_PROTOCOL_ERROR for what is
 * no answer, ERROR_GOPHER_DATA_ERROR for one that is cut short or has no end, ERROR_GOPHER_END_OF_DATA for none at all,
 * ERROR_GOPHER_NOT_GOPHER_PLUS.
 */
export interface GopherDriver {
  /** Fetches a menu or the hits of a search. */
  menu(request: GopherRequest, context: DriverContext): Promise<readonly GopherEntry[]>;
  /** Asks a phone book (CSO name server); each line that it finds is an item of words only. The request's line is what to look for. */
  phoneBook(request: GopherRequest, context: DriverContext): Promise<readonly GopherEntry[]>;
  /** Fetches what a Gopher+ server tells about an item. */
  blocks(request: GopherRequest, context: DriverContext): Promise<readonly GopherBlock[]>;
  /**
   * Begins to fetch a file; resolves when the first bytes are there.
   * @param isText the file ends with a line that is a dot, where the answer does not say otherwise
   */
  openRead(request: GopherRequest, isText: boolean, context: DriverContext): Promise<ByteSource>;
}
