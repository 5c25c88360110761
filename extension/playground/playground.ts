import { randomBytes } from 'node:crypto';
import { makeCertificate } from './certificate.ts';
import { shownRows } from './ftp/playgroundTree.ts';
import { startFtpServer } from './ftpServer.ts';
import { gopherRows } from './gopher/gopherRows.ts';
import { startGopherServer } from './gopherServer.ts';
import { routes } from './http/routes.ts';
import { startWebServer } from './httpServer.ts';

/** Something to try: an address and what there is to see. */
export interface PlaygroundAddress {
  readonly url: string;
  readonly title: string;
  /** One sentence on what it shows. */
  readonly detail: string;
  readonly protocol: 'http' | 'https' | 'ftp' | 'gopher';
  readonly group: string;
}

/** Running servers on this computer's loopback interface, each on a free port. */
export interface Playground {
  readonly addresses: readonly PlaygroundAddress[];
  readonly http: URL;
  readonly https: URL;
  /** With the user and the password of the named account; without them everybody may come in as anonymous. */
  readonly ftp: URL;
  readonly gopher: URL;
  /** The certificate of the HTTPS server, PEM. Nobody has signed it, and it is gone when the servers stop. */
  readonly certificate: string;
  /** Ends every connection and resolves when none is left. */
  close(): Promise<void>;
}

/** Where to listen, and the clock of everything the servers date. */
export interface PlaygroundOptions {
  /** A loopback address: 127.0.0.1 unless told otherwise. */
  readonly host?: string;
  readonly now?: () => Date;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

/**
 * Starts the HTTP, the HTTPS, the FTP and the Gopher server.
 * Throws a RangeError for a host that other computers could reach, and the system's error when a server cannot listen.
 */
export async function startPlayground(options: PlaygroundOptions = {}): Promise<Playground> {
  const { host = '127.0.0.1', now = () => new Date() } = options;
  if (!LOOPBACK.test(host)) {
    throw new RangeError(`The playground listens on loopback addresses only, not on ${host}`);
  }
  const tls = await makeCertificate(host);
  const started: { close(): Promise<void> }[] = [];
  const keep = <Server extends { close(): Promise<void> }>(server: Server): Server => {
    started.push(server);
    return server;
  };
  const close = async (): Promise<void> => {
    await Promise.all(started.splice(0).map((server) => server.close()));
  };
  try {
    const http = keep(await startWebServer(host));
    const https = keep(await startWebServer(host, tls));
    const ftp = keep(await startFtpServer(host, { now }));
    const gopher = keep(await startGopherServer(host, { now }));
    const anonymous = new URL(`ftp://${ftp.url.host}/`);
    const site = { http: http.url, https: https.url, ftp: anonymous, routes, secret: randomBytes(32), now };
    http.serve(site);
    https.serve(site);
    return {
      addresses: [
        ...webAddresses(http.url),
        ...webAddresses(https.url),
        ...ftpAddresses(anonymous, ftp.url),
        ...gopherAddresses(gopher.url),
      ],
      http: http.url,
      https: https.url,
      ftp: ftp.url,
      gopher: gopher.url,
      certificate: tls.certificate,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function webAddresses(server: URL): PlaygroundAddress[] {
  const protocol = server.protocol === 'https:' ? 'https' : 'http';
  return routes.map(({ path, title, detail, group }) => ({
    url: new URL(path, server).href,
    title,
    detail,
    protocol,
    group,
  }));
}

function ftpAddresses(anonymous: URL, named: URL): PlaygroundAddress[] {
  const protocol = 'ftp';
  const group = 'Login';
  return [
    {
      url: anonymous.href,
      title: 'As a guest',
      detail: 'Everybody comes in as anonymous, with any e-mail address as password.',
      protocol,
      group,
    },
    {
      url: named.href,
      title: 'By name',
      detail: `The user is "${named.username}", the password "${named.password}"; a wrong one is refused with 530.`,
      protocol,
      group,
    },
    ...shownRows.map(({ path, ...words }) => {
      const escaped = path.split('/').map(encodeURIComponent).join('/');
      return { url: new URL(escaped, anonymous).href, ...words, protocol } as const;
    }),
  ];
}

function gopherAddresses(server: URL): PlaygroundAddress[] {
  return gopherRows.flatMap(({ selector, type, title, shown }) => {
    const path = `${type}${selector.split('/').map(encodeURIComponent).join('/')}`;
    const url = selector === '' ? server.href : new URL(path, server).href;
    return shown === undefined ? [] : [{ url, title, ...shown, protocol: 'gopher' as const }];
  });
}
