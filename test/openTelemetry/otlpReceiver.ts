import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

/** A span as it came over the wire. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
  readonly events: readonly { readonly name: string }[];
  readonly links: readonly { readonly spanId: string }[];
  readonly status: { readonly code: number; readonly message?: string };
}

/** A receiver of OTLP over HTTP, and a provider of the real SDK that sends to it. */
export interface Receiver {
  readonly provider: NodeTracerProvider;
  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly endpoint: string;
  /** Everything that has come so far, a request a line, as the collector's file exporter writes it. */
  text(): Promise<string>;
  spans(): Promise<readonly ReceivedSpan[]>;
}

/** Starts them; they end with the test. */
export async function startReceiver(t: TestContext): Promise<Receiver> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const known = request.url === '/v1/traces' && request.headers['content-type'] === 'application/json';
      if (known) requests.push(Buffer.concat(chunks).toString('utf8'));
      response.writeHead(known ? 200 : 400, { 'Content-Type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = `${endpoint}/v1/traces`;
  const provider = new NodeTracerProvider({ spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url }))] });
  t.after(async () => {
    await provider.shutdown();
    server.closeAllConnections();
    server.close();
  });
  const text = async () => {
    await provider.forceFlush();
    return requests.map((request) => `${request}\n`).join('');
  };
  return {
    provider,
    endpoint,
    text,
    spans: async () =>
      (await text())
        .trim()
        .split('\n')
        .flatMap((line) => (line === '' ? [] : spansIn(JSON.parse(line)))),
  };
}

interface Request {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly ReceivedSpan[] }[] }[];
}

function spansIn(request: Request): readonly ReceivedSpan[] {
  return request.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
}

/** The value of an attribute, whatever its type. */
export function attribute({ attributes }: ReceivedSpan, name: string): unknown {
  const found = attributes.find(({ key }) => key === name);
  return found === undefined ? undefined : Object.values(found.value)[0];
}
