import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LessonPage } from '../../extension/shared/lessonPage.ts';
import { violations } from './harness/axe.ts';
import { inBrowser, show } from './harness/inBrowser.ts';
import { oneRequest } from './harness/scenes.ts';
import type { ThemeName } from './harness/themes.ts';

const PAGE: LessonPage = {
  title: 'After HttpSendRequest',
  minutes: 6,
  diagram: 'ax-wnt07',
  done: 1,
  count: 4,
  sections: [
    {
      is: 'prose',
      markdown:
        '`HttpSendRequest` *uses* a handle. <img src=x onerror=alert(1)> [page](javascript:alert(1))\n\n- one\n- two',
    },
    {
      is: 'step',
      calls: [{ text: 'HttpSendRequest(request)', outcome: 'true', asExpected: true, statuses: [] }],
      differences: [],
    },
    { is: 'question', sentence: 'Which call reads the answer?', replies: [] },
  ],
  state: 'question',
  asks: 'function',
  problem: null,
};

inBrowser('the lesson beside the graph', (withView) => {
  test('LessonPane shows text, steps and questions, and takes a click on a function as an answer, legal or not', async () => {
    await withView({ width: 1100 }, async (view) => {
      const { journal, request } = oneRequest();
      await show(view, journal, request);
      await view.send({ type: 'lesson', page: PAGE });
      await view.send({ type: 'pane', name: 'lesson' });
      const pane = view.page.getByRole('region', { name: 'Lesson' });
      await pane.getByText('Which call reads the answer?').waitFor();
      await pane.getByText('✓ The tree is as the lesson says.').waitFor();
      const menu = view.page.getByRole('menu');
      await menu.getByText('InternetReadFile', { exact: true }).click();
      await menu.getByText('InternetWriteFile', { exact: true }).click();
      assert.deepEqual((await view.posted()).slice(-2), [
        { type: 'lessonAnswer', serial: request, fn: 'InternetReadFile' },
        { type: 'lessonAnswer', serial: request, fn: 'InternetWriteFile' },
      ]);
    });
  });

  test('LessonPane brings the open question into sight for who comes back to a lesson', async () => {
    await withView({ width: 1100, height: 420 }, async (view) => {
      await show(view, oneRequest().journal);
      const long = Array.from({ length: 6 }, () => ({ is: 'prose', markdown: 'word '.repeat(200) }) as const);
      await view.send({ type: 'lesson', page: { ...PAGE, sections: [...long, ...PAGE.sections] } });
      await view.send({ type: 'pane', name: 'lesson' });
      const question = view.page.getByText('Which call reads the answer?');
      await question.waitFor();
      const [text, asked] = [await view.page.locator('.lesson .text').boundingBox(), await question.boundingBox()];
      assert.ok(text !== null && asked !== null && asked.y > text.y && asked.y + asked.height < text.y + text.height);
    });
  });

  test('LessonPane brings the reply to an answer into sight, and tells which keys answer', async () => {
    await withView({ width: 1100, height: 420 }, async (view) => {
      await show(view, oneRequest().journal);
      const asked = { is: 'question', sentence: 'Which handle?' } as const;
      const text = 'word '.repeat(60);
      const reply = { right: false, choice: 'InternetOpen', text, reason: '', hint: 'The last line.' };
      await view.send({ type: 'lesson', page: { ...PAGE, asks: 'handle', sections: [{ ...asked, replies: [] }] } });
      await view.send({ type: 'pane', name: 'lesson' });
      await view.page.getByText('Answer in the graph: click a handle, or press Space on it.').waitFor();
      await view.send({ type: 'lesson', page: { ...PAGE, sections: [{ ...asked, replies: [reply] }] } });
      await view.page.getByText('Answer in the graph: click a function, or press Enter on the handle').waitFor();
      const pane = await view.page.locator('.lesson .text').boundingBox();
      const hint = await view.page.getByText('Hint: The last line.').boundingBox();
      assert.ok(pane !== null && hint !== null && hint.y > pane.y && hint.y + hint.height < pane.y + pane.height);
    });
  });

  test('LessonPane shows markup in a lesson as the text that it is, and no link but to the web', async () => {
    await withView({}, async (view) => {
      await show(view, oneRequest().journal);
      await view.send({ type: 'lesson', page: PAGE });
      await view.send({ type: 'pane', name: 'lesson' });
      const prose = view.page.locator('.lesson .prose');
      await prose.getByText('<img src=x onerror=alert(1)>').waitFor();
      assert.equal(await prose.locator('img, a').count(), 0);
      assert.deepEqual(await prose.locator('li').allTextContents(), ['one', 'two']);
      assert.equal(await prose.locator('code').textContent(), 'HttpSendRequest');
      const counted = { is: 'prose', markdown: '3. three\n4. four\n\n- none' } as const;
      await view.send({ type: 'lesson', page: { ...PAGE, sections: [counted] } });
      await prose.getByText('four').waitFor();
      assert.deepEqual(await prose.locator('ol').getAttribute('start'), '3');
    });
  });

  test('LessonPane takes a click on a handle as an answer where the question asks for one, and its buttons say what they do', async () => {
    await withView({ width: 1100 }, async (view) => {
      const { journal, session } = oneRequest();
      await show(view, journal);
      await view.send({ type: 'lesson', page: { ...PAGE, asks: 'handle' } });
      await view.send({ type: 'pane', name: 'lesson' });
      await view.page.locator(`.handle[data-serial="${session}"]`).click();
      assert.deepEqual((await view.posted()).at(-1), { type: 'lessonAnswer', serial: session, fn: null });
      await view.page.getByRole('button', { name: 'Go on' }).click();
      await view.send({ type: 'lesson', page: { ...PAGE, state: 'next', asks: null } });
      await view.page.getByRole('button', { name: 'Do this step' }).click();
      await view.page.getByRole('button', { name: 'Diagram ax-wnt07' }).click();
      await view.page.getByRole('region', { name: 'Diagram' }).waitFor();
      await view.page.getByRole('button', { name: 'Leave' }).click();
      assert.deepEqual(
        (await view.posted()).filter(({ type }) => type === 'lesson'),
        [
          { type: 'lesson', act: 'skip' },
          { type: 'lesson', act: 'next' },
          { type: 'lesson', act: 'close' },
        ],
      );
      await view.send({ type: 'lesson', page: null });
      await view.page.getByRole('region', { name: 'Lesson' }).waitFor({ state: 'hidden' });
    });
  });

  test('LessonPane begins with the keyboard on the next step, and never gives it to the button that leaves', async () => {
    await withView({ width: 1100 }, async (view) => {
      const { page } = view;
      await show(view, oneRequest().journal);
      const turn = (state: LessonPage['state']) => view.send({ type: 'lesson', page: { ...PAGE, state } });
      const hasKeyboard = (name: string) =>
        page.waitForFunction((label) => document.activeElement?.getAttribute('aria-label') === label, name);
      await turn('next');
      await hasKeyboard('Do this step');
      await turn('running');
      await hasKeyboard('Text of the lesson');
      await turn('next');
      await hasKeyboard('Do this step');
      await turn('running');
      await turn('question');
      await hasKeyboard('Text of the lesson');
      await page.keyboard.press('Escape');
      await page.waitForFunction(() => document.activeElement?.classList.contains('tree') === true);
      await turn('next');
      await page.getByRole('button', { name: 'Do this step' }).waitFor();
      assert.ok(await page.evaluate(() => document.activeElement?.classList.contains('tree')));
      await page.getByRole('button', { name: 'Do this step' }).focus();
      await turn('done');
      await hasKeyboard('Next lesson…');
    });
  });

  test('LessonPane is open whenever a lesson is taken, and closed when none is', async () => {
    await withView({ width: 1100 }, async (view) => {
      await show(view, oneRequest().journal);
      const pane = view.page.getByRole('region', { name: 'Lesson' });
      await view.send({ type: 'lesson', page: PAGE });
      await pane.getByText('Which call reads the answer?').waitFor();
      await view.send({ type: 'lesson', page: null });
      await pane.waitFor({ state: 'hidden' });
    });
  });

  for (const theme of ['light', 'dark', 'hcDark', 'hcLight'] as const satisfies readonly ThemeName[]) {
    test(`LessonPane passes the accessibility rules of axe in ${theme}, wide and narrow`, async () => {
      for (const width of [300, 1100]) {
        await withView({ theme, width, reducedMotion: true }, async (view) => {
          await show(view, oneRequest().journal);
          await view.send({ type: 'lesson', page: PAGE });
          await view.send({ type: 'pane', name: 'lesson' });
          await view.page.getByText('Which call reads the answer?').waitFor();
          assert.deepEqual(await violations(view.page), []);
        });
      }
    });
  }
});
