// What a fleet's operator puts before a program: node --import ./openTelemetrySetup.mjs PROGRAM. The exporter finds its receiver in
// OTEL_EXPORTER_OTLP_ENDPOINT.
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

const provider = new NodeTracerProvider({ spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())] });
provider.register();
process.once('beforeExit', () => void provider.shutdown());
