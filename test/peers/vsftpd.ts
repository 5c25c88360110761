import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificate } from './certificate.ts';
import { type LargeFile, writeContent } from './content.ts';
import { askVersion, findExecutable } from './findExecutable.ts';
import type { AbsentPeer, Peer } from './peer.ts';
import { type Loopback, startPeerProcess } from './peerProcess.ts';
import { findFreePorts } from './ports.ts';
import { makeFolder, makeScratchFolder, serviceAccount, startedByRoot, writeScratch } from './scratch.ts';

/**
 * vsftpd with anonymous logins only: the content files at the root (read only), `incoming/` for everything that
 * writes; passive and active mode, binary and ASCII transfers, TLS when asked for with AUTH TLS.
 * Without root it cannot lock itself in: paths then count from the login folder, which is not `/`.
 */
export interface VsftpdPeer extends Peer {
  readonly urls: { readonly ftp: string };
  readonly port: number;
  /** PEM text of the certificate that AUTH TLS presents. */
  readonly certificate: string;
  readonly large: LargeFile;
}

const passivePorts = 16;

/** Starts vsftpd; fails with its log when it is installed and does not start. */
export async function startVsftpd(host: Loopback = '127.0.0.1'): Promise<VsftpdPeer | AbsentPeer> {
  const executable = findExecutable('vsftpd');
  if (executable === undefined) {
    return { absent: 'vsftpd is not installed' };
  }
  // It prints its version on standard input, the one stream that it has as an inetd service.
  const version = await askVersion('/bin/sh', ['-c', `"${executable}" -v 0>&1`], /version (\S+)/);
  const folder = makeScratchFolder('vsftpd');
  const port = await findFreePorts(1 + passivePorts);
  const large = writeContent(makeFolder(folder, 'site'), 8);
  writeScratch(folder, 'site/.message', 'Welcome to the root of a peer.\n');
  chmodSync(makeFolder(folder, 'site/incoming'), 0o777);
  chmodSync(join(folder, 'site'), 0o555);
  makeFolder(folder, 'empty');
  const certificate = await makeCertificate(folder);
  const configuration = writeScratch(folder, 'vsftpd.conf', configure(folder, host, port), 0o600);
  const process = await startPeerProcess({
    name: 'vsftpd',
    // What it has to say before the first client goes to standard input as well.
    executable: '/bin/sh',
    args: ['-c', 'exec "$0" "$1" 0>&1', executable, configuration],
    folder,
    host,
    ports: [port],
    logs: ['vsftpd.log'],
  });
  return {
    name: 'vsftpd',
    version,
    urls: { ftp: `ftp://${host === '::1' ? '[::1]' : host}:${port}/` },
    port,
    certificate: certificate.pem,
    large,
    stop: process.stop,
  };
}

function configure(folder: string, host: Loopback, port: number): string {
  const settings: Readonly<Record<string, string | number | boolean>> = {
    ...(host === '::1'
      ? { listen: false, listen_ipv6: true, listen_address6: host }
      : { listen: true, listen_address: host }),
    listen_port: port,
    background: false,
    run_as_launching_user: !startedByRoot,
    nopriv_user: serviceAccount.user,
    // It changes to this user's home first, which nobody does not have.
    ftp_username: startedByRoot ? 'daemon' : serviceAccount.user,
    secure_chroot_dir: `${folder}/empty`,
    // Both need rights that containers do not grant, and guard against strangers, who cannot reach loopback.
    seccomp_sandbox: false,
    isolate: false,
    isolate_network: false,
    anonymous_enable: true,
    local_enable: false,
    anon_root: `${folder}/site`,
    anon_umask: '022',
    anon_world_readable_only: false,
    write_enable: true,
    anon_upload_enable: true,
    anon_mkdir_write_enable: true,
    anon_other_write_enable: true,
    mdtm_write: true,
    dirmessage_enable: true,
    ascii_download_enable: true,
    ascii_upload_enable: true,
    pasv_enable: true,
    pasv_address: '127.0.0.1',
    pasv_min_port: port + 1,
    pasv_max_port: port + passivePorts,
    port_enable: true,
    connect_from_port_20: false,
    xferlog_enable: true,
    xferlog_std_format: false,
    log_ftp_protocol: true,
    vsftpd_log_file: `${folder}/vsftpd.log`,
    ssl_enable: true,
    allow_anon_ssl: true,
    require_ssl_reuse: false,
    ssl_ciphers: 'HIGH',
    rsa_cert_file: `${folder}/tls/certificate.pem`,
    rsa_private_key_file: `${folder}/tls/key.pem`,
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${typeof value === 'boolean' ? (value ? 'YES' : 'NO') : value}\n`)
    .join('');
}
