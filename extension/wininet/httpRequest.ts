import * as constants from '../shared/constants.ts';
import type { Authentication, AuthenticationSide } from './authentication.ts';
import type { Credentials } from './basicAuthentication.ts';
import type { BodyReader } from './bodyReader.ts';
import type { Releasable, Release } from './handleData.ts';
import type { HttpUpload } from './httpUpload.ts';
import type { ClientCertificate, HttpAnswer, HttpAnswerBody, HttpServer } from './ports/http.ts';
import { type Header, RequestHeaders } from './requestHeaders.ts';
import type { SpooledBody } from './spooledBody.ts';
import { joinUrl } from './url.ts';

/** The answer that a request has received; its body is read elsewhere. */
export type AnswerHead = Omit<HttpAnswer, 'body'>;

/** One HTTP request between HttpOpenRequest (or InternetOpenUrl) and its closing. */
export class HttpRequestData implements Releasable {
  /** Where it goes now: a redirect changes server, path and verb. */
  server: HttpServer;
  path: string;
  verb: string;
  /** A real WinINet goes on in the version of the last answer. */
  version: string;
  readonly flags: number;
  readonly headers = new RequestHeaders();
  /** What went out last, request line first, with the headers as changed since; null before the first sending. */
  sent: { readonly line: string; readonly headers: readonly Header[] } | null = null;
  /** It went through a proxy. */
  viaProxy = false;
  /** What server and proxy have accepted from this request: it goes along when it is sent again. */
  readonly accepted: Record<AuthenticationSide, Authentication | null> = { server: null, proxy: null };
  /** What they refused last, if that was the end of a sending. */
  readonly refused: Record<AuthenticationSide, Authentication | null> = { server: null, proxy: null };
  /** A redirect led away from a server for which the program had given this name and password; null: none has. */
  left: { readonly credentials: Credentials | null } | null = null;
  /** What a server gets that asks for a certificate; null: nobody has decided yet. */
  clientCertificate: ClientCertificate | 'none' | null = null;
  answer: AnswerHead | null = null;
  /** Bytes of the answer's body as it comes, if it is decoded on the way; otherwise 0. */
  compressedLength = 0;
  /** The body as it comes; null where there is none to read. */
  body: HttpAnswerBody | null = null;
  reader: BodyReader | null = null;
  /** What has been read of the answer; null where nothing is kept. */
  spool: SpooledBody | null = null;
  /** The body that is being written, between HttpSendRequestEx and HttpEndRequest. */
  upload: HttpUpload | null = null;
  /** How often HttpEndRequest has asked for the upload again. */
  uploadRetries = 0;

  constructor(from: {
    readonly server: HttpServer;
    readonly path: string;
    readonly verb: string;
    readonly version: string;
    readonly flags: number;
  }) {
    this.server = from.server;
    this.path = from.path;
    this.verb = from.verb;
    this.version = from.version;
    this.flags = from.flags;
  }

  /** The URL that the request has arrived at. */
  get url(): string {
    return joinUrl({ ...this.server, path: this.path });
  }

  /** Was this INTERNET_FLAG_* given? */
  has(flag: number): boolean {
    return (this.flags & flag) !== 0;
  }

  /** Forgets the last answer before the request is sent again; resolves when its connection is free. */
  async forgetAnswer(): Promise<void> {
    const { reader, body } = this;
    this.reader = null;
    this.body = null;
    this.answer = null;
    this.#releaseSpool();
    await body?.drain();
    await reader?.cancel();
  }

  release(): Release | undefined {
    const { reader, upload } = this;
    this.#releaseSpool();
    if (upload !== null) return { outcome: upload.cancel() };
    // As recorded, INTERNET_STATUS_CONNECTION_CLOSED comes before INTERNET_STATUS_HANDLE_CLOSING, after which the handle is silent.
    const closed = reader?.cancel();
    // Nothing is left to wait for at the end of a body.
    return closed === undefined || reader?.atEnd === true ? undefined : { closed };
  }

  #releaseSpool(): void {
    this.spool?.release();
    this.spool = null;
  }
}

/** The server that a request goes to: INTERNET_FLAG_SECURE turns http into https. */
export function serverWithFlags(server: HttpServer, flags: number): HttpServer {
  return (flags & constants.INTERNET_FLAG_SECURE) !== 0 ? { ...server, scheme: 'https' } : server;
}
