import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type ClientCertificate, makeCertificate, makeClientCertificate } from './certificate.ts';
import { type LargeFile, writeContent } from './content.ts';
import { askVersion, findExecutable } from './findExecutable.ts';
import type { AbsentPeer, Account, Peer } from './peer.ts';
import { startPeerProcess } from './peerProcess.ts';
import { findFreePorts } from './ports.ts';
import { makeFolder, makeScratchFolder, startedByRoot, writeScratch } from './scratch.ts';

/**
 * Apache. Below its address: `files/` (the content files), `basic/` and `digest/` (`secret.txt` behind either scheme,
 * realm `peer`), `chunked/page.shtml` (put together while it is sent, so without a length). `urls.https` is the same over TLS 1.2;
 * for its `known/` it demands a certificate of the client once it has seen the request.
 */
export interface ApachePeer extends Peer {
  readonly urls: { readonly http: string; readonly https: string };
  /** PEM text of the certificate behind `urls.https`. */
  readonly certificate: string;
  /** What `known/` accepts. */
  readonly client: ClientCertificate;
  /** What `basic/` and `digest/` accept. */
  readonly account: Account;
  readonly large: LargeFile;
}

const modulesFolder = '/usr/lib/apache2/modules';
const modules = `mpm_event authn_core authn_file authz_core authz_user auth_basic auth_digest alias dir mime filter
  include ssl`.split(/\s+/);
const account: Account = { user: 'grace', password: 'nanoseconds: 11.8"' };
const realm = 'peer';

/** Starts Apache; fails with its log when it is installed and does not start. */
export async function startApache(): Promise<ApachePeer | AbsentPeer> {
  const executable = findExecutable('apache2');
  if (executable === undefined || !existsSync(join(modulesFolder, 'mod_auth_digest.so'))) {
    return { absent: 'apache2 is not installed' };
  }
  const version = await askVersion(executable, ['-v'], /Apache\/(\S+)/);
  const folder = makeScratchFolder('apache');
  const port = await findFreePorts(2);
  const large = writeSite(folder);
  const certificate = await makeCertificate(folder);
  const configuration = writeScratch(folder, 'apache.conf', configure(folder, port));
  const process = await startPeerProcess({
    name: 'apache2',
    executable,
    args: ['-d', folder, '-f', configuration, '-DFOREGROUND'],
    folder,
    ports: [port, port + 1],
    logs: ['error.log'],
  });
  return {
    name: 'apache2',
    version,
    urls: { http: `http://127.0.0.1:${port}/`, https: `https://127.0.0.1:${port + 1}/` },
    certificate: certificate.pem,
    client: await makeClientCertificate(certificate),
    account,
    large,
    stop: process.stop,
  };
}

function writeSite(folder: string): LargeFile {
  const large = writeContent(makeFolder(folder, 'site/files'), 2);
  for (const area of ['basic', 'digest']) {
    writeScratch(folder, `site/${area}/secret.txt`, `Behind ${area}.\n`);
  }
  writeScratch(folder, 'site/known/who.txt', 'Somebody known.\n');
  const page = '<title>Put together</title>\n<!--#include virtual="/files/hello.txt" -->\n';
  writeScratch(folder, 'site/chunked/page.shtml', page);
  const { user, password } = account;
  const basic = createHash('sha1').update(password).digest('base64');
  const digest = createHash('md5').update(`${user}:${realm}:${password}`).digest('hex');
  writeScratch(folder, 'basic-passwords', `${user}:{SHA}${basic}\n`);
  writeScratch(folder, 'digest-passwords', `${user}:${realm}:${digest}\n`);
  makeFolder(folder, 'run');
  return large;
}

function configure(folder: string, port: number): string {
  const basic = `AuthType Basic\n  AuthBasicProvider file\n  AuthUserFile ${folder}/basic-passwords`;
  const digest = `AuthType Digest\n  AuthDigestProvider file\n  AuthUserFile ${folder}/digest-passwords`;
  const area = (path: string, scheme: string) =>
    `<Location "/${path}/">\n  ${scheme}\n  AuthName "${realm}"\n  Require valid-user\n</Location>`;
  return `
${modules.map((name) => `LoadModule ${name}_module ${modulesFolder}/mod_${name}.so`).join('\n')}
${startedByRoot ? 'User nobody\nGroup nogroup' : ''}
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
Listen 127.0.0.1:${port + 1}
PidFile ${folder}/run/apache.pid
DefaultRuntimeDir ${folder}/run
Mutex file:${folder}/run default
ErrorLog ${folder}/error.log
DocumentRoot ${folder}/site
TypesConfig /dev/null
AddType text/html .html .shtml
AddType text/plain .txt
AddCharset UTF-8 .txt .html .shtml
AddOutputFilter INCLUDES .shtml
KeepAlive On
StartServers 1
ServerLimit 2
ThreadsPerChild 16
MaxRequestWorkers 32
MinSpareThreads 1
MaxSpareThreads 32
<Directory "${folder}/site">
  Options +Includes
  Require all granted
</Directory>
<VirtualHost 127.0.0.1:${port + 1}>
  SSLEngine on
  SSLProtocol TLSv1.2
  SSLCertificateFile ${folder}/tls/certificate.pem
  SSLCertificateKeyFile ${folder}/tls/key.pem
  SSLCACertificateFile ${folder}/tls/certificate.pem
  <Location "/known/">
    SSLVerifyClient require
  </Location>
</VirtualHost>
${area('basic', basic)}
${area('digest', digest)}
`;
}
