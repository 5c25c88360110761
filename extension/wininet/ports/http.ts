import type { ByteSource, DriverContext, SocketSecurity, Timeouts } from './driver.ts';

/** Where an HTTP request goes. */
export interface HttpServer {
  /** An address of FTP or Gopher is asked of a proxy only. */
  readonly scheme: 'http' | 'https' | 'ftp' | 'gopher';
  readonly host: string;
  readonly port: number;
}

/** Which faults of a certificate are accepted. */
export interface CertificateTolerance {
  readonly unknownAuthority: boolean;
  readonly wrongName: boolean;
  readonly wrongDate: boolean;
  /** Its extended key usage is not that of a server. */
  readonly wrongUsage: boolean;
  /** Its key is too short, or it is signed with an outdated hash. */
  readonly weak: boolean;
  /** It is on a list of revoked ones, or none of its authority is at hand. */
  readonly revocation: boolean;
}

/** A certificate that the client presents, with its private key: it enters no journal. */
export interface ClientCertificate {
  /** The same only for the same certificate and key: those who present another must not share its connections. */
  readonly identity: string;
  /** As Node's TLS takes it; known to be sound. */
  readonly material: Readonly<Record<'cert' | 'key', string> | Record<'pfx', Uint8Array>> & {
    readonly passphrase?: string;
  };
}

/** One request of HTTP: exactly one message out and one answer in. Redirects, cookies and authentication are the engine's. */
export interface HttpExchange {
  readonly server: HttpServer;
  /** Forward proxy: requests to https servers go through CONNECT, all others in absolute form. */
  readonly proxy: { readonly host: string; readonly port: number } | null;
  /** Headers for the proxy's CONNECT, as Proxy-Authorization. */
  readonly proxyHeaders: readonly (readonly [name: string, value: string])[];
  readonly method: string;
  /** `HTTP/1.0` or `HTTP/1.1`; what is neither, or absent, goes as HTTP/1.1, which is all that drivers speak. */
  readonly version?: string;
  /** Path and query as they stand in the request line. */
  readonly target: string;
  /** All headers in their order, Host and Content-Length included; the driver adds none of its own but Connection. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array | AsyncIterable<Uint8Array> | null;
  readonly timeouts: Timeouts;
  /** Of a host's addresses, how many are tried; all where absent. */
  readonly addressLimit?: number;
  /** Connections to the server, or to the proxy where there is one. */
  readonly maxConnectionsPerServer: number;
  /** Who waits for a connection comes before those with a lower one; 0 where absent. */
  readonly priority?: number;
  /**
   * Whose request it is: while it is open, another's request gets its connection only when no more may be opened, as recorded
   * (http_state.many_requests_on_one_connect).
   */
  readonly holder?: { readonly open: boolean };
  /** False: the connection ends with the answer. */
  readonly keepAlive: boolean;
  readonly certificates: CertificateTolerance;
  /** What the server gets that asks for a certificate; where absent, its asking is a failure, before the request is sent. */
  readonly clientCertificate?: ClientCertificate | 'none' | undefined;
}

/** How TLS secures a connection, and what that is worth. */
export interface HttpSecurity extends SocketSecurity {
  /** DER of the server's certificate and of those that lead on from it, as far as they are known. */
  readonly chain: readonly Uint8Array[];
  /** What is wrong with them, tolerated or not. */
  readonly faults: CertificateFaults;
}

/** What can be wrong with a server's certificate. */
export interface CertificateFaults {
  readonly revoked: boolean;
  readonly unknownAuthority: boolean;
  readonly revocationUnknown: boolean;
  readonly weak: boolean;
  readonly wrongUsage: boolean;
  readonly wrongName: boolean;
  readonly wrongDate: boolean;
}

/** The socket that an answer came through. */
export interface HttpSocket {
  /** The system's number of it; 0 where that is not known, as on Windows. */
  readonly descriptor: number;
  readonly localPort: number;
  /** Of the proxy where there is one. */
  readonly remotePort: number;
  /** It had served another request before. */
  readonly reused: boolean;
}

/** The answer to a request; its body waits to be pulled. */
export interface HttpAnswer {
  readonly version: string;
  readonly status: number;
  readonly reason: string;
  /** In the server's order and spelling, one character per byte. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** It came without a head, as in HTTP/0.9: version, status and reason are what the original makes of that. */
  readonly simple: boolean;
  /** Absent where the answer came in the clear. */
  readonly security?: HttpSecurity | undefined;
  readonly socket: HttpSocket;
  readonly body: HttpAnswerBody;
}

/** The body of an answer. */
export interface HttpAnswerBody extends ByteSource {
  /**
   * Gives up the rest as `cancel` does, where the connection is wanted for the next request: resolves when it is free for that,
   * or closed.
   */
  drain(): Promise<void>;
  /** Lays hands on what has come: whoever reads that does not go to the connection. */
  prefetch(): void;
}

/** Speaks HTTP. */
export interface HttpDriver {
  /**
   * Sends one request and resolves when the head of the answer is there.
   * Rejects with DriverFailure: CANNOT_CONNECT, NAME_NOT_RESOLVED, TIMEOUT, CONNECTION_RESET, CONNECTION_ABORTED,
   * HTTP_INVALID_SERVER_RESPONSE, the SEC_CERT errors, CLIENT_AUTH_CERT_NEEDED, SECURITY_CHANNEL_ERROR, OPERATION_CANCELLED.
   */
  send(exchange: HttpExchange, context: DriverContext): Promise<HttpAnswer>;
  /** Ends every connection. */
  close(): Promise<void>;
}
