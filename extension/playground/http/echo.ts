import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { sendBytes, sendJson, sendText } from './answers.ts';
import { readBody } from './requestBody.ts';
import { ANY_METHOD, type Exchange, type Route } from './route.ts';

const SHOWN_BODY = 1024 * 1024;

const FORM_PAGE = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>A form</title>
<h1>A form</h1>
<form method="post" action="/form/submit">
<p><label>Name <input name="name" value="Ada"></label></p>
<p><label>Message <textarea name="message">one &amp; two = three + naïve café</textarea></label></p>
<p><button>Send</button></p>
</form>
<form method="post" action="/upload" enctype="multipart/form-data">
<p><label>File <input type="file" name="file"></label> <button>Upload</button></p>
</form>
</html>
`;

/** Pages that tell the client what it sent. */
export const echoRoutes: readonly Route[] = [
  {
    path: '/echo',
    methods: ANY_METHOD,
    group: 'Sending',
    title: 'Echo',
    detail: 'Repeats the request line, every header as it was written, and the body, as text.',
    answer: echo,
  },
  {
    path: '/echo/body',
    methods: ANY_METHOD,
    group: 'Sending',
    title: 'Echo the body only',
    detail: 'Sends back exactly the bytes it gets, while it gets them, with the same Content-Type.',
    answer: ({ request, response }) => {
      response.writeHead(200, {
        'Content-Type': request.headers['content-type'] ?? 'application/octet-stream',
        // The body may be a hostile page: as a document it must not run here.
        'Content-Security-Policy': 'sandbox',
        'X-Content-Type-Options': 'nosniff',
      });
      return pipeline(request, response);
    },
  },
  {
    path: '/upload',
    methods: ['GET', 'HEAD', 'PUT', 'POST'],
    group: 'Sending',
    title: 'Upload',
    detail: 'PUT or POST any amount: the bytes are counted and digested with SHA-256, and nothing is kept.',
    answer: digestUpload,
  },
  {
    path: '/form',
    group: 'Sending',
    title: 'Form',
    detail: 'An HTML page with a form to send and a file to upload.',
    answer: (exchange) => sendBytes(exchange, 200, 'text/html; charset=utf-8', Buffer.from(FORM_PAGE)),
  },
  {
    path: '/form/submit',
    methods: ['GET', 'HEAD', 'POST'],
    group: 'Sending',
    title: 'Form target',
    detail: 'Lists the fields of a form, from the query of a GET or from the body of a POST.',
    answer: listFields,
  },
];

async function echo(exchange: Exchange): Promise<void> {
  const { request } = exchange;
  const body = await readBody(request, SHOWN_BODY);
  if (!body) {
    refuseLength(exchange);
    return;
  }
  const lines = [`${request.method} ${request.url} HTTP/${request.httpVersion}`];
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    lines.push(`${request.rawHeaders[index]}: ${request.rawHeaders[index + 1]}`);
  }
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  sendBytes(exchange, 200, 'text/plain; charset=utf-8', Buffer.concat([head, body]));
}

async function digestUpload(exchange: Exchange): Promise<void> {
  const { request } = exchange;
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(request, async (parts: AsyncIterable<Buffer>) => {
    for await (const part of parts) {
      bytes += part.length;
      hash.update(part);
    }
  });
  const type = request.headers['content-type'] ?? null;
  sendJson(exchange, 200, { method: request.method, type, bytes, sha256: hash.digest('hex') });
}

async function listFields(exchange: Exchange): Promise<void> {
  const { request, url } = exchange;
  const body = await readBody(request, SHOWN_BODY);
  if (!body) {
    refuseLength(exchange);
    return;
  }
  const type = request.headers['content-type'] ?? 'application/x-www-form-urlencoded';
  if (!type.startsWith('application/x-www-form-urlencoded')) {
    sendText(exchange, 415, `This page reads application/x-www-form-urlencoded, not ${type}.\n`);
    return;
  }
  const fields = request.method === 'POST' ? new URLSearchParams(body.toString('utf8')) : url.searchParams;
  sendJson(exchange, 200, { method: request.method, fields: [...fields].map(([name, value]) => ({ name, value })) });
}

function refuseLength(exchange: Exchange): void {
  sendText(exchange, 413, `At most ${SHOWN_BODY} bytes; /upload takes any amount.\n`, { Connection: 'close' });
}
