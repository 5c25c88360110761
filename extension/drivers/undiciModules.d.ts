/** The part of undici's low-level interface that the HTTP driver uses; the deep path has no types of its own. */
declare module 'undici/lib/dispatcher/client.js' {
  import type { Socket } from 'node:net';

  export interface DispatchController {
    abort(reason: Error): void;
    pause(): void;
    resume(): void;
  }

  export interface DispatchHandler {
    onRequestStart(controller: DispatchController): void;
    onRequestSent(): void;
    onResponseStart(controller: DispatchController, status: number): void;
    onResponseData(controller: DispatchController, chunk: Buffer): void;
    onResponseEnd(): void;
    onResponseError(controller: DispatchController | null | undefined, error: Error): void;
  }

  export interface DispatchOptions {
    readonly path: string;
    readonly method: string;
    readonly body: Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array> | null;
    readonly headers: readonly string[];
    /** True: the connection ends with the answer. */
    readonly reset: boolean;
    readonly headersTimeout: number;
    readonly bodyTimeout: number;
  }

  export interface ClientOptions {
    readonly connect: (options: unknown, callback: (error: Error | null, socket: Socket | null) => void) => void;
    readonly pipelining: number;
    readonly allowH2: false;
    readonly maxHeaderSize: number;
    readonly keepAliveTimeout: number;
    readonly keepAliveTimeoutThreshold: number;
  }

  // biome-ignore lint/style/noDefaultExport: the module is CommonJS, and the class is all that it exports.
  export default class Client {
    constructor(origin: string, options: ClientOptions);
    dispatch(options: DispatchOptions, handler: DispatchHandler): boolean;
    destroy(error: Error | null): Promise<void>;
    on(event: 'disconnect', listener: () => void): this;
  }
}
