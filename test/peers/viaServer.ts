import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { TestContext } from 'node:test';

/** A server that answers with the Via header it received; closed after the test. */
export async function startViaServer(t: TestContext): Promise<string> {
  const server = createServer((request, response) => {
    response.end(`via ${request.headers.via ?? 'nothing'}`);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  t.after(() => server.close());
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  return `http://127.0.0.1:${address.port}/`;
}
