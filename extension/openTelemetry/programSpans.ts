import type { TracerProvider } from '@opentelemetry/api';
import type { Recorder } from '../shared/journal.ts';
import { spanRecorder } from './index.ts';
import { isRegistered, registeredApi } from './registeredApi.ts';

/**
 * A recorder that works as soon as the program has registered an OpenTelemetry SDK, before or after this library was loaded.
 * Until then it is idle, which costs a look at a global; nothing is ever loaded for it.
 */
export function programSpans(): Recorder {
  let known: { readonly provider: TracerProvider; readonly recorder: Recorder } | null = null;
  const current = (): Recorder | null => {
    const provider = registeredApi()?.trace;
    if (provider === undefined) return null;
    if (known?.provider === provider) return known.recorder;
    const recorder = spanRecorder(provider);
    known = { provider, recorder };
    return recorder;
  };
  return {
    get idle() {
      return !isRegistered();
    },
    record(body) {
      current()?.record(body);
    },
  };
}
