import { connect, isIP, type Socket, type TcpNetConnectOpts } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { DriverFailure, type DriverObserver } from '../wininet/ports/driver.ts';
import type { CertificateTolerance, HttpExchange, HttpServer } from '../wininet/ports/http.ts';
import { type AddressLookup, addressLookup } from './addressLookup.ts';
import { socketErrorOfCause, symbolOfCause } from './causeMap.ts';
import { certificateRefused, certificateWanted, handshakeOf } from './clientVerdict.ts';
import { type HttpPhase, httpFailure, httpFailureOf } from './httpFailure.ts';
import { authority } from './httpRequestHead.ts';
import type { HttpTrust } from './httpTrust.ts';
import { openTunnel } from './httpTunnel.ts';
import { judgeCertificate } from './tlsVerdict.ts';

/** Where a connection leads. */
export interface HttpRoute {
  readonly server: HttpServer;
  readonly proxy: { readonly host: string; readonly port: number } | null;
  readonly certificates: CertificateTolerance;
  readonly clientCertificate: HttpExchange['clientCertificate'];
}

/** What one attempt to open a connection needs. */
export interface HttpOpening {
  readonly route: HttpRoute;
  /** Headers for CONNECT. */
  readonly proxyHeaders: readonly (readonly [name: string, value: string])[];
  readonly trust: HttpTrust;
  /** From the look-up to the end of the handshake, in milliseconds; 0 means no limit. */
  readonly timeout: number;
  /** Of a host's addresses, how many are tried; all where undefined. */
  readonly addressLimit: number | undefined;
  readonly observer: DriverObserver;
  /** Called once. `refusal` is a proxy's answer to CONNECT that opened no tunnel: the socket then still leads to the proxy. */
  readonly done: (failure: DriverFailure | null, socket: Socket | null, refusal?: HttpRefusal) => void;
}

/** A proxy's answer to CONNECT other than 2xx, from its first byte, and how long the request was. */
export interface HttpRefusal {
  readonly answer: Buffer;
  readonly requestBytes: number;
}

/**
 * Opens a connection: look-up, TCP, tunnel, TLS, whichever the route has. Every step is reported to the observer by the
 * socket that takes it. Nothing of the request is sent before the certificate is judged.
 *
 * @returns gives the attempt up
 */
export function openConnection(opening: HttpOpening): (failure: DriverFailure) => void {
  const { route, observer, timeout } = opening;
  const near = route.proxy ?? route.server;
  const peer = authority(near.host, near.port);
  const host = bareHost(near.host);
  let phase: HttpPhase = 'connect';
  let timer: NodeJS.Timeout | undefined;
  let settled = false;
  let connected = false;
  // Destroying the socket below a TLS socket during its handshake crashes Node 24: the upper one has to go first.
  let outermost: Socket | undefined;
  const settle = (failure: DriverFailure | null, ready: Socket | null, refusal?: HttpRefusal) => {
    if (settled) return;
    settled = true;
    clearTimeout(timer);
    if (failure === null) opening.done(null, ready, refusal);
    else closeAfter(connected, outermost ?? socket, observer, () => opening.done(failure, null));
  };
  const fail = (error: unknown) => settle(httpFailureOf(error, phase, peer), null);

  observer({ type: 'resolving', host });
  if (isIP(host) !== 0) observer({ type: 'resolved', address: host });
  // Larger reads than by default, for fast downloads; Node passes the mark on to the stream, its type does not know it.
  const target: TcpNetConnectOpts & { highWaterMark: number } = {
    host: host === '' ? NAMELESS : host,
    port: near.port,
    lookup:
      host === ''
        ? findNobody
        : addressLookup(opening.addressLimit, (address) => observer({ type: 'resolved', address })),
    highWaterMark: 65_536,
  };
  const socket = connect(target);
  socket.setNoDelay(true);
  socket.on('connectionAttempt', (address: string) => observer({ type: 'connecting', address }));
  socket.on('error', fail);
  if (timeout > 0) {
    const late = httpFailure('http: time-out elapsed', peer, `could not be reached within ${timeout} ms`);
    timer = setTimeout(() => settle(late, null), timeout);
  }

  const secure = () => {
    phase = 'secure';
    outermost = secureSocket(socket, opening, (error, secured) =>
      error === null ? settle(null, secured) : fail(error),
    );
  };
  socket.once('connect', () => {
    connected = true;
    observer({ type: 'connected', address: socket.remoteAddress ?? host });
    if (route.server.scheme !== 'https') settle(null, socket);
    else if (route.proxy === null) secure();
    else
      openTunnel(socket, opening, (error, refusal) => {
        if (error !== null) fail(error);
        else if (refusal === null) secure();
        else settle(null, socket, refusal);
      });
  });
  return (failure) => settle(failure, null);
}

/** Node takes an empty host for this machine, so what stands in for it has to be looked up in vain. */
const NAMELESS = 'nameless';

const findNobody: AddressLookup = (_host, _options, callback) => {
  const sentence = 'The proxy has no name: pass one as lpszProxy, or open the root with INTERNET_OPEN_TYPE_DIRECT.';
  const failure = new DriverFailure(symbolOfCause('ENOTFOUND'), sentence, undefined, socketErrorOfCause('ENOTFOUND'));
  setImmediate(() => callback(failure, ''));
};

/** Ends a connection that came to nothing; one that stood is reported as closed. */
function closeAfter(connected: boolean, socket: Socket, observer: DriverObserver, done: () => void): void {
  if (!connected) {
    socket.destroy();
    done();
    return;
  }
  observer({ type: 'closing' });
  const closed = () => {
    observer({ type: 'closed' });
    done();
  };
  if (socket.closed) closed();
  else socket.once('close', closed).destroy();
}

function secureSocket(
  socket: Socket,
  { route, trust }: HttpOpening,
  done: (error: Error | null, secured: TLSSocket | null) => void,
): TLSSocket {
  const host = bareHost(route.server.host);
  const peer = authority(host, route.server.port);
  const secureContext = trust.contextFor(route.clientCertificate);
  const secured = connectTls({
    socket,
    // RFC 6066 3: an address is no server name.
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(secureContext === undefined ? {} : { secureContext }),
    ALPNProtocols: ['http/1.1'],
    // The verdict is ours: Node's would not distinguish the faults that a caller may tolerate.
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
  });
  secured.setNoDelay(true);
  secured.on('error', (error) => {
    const refused = certificateRefused(handshakeOf(secured), route, peer, error);
    done(refused ?? error, null);
  });
  // A peer that closes in the middle of the handshake raises no error on some versions.
  secured.on('close', () => done(httpFailureOf(undefined, 'secure', peer), null));
  secured.once('secureConnect', () => {
    // The server comes first: nobody is asked to show a certificate to one that is not trusted.
    const failure = judgeCertificate(secured, route, trust.authorities) ?? certificateWanted(secured, route, peer);
    if (failure === null) done(null, secured);
    else done(failure, null);
  });
  return secured;
}

/** A host without the brackets that an IPv6 address has in a URL. */
export function bareHost(host: string): string {
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
}
