import { after, before } from 'node:test';
import { type FtpServer, type FtpServerOptions, startFtpServer } from '../../../extension/playground/ftpServer.ts';

/** Starts an FTP server before the tests of a file and closes it after them. Call the result inside a test to get it. */
export function withFtpServer(options: FtpServerOptions = {}): () => FtpServer {
  let server: FtpServer | undefined;
  before(async () => {
    server = await startFtpServer('127.0.0.1', options);
  });
  after(() => server?.close());
  return () => {
    if (!server) {
      throw new Error('The server is there only while tests run.');
    }
    return server;
  };
}
