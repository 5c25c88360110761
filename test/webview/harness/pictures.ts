// What there is to take pictures of. Journals come from the real engine and from real programs; only crowds are scripted.
import type { Playground } from '../../../extension/playground/playground.ts';
import type { PaneName } from '../../../extension/shared/protocol.ts';
import type { View } from './harness.ts';
import type { ScriptedJournal } from './journal.ts';
import {
  messagesOf,
  type RecordedLesson,
  type Recording,
  recordComparison,
  recordEngine,
  recordLesson,
  recordProgram,
  recordTrace,
} from './recordings.ts';
import { crowd, ftpListing, mixed, oneRequest } from './scenes.ts';
import { atWork, faults, manySiblings, readingFile } from './stagePlays.ts';

/** Something to look at. */
export interface Picture {
  readonly script?: 'comparison';
  /** Time stands still, and the picture is taken at a moment of a movement. */
  readonly ownClock?: true;
  /** Brings a view to where the picture is taken. */
  take(view: View): Promise<void>;
}

const CLOSING_MS = 170;
const SETTLED_MS = 900;

/** All pictures by name; what they need is recorded once, when the first of them is taken. */
export function picturesOf(playground: Playground): Readonly<Record<string, Picture>> {
  const work = once(() => recordEngine(playground, atWork));
  const file = once(() => recordEngine(playground, readingFile));
  const faulty = once(() => recordEngine(playground, faults));
  const siblings = once(() => recordEngine(playground, manySiblings));
  const running = once(() => recordProgram(playground, 'stays'));
  const ended = once(() => recordProgram(playground, 'throws'));
  const trace = once(() => recordTrace(playground, 'forgetful'));
  const compared = once(() => recordComparison(playground));
  const functionQuestion = once(() =>
    recordLesson(playground, '06-after-httpsendrequest.md', 5, [{ on: 'request', fn: 'InternetReadFile' }]),
  );
  const handleQuestion = once(() => recordLesson(playground, '09-what-closing-a-parent-does.md', 1, []));
  const lessonStep = once(() => recordLesson(playground, '09-what-closing-a-parent-does.md', 2, []));

  const lesson = (recorded: () => Promise<RecordedLesson>): Picture => ({
    async take(view) {
      const recording = await recorded();
      await send(view, recording);
      await view.send({ type: 'lesson', page: recording.page });
      await view.send({ type: 'pane', name: 'lesson' });
      await settle(view);
    },
  });

  return {
    empty: played(once(() => recordEngine(playground, async () => null))),
    work: played(work),
    workNothingSelected: played(async () => ({ ...(await work()), selected: null })),
    legend: played(work, async ({ page }) => page.getByRole('button', { name: 'Legend' }).click()),
    keys: played(work, press('?')),
    keyboard: played(work, async ({ page }) => {
      await page.keyboard.press('Tab');
      await page.locator('.tree').focus();
      for (const key of ['End', 'Enter', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
    }),
    folded: scripted(
      () => mixed().journal,
      async ({ page }) => {
        await page.locator('.tree').focus();
        // Past the four handles of InternetOpenUrl, to the first session.
        for (const key of ['Home', ...Array<string>(5).fill('ArrowDown'), 'ArrowLeft']) await page.keyboard.press(key);
      },
    ),
    lessonQuestion: lesson(functionQuestion),
    lessonHandle: lesson(handleQuestion),
    lessonStep: lesson(lessonStep),
    filterSuggestions: played(work, async ({ page }) => {
      await openFilter(page, 'kind:http-request state:');
    }),
    filterCount: played(work, async ({ page }) => {
      await openFilter(page, 'protocol:http state:answered');
      await page.keyboard.press('Escape');
    }),
    filterChip: played(work, async (view) => {
      await view.send({ type: 'filters', text: 'error:any', saved: [], now: (await work()).now });
    }),
    filterProblem: played(work, async ({ page }) => openFilter(page, 'kind:root flavour:none')),
    filterNothing: played(work, async ({ page }) => {
      await openFilter(page, 'state:drained protocol:gopher');
      await page.keyboard.press('Escape');
    }),
    filtersSaved: played(work, async (view) => {
      const saved = [
        { name: 'Answers half read', text: 'kind:http-request state:answered' },
        { name: 'What the crawler asks for, apart from pictures', text: 'protocol:http url:/bytes/*' },
      ];
      const { now } = await work();
      await view.send({ type: 'filters', text: 'protocol:http', saved, now });
      await openFilter(view.page, ' state:answered');
      await view.page.keyboard.press('Escape');
      await view.page.getByRole('button', { name: 'Saved filters' }).click();
    }),
    faults: played(faulty),
    faultInspected: played(async () => {
      const recording = await faulty();
      return { ...recording, selected: withNote(recording) };
    }, press('i')),
    graves: played(faulty, async ({ page }) => {
      // Hidden, and shown again.
      for (const key of ['g', 'g']) await page.keyboard.press(key);
      await page.keyboard.press('f');
    }),
    siblings: played(siblings, press('f')),
    siblingsNear: played(siblings),
    trace: played(trace),
    traceInspected: played(async () => {
      const recording = await trace();
      return { ...recording, selected: withNote(recording) };
    }, press('i')),
    program: played(running),
    programEnded: played(ended),
    ruler: played(work, press('t')),
    rulerFtp: played(file, press('t')),
    timelineFaults: played(faulty, press('t')),
    step: played(work, travelBack(4)),
    stepOpened: played(faulty, travelBack(9)),
    stepClosed: played(faulty, travelBack(4)),
    stepTimeline: played(work, press('t'), travelBack(6)),
    diagramPrinted: played(work, press('d')),
    diagramComplete: played(file, press('d'), async ({ page }) => {
      await page.getByRole('combobox', { name: 'Reading' }).selectOption('complete');
    }),
    inspector: played(work, press('i')),
    allPanes: played(work, pane('inspector'), pane('timeline'), pane('diagram')),
    comparison: {
      script: 'comparison',
      async take(view) {
        await view.send(await compared());
        await settle(view);
      },
    },
    comparisonLater: {
      script: 'comparison',
      async take(view) {
        await view.send(await compared());
        await view.page.locator('.call-list').waitFor();
        for (let step = 0; step < 4; step += 1) await view.page.keyboard.press('n');
        await settle(view);
      },
    },
    mixed: scripted(() => mixed().journal),
    ftpSearch: scripted(() => ftpListing().journal),
    thousands: scripted(() => crowd(5000).journal, press('f')),
    closing: {
      ownClock: true,
      async take(view) {
        const { journal, sessions } = mixed();
        await view.page.clock.runFor(100);
        await view.send(journal.snapshot());
        await view.page.clock.runFor(1000);
        journal.take();
        journal.close(sessions[0] ?? 0);
        await view.send({ type: 'entries', entries: journal.take() });
        await view.page.clock.runFor(CLOSING_MS);
      },
    },
    oneRequest: scripted(() => oneRequest().journal),
  };
}

type Act = (view: View) => Promise<void>;

function played(recorded: () => Promise<Recording>, ...acts: readonly Act[]): Picture {
  return {
    async take(view) {
      await send(view, await recorded());
      for (const act of acts) await act(view);
      await settle(view);
    },
  };
}

function scripted(journal: () => ScriptedJournal, ...acts: readonly Act[]): Picture {
  return {
    async take(view) {
      await view.send(journal().snapshot());
      await view.page.locator('.toolbar').waitFor();
      for (const act of acts) await act(view);
      await settle(view);
    },
  };
}

async function send(view: View, recording: Recording): Promise<void> {
  for (const message of messagesOf(recording)) await view.send(message);
  await view.page.locator('.toolbar').waitFor();
  await view.page.waitForTimeout(SETTLED_MS);
}

async function settle({ page }: View): Promise<void> {
  await page.waitForTimeout(SETTLED_MS);
}

function press(...keys: readonly string[]): Act {
  return async ({ page }) => {
    for (const key of keys) await page.keyboard.press(key);
  };
}

function pane(name: PaneName): Act {
  return (view) => view.send({ type: 'pane', name });
}

/** The handle that was diagnosed last. */
function withNote({ history }: Recording): number | null {
  const note = history.entries.findLast((entry) => entry.type === 'note' && entry.serial !== null);
  return note?.type === 'note' ? note.serial : null;
}

function travelBack(calls: number): Act {
  return press(...Array.from({ length: calls }, () => ','));
}

async function openFilter(page: View['page'], text: string): Promise<void> {
  await page.locator('.tree').focus();
  await page.keyboard.press('/');
  await page.keyboard.type(text);
  // What is typed is applied after a pause.
  await page.waitForTimeout(SETTLED_MS);
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}
