import { existsSync } from 'node:fs';
import { makeCertificate } from './certificate.ts';
import { type LargeFile, writeContent } from './content.ts';
import { askVersion, findExecutable } from './findExecutable.ts';
import type { AbsentPeer, Account, Peer } from './peer.ts';
import { type Loopback, startPeerProcess } from './peerProcess.ts';
import { findFreePorts } from './ports.ts';
import {
  giveToService,
  makeFolder,
  makeScratchFolder,
  serviceAccount,
  startedByRoot,
  writeScratch,
} from './scratch.ts';

/**
 * ProFTPD with two virtual users, both at home in the content files: `account` may change everything, `reader` may only
 * read. Passive and active mode, TLS when asked for with AUTH TLS. No anonymous logins.
 * Without root it cannot lock itself in: paths then count from the login folder, which is not `/`.
 */
export interface ProftpdPeer extends Peer {
  readonly urls: { readonly ftp: string };
  readonly port: number;
  readonly account: Account;
  readonly reader: Account;
  /** PEM text of the certificate that AUTH TLS presents. */
  readonly certificate: string;
  readonly large: LargeFile;
}

const passivePorts = 16;
const modulesFolder = '/usr/lib/proftpd';
const account: Account = { user: 'ada', password: 'first programmer' };
const reader: Account = { user: 'reader', password: 'look: do not touch' };

// Made with `openssl passwd -6 -salt peer` from the passwords above: Node has no crypt(3).
const hashes = {
  account: '$6$peer$bhK9NoeD.dsUcdt4lvyeHaf2OB9NSvAL3.ITybZPakXJ03APGYM..L.LhXk3GJq0ckwmrt8Moph/dFxZHttri/',
  reader: '$6$peer$Yaj//hLzZYGchEJhi0/sc8j89KMmedg7EGMiUz9XSVRgvUSjYN5P8h33kq8RW/.HMX7vD6PGsoeLvtqTV2jSV1',
};

/** Starts ProFTPD; fails with its log when it is installed and does not start. */
export async function startProftpd(host: Loopback = '127.0.0.1'): Promise<ProftpdPeer | AbsentPeer> {
  const executable = findExecutable('proftpd');
  if (executable === undefined) {
    return { absent: 'proftpd is not installed' };
  }
  if (!existsSync(`${modulesFolder}/mod_tls.so`)) {
    return { absent: 'the TLS module of proftpd is not installed' };
  }
  const version = await askVersion(executable, ['--version'], /Version (\S+)/);
  const folder = makeScratchFolder('proftpd');
  const port = await findFreePorts(1 + passivePorts);
  const large = writeContent(makeFolder(folder, 'site'), 8);
  giveToService(makeFolder(folder, 'site'));
  writeUsers(folder);
  const certificate = await makeCertificate(folder);
  const configuration = writeScratch(folder, 'proftpd.conf', configure(folder, host, port), 0o600);
  const process = await startPeerProcess({
    name: 'proftpd',
    executable,
    args: ['--nodaemon', '--config', configuration],
    folder,
    host,
    ports: [port],
    logs: ['proftpd.log', 'tls.log'],
  });
  return {
    name: 'proftpd',
    version,
    urls: { ftp: `ftp://${host === '::1' ? '[::1]' : host}:${port}/` },
    port,
    account,
    reader,
    certificate: certificate.pem,
    large,
    stop: process.stop,
  };
}

function writeUsers(folder: string): void {
  const { uid, gid } = serviceAccount;
  const line = (user: string, hash: string) => `${user}:${hash}:${uid}:${gid}::${folder}/site:/bin/false\n`;
  writeScratch(folder, 'users', line(account.user, hashes.account) + line(reader.user, hashes.reader), 0o600);
  writeScratch(folder, 'groups', `peer:x:${gid}:${account.user},${reader.user}\n`, 0o600);
}

function configure(folder: string, host: Loopback, port: number): string {
  return `
ModulePath ${modulesFolder}
LoadModule mod_tls.c
ServerName "ProFTPD peer"
ServerType standalone
DefaultAddress ${host}
SocketBindTight on
Port ${port}
PassivePorts ${port + 1} ${port + passivePorts}
UseIPv6 ${host === '::1' ? 'on' : 'off'}
UseReverseDNS off
WtmpLog off
PidFile ${folder}/proftpd.pid
ScoreboardFile ${folder}/scoreboard
SystemLog ${folder}/proftpd.log
TransferLog NONE
User ${serviceAccount.user}
Group ${serviceAccount.group}
AuthOrder mod_auth_file.c
AuthUserFile ${folder}/users
AuthGroupFile ${folder}/groups
RequireValidShell off
${startedByRoot ? 'DefaultRoot ~' : ''}
AllowOverwrite on
AllowStoreRestart on
AllowRetrieveRestart on
<Limit WRITE>
  DenyUser ${reader.user}
</Limit>
<IfModule mod_delay.c>
  DelayEngine off
</IfModule>
TLSEngine on
TLSLog ${folder}/tls.log
TLSRequired off
TLSRSACertificateFile ${folder}/tls/certificate.pem
TLSRSACertificateKeyFile ${folder}/tls/key.pem
TLSOptions NoSessionReuseRequired
TLSRenegotiate none
`;
}
