import type { Context, HrTime, Span, SpanKind, SpanStatusCode, Tracer } from '@opentelemetry/api';
import { SPAN_KEY } from './registeredApi.ts';

/** Numbers of @opentelemetry/api, which is not loaded. */
export const INTERNAL: SpanKind.INTERNAL = 0;
export const CLIENT: SpanKind.CLIENT = 2;
export const ERROR: SpanStatusCode.ERROR = 2;

/** Where spans go. */
export interface SpanTarget {
  readonly tracer: Tracer;
  /** The context of the code that runs now. */
  readonly active: () => Context;
  /** Tells this engine from others. */
  readonly engine: string;
}

/** When something happened, and where it stands among all that did. */
export interface Moment {
  readonly time: HrTime;
  readonly sequence: number;
}

/** The span of a context. */
export function spanIn(context: Context): Span | undefined {
  // Only the package and these files put something there.
  return context.getValue(SPAN_KEY) as Span | undefined;
}
