import type { Drivers } from '../wininet/ports/drivers.ts';
import { createFtpDriver } from './ftpDriver.ts';
import { createGopherDriver } from './gopherDriver.ts';
import { createHttpDriver } from './httpDriver.ts';
import { createNetworkDriver } from './networkDriver.ts';
import { createSpoolFile } from './spoolFile.ts';

/** Drivers over real sockets. Their libraries load with the first call. */
export function createDrivers(): Drivers {
  return {
    network: createNetworkDriver(),
    http: createHttpDriver(),
    ftp: createFtpDriver(),
    gopher: createGopherDriver(),
    createSpoolFile: (extension) => createSpoolFile(extension),
  };
}
