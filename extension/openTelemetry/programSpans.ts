import type { TracerProvider } from '@opentelemetry/api';
import type { Recorder } from '../shared/journal.ts';
import { spanRecorder } from './index.ts';
import { registeredApi } from './registeredApi.ts';

/**
 * A recorder that is there as soon as the program has registered an OpenTelemetry SDK, before or after this library was loaded.
 * Until then it is null, which costs a look at a global; nothing is ever loaded for it.
 */
export function programSpans(): () => Recorder | null {
  let known: { readonly provider: TracerProvider; readonly recorder: Recorder } | null = null;
  return () => {
    const provider = registeredApi()?.trace;
    if (provider === undefined) return null;
    if (known?.provider === provider) return known.recorder;
    const recorder = spanRecorder(provider);
    known = { provider, recorder };
    return recorder;
  };
}
