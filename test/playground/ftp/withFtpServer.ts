import { type FtpServer, type FtpServerOptions, startFtpServer } from '../../../extension/playground/ftpServer.ts';
import { withStarted } from '../../withStarted.ts';

/** Starts an FTP server before the tests of a file and closes it after them. Call the result inside a test to get it. */
export function withFtpServer(options: FtpServerOptions = {}): () => FtpServer {
  return withStarted('server', () => startFtpServer('127.0.0.1', options));
}
