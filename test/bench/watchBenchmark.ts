import { createDrivers } from '../../extension/drivers/index.ts';
import { programSpans } from '../../extension/openTelemetry/programSpans.ts';
import { callSite } from '../../extension/program/callSite.ts';
import { publishingRecorder, recordMarks } from '../../extension/program/journalChannel.ts';
import { startWatching } from '../../extension/program/watching.ts';
import { createWinInet, INTERNET_OPTION_CONTEXT_VALUE } from '../../extension/wininet/index.ts';
import { leavingWindow } from '../program/leavingWindow.ts';
import { until } from '../program/watchedProgram.ts';
import { type Benchmark, perCpuSecond } from './benchmark.ts';

/** Short rounds, and many of them: a machine that is slow for a moment is so for a few rounds of both sides. */
const CALLS = 20_000;
const ROUNDS_FACTOR = 60;

/**
 * Calls per second of processor time of the engine that the library gives a program, while nobody watches, as in a terminal
 * whose window has been closed, against an engine that cannot be watched. The call touches no network, so that a cost of watching
 * would show most.
 */
export const watchIdle: Benchmark = {
  name: 'watch-idle',
  unit: 'calls/CPU s',
  baselineName: 'an engine without a recorder',
  roundsFactor: ROUNDS_FACTOR,
  async prepare() {
    const { environment, left } = await leavingWindow();
    const watch = startWatching(environment, null);
    if (watch === null) throw new Error('A window listens, and the program does not find it.');
    const recorder = publishingRecorder([watch.recorder, programSpans()]);
    await left;
    await until(() => watch.recorder.idle === true);
    const stopMarks = recordMarks(recorder);
    const watched = createWinInet({ drivers: createDrivers(), recorder, callSite });
    const plain = createWinInet({ drivers: createDrivers() });
    const measured = async ({ InternetOpen, InternetQueryOption }: typeof plain) => {
      const root = await InternetOpen('bench/1.0');
      return () =>
        perCpuSecond(CALLS, async () => {
          for (let time = 0; time < CALLS; time += 1) await InternetQueryOption(root, INTERNET_OPTION_CONTEXT_VALUE);
        });
    };
    return {
      ours: await measured(watched),
      baseline: await measured(plain),
      close: async () => {
        stopMarks();
        watch.end();
        await watched.dispose();
        await plain.dispose();
      },
    };
  },
};
