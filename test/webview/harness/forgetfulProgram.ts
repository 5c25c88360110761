// What the pictures of watched programs and of traces show: node forgetfulProgram.ts PLAYGROUND [careful | throws | stays]
import {
  FILE_BEGIN,
  HTTP_QUERY_STATUS_CODE,
  HttpOpenRequest,
  HttpQueryInfo,
  HttpSendRequest,
  INTERNET_SERVICE_HTTP,
  InternetCloseHandle,
  InternetConnect,
  InternetOpen,
  InternetReadFile,
  InternetSetFilePointer,
} from 'hinternet-explorer/wininet';

const [, , playground = '', manner] = process.argv;
const { hostname, port } = new URL(playground);
const isCareful = manner === 'careful';

const root = await InternetOpen('fetcher/2.1', 0, null, null, 0);
const session = await InternetConnect(root, hostname, Number(port), null, null, INTERNET_SERVICE_HTTP, 0, 0);
const open = (path: string) => HttpOpenRequest(session, 'GET', path, null, null, null, 0, 0);

for (const path of ['/bytes/4096', '/status/404', '/bytes/20000']) {
  const request = await open(path);
  await HttpSendRequest(request);
  if (isCareful) await HttpQueryInfo(request, HTTP_QUERY_STATUS_CODE);
  while ((await InternetReadFile(request, new Uint8Array(8192))) > 0) if (!isCareful) break;
  if (isCareful || path.startsWith('/status')) await InternetCloseHandle(request);
}

if (isCareful) {
  await InternetCloseHandle(root);
} else {
  const hasty = await open('/bytes/1024');
  await InternetReadFile(hasty, new Uint8Array(64)).catch(() => undefined);
  // @ts-expect-error A handle of the wrong kind is one of the mistakes that the pictures show.
  await InternetSetFilePointer(root, 0, null, FILE_BEGIN).catch(() => undefined);
}
if (manner === 'throws') throw new Error('nobody caught this');
if (manner === 'stays') setInterval(() => undefined, 1000);
