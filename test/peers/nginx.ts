import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type ClientCertificate, makeCertificate, makeClientCertificate } from './certificate.ts';
import { type LargeFile, writeContent } from './content.ts';
import { askVersion, findExecutable } from './findExecutable.ts';
import type { AbsentPeer, Account, Peer } from './peer.ts';
import { startPeerProcess } from './peerProcess.ts';
import { findFreePorts } from './ports.ts';
import { giveToService, makeFolder, makeScratchFolder, startedByRoot, writeScratch } from './scratch.ts';

/**
 * nginx, the same site in clear and over TLS. Below each address: `files/` (the content files, ranges, validators, gzip
 * for text, `large.bin`), `slow/` (the same at 256 KiB/s), `chunked/` (the same without a length), `close/` (no
 * keep-alive), `private/` (Basic, realm `peer`), `upload/` (PUT, DELETE, MKCOL, COPY, MOVE), `redirect/301` to `308`
 * (absolute, to `files/hello.txt`), `redirect/relative`, `redirect/loop`, `redirect/cross` (to the other scheme),
 * `status/204`, `status/404`, `status/500` (with pages), `cookie` (sets two), `proxied/` (through itself), `limited`
 * (429 from the third request at once), `reflect` (answers with the request head and body it received), `late` (answers
 * after 0.6 s), `aborted` (closes without an answer). `urls.client` demands a certificate of the client, over TLS 1.2 and 1.3, and
 * has nothing but `who` (answers with the client's name).
 */
export interface NginxPeer extends Peer {
  readonly urls: { readonly http: string; readonly https: string; readonly client: string };
  /** PEM text of the certificate behind `urls.https`. */
  readonly certificate: string;
  /** What `urls.client` accepts. */
  readonly client: ClientCertificate;
  /** What `private/` accepts. */
  readonly account: Account;
  readonly large: LargeFile;
}

const echoModule = '/usr/lib/nginx/modules/ngx_http_echo_module.so';
const account: Account = { user: 'ada', password: 'first programmer' };

/** Starts nginx; fails with its log when it is installed and does not start. */
export async function startNginx(): Promise<NginxPeer | AbsentPeer> {
  const executable = findExecutable('nginx');
  if (executable === undefined) {
    return { absent: 'nginx is not installed' };
  }
  if (!existsSync(echoModule)) {
    return { absent: 'the echo module of nginx is not installed' };
  }
  const version = await askVersion(executable, ['-v'], /nginx\/(\S+)/);
  const folder = makeScratchFolder('nginx');
  const http = await findFreePorts(3);
  const large = writeSite(folder);
  const certificate = await makeCertificate(folder);
  const configuration = writeScratch(folder, 'nginx.conf', configure(folder, http));
  const process = await startPeerProcess({
    name: 'nginx',
    executable,
    args: ['-p', folder, '-e', `${folder}/error.log`, '-c', configuration],
    folder,
    ports: [http, http + 1, http + 2],
    logs: ['error.log'],
  });
  return {
    name: 'nginx',
    version,
    urls: {
      http: `http://127.0.0.1:${http}/`,
      https: `https://127.0.0.1:${http + 1}/`,
      client: `https://127.0.0.1:${http + 2}/`,
    },
    certificate: certificate.pem,
    client: await makeClientCertificate(certificate),
    account,
    large,
    stop: process.stop,
  };
}

function writeSite(folder: string): LargeFile {
  const large = writeContent(makeFolder(folder, 'site/files'), 64);
  writeScratch(folder, 'site/private/secret.txt', 'Only for those who know.\n');
  writeScratch(folder, 'site/errors/404.html', '<!DOCTYPE html>\n<title>No such thing</title>\n');
  writeScratch(folder, 'site/errors/500.html', '<!DOCTYPE html>\n<title>It broke</title>\n');
  const digest = createHash('sha1').update(account.password).digest('base64');
  writeScratch(folder, 'passwords', `${account.user}:{SHA}${digest}\n`);
  giveToService(makeFolder(folder, 'site/upload'));
  giveToService(makeFolder(folder, 'temporary'));
  return large;
}

function configure(folder: string, http: number): string {
  const https = http + 1;
  return `
daemon off;
worker_processes 1;
pid nginx.pid;
load_module ${echoModule};
${startedByRoot ? 'user nobody nogroup;' : ''}
events { worker_connections 256; }
http {
  access_log off;
  client_body_temp_path temporary/body;
  proxy_temp_path temporary/proxy;
  fastcgi_temp_path temporary/fastcgi;
  uwsgi_temp_path temporary/uwsgi;
  scgi_temp_path temporary/scgi;
  types { text/html html; text/plain txt; application/octet-stream bin dat; }
  charset utf-8;
  client_max_body_size 128m;
  keepalive_timeout 75s;
  gzip on;
  gzip_min_length 256;
  gzip_types text/plain;
  limit_req_zone $server_port zone=narrow:1m rate=1r/m;
  limit_req_status 429;
  server {
    listen 127.0.0.1:${http};
    set $other https://127.0.0.1:${https};
    ${locations(folder, http)}
  }
  server {
    listen 127.0.0.1:${https} ssl;
    ssl_certificate ${folder}/tls/certificate.pem;
    ssl_certificate_key ${folder}/tls/key.pem;
    set $other http://127.0.0.1:${http};
    ${locations(folder, http)}
  }
  server {
    listen 127.0.0.1:${http + 2} ssl;
    ssl_certificate ${folder}/tls/certificate.pem;
    ssl_certificate_key ${folder}/tls/key.pem;
    ssl_client_certificate ${folder}/tls/certificate.pem;
    ssl_verify_client on;
    location = /who { default_type text/plain; return 200 $ssl_client_s_dn; }
  }
}
`;
}

function locations(folder: string, http: number): string {
  const files = `alias ${folder}/site/files/;`;
  const redirects = [301, 302, 303, 307, 308].map(
    (code) => `location = /redirect/${code} { return ${code} $scheme://$http_host/files/hello.txt; }`,
  );
  return `
    root ${folder}/site;
    error_page 404 /errors/404.html;
    error_page 500 /errors/500.html;
    location /files/ { autoindex on; }
    location /slow/ { ${files} limit_rate 256k; }
    location /chunked/ { ${files} ssi on; ssi_types *; gzip off; }
    location /close/ { ${files} keepalive_timeout 0; }
    location /private/ { auth_basic peer; auth_basic_user_file ${folder}/passwords; }
    location /upload/ {
      dav_methods PUT DELETE MKCOL COPY MOVE;
      create_full_put_path on;
      dav_access user:rw group:r all:r;
    }
    ${redirects.join('\n    ')}
    location = /redirect/relative { absolute_redirect off; return 302 /files/hello.txt; }
    location = /redirect/loop { absolute_redirect off; return 302 /redirect/loop; }
    location = /redirect/cross { return 302 $other/files/hello.txt; }
    location = /status/204 { return 204; }
    location = /status/404 { return 404; }
    location = /status/500 { return 500; }
    location = /cookie {
      add_header Set-Cookie "session=abc123; Path=/; HttpOnly";
      add_header Set-Cookie "kept=yes; Path=/; Max-Age=3600";
      return 200 "received: $http_cookie\\n";
    }
    location /proxied/ { proxy_http_version 1.1; proxy_pass http://127.0.0.1:${http}/chunked/; }
    location = /limited { limit_req zone=narrow burst=1 nodelay; root ${folder}/site/files; try_files /hello.txt =404; }
    location = /reflect {
      default_type text/plain;
      gzip off;
      echo_read_request_body;
      echo -n $echo_client_request_headers;
      echo;
      echo -n $echo_request_body;
    }
    location = /late { default_type text/plain; echo_sleep 0.6; echo late; }
    location = /aborted { return 444; }
`;
}
