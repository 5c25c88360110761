import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { FunctionName } from '../../extension/shared/hierarchy.ts';
import type { HandleNode } from '../../extension/shared/model.ts';
import type { HostMessage } from '../../extension/shared/protocol.ts';
import { recordJournal } from '../shared/recordedJournal.ts';
import { violations } from './harness/axe.ts';
import type { View } from './harness/harness.ts';
import { inBrowser, show } from './harness/inBrowser.ts';
import { JOURNAL } from './harness/journal.ts';
import { oneRequest } from './harness/scenes.ts';
import type { ThemeName } from './harness/themes.ts';

let snapshot: Extract<HostMessage, { type: 'snapshot' }>;
let nodes: readonly HandleNode[];

before(async (t) => {
  assert.ok('after' in t);
  const { journal } = await recordJournal(t as never);
  const { base, entries, limit } = journal.history;
  nodes = [...journal.tree.nodes.values()];
  snapshot = {
    ...{ type: 'snapshot', journal: JOURNAL, base, entries: [...entries] },
    ...{ limit, selected: null, readOnly: true, stopped: true, strings: {} },
  };
});

/** A view of real calls with the inspector open for the handle that a function returned. */
async function inspect(view: View, wanted: (node: HandleNode) => boolean): Promise<HandleNode> {
  const node = nodes.find(wanted);
  assert.ok(node !== undefined);
  await view.send({ ...snapshot, selected: node.serial });
  // A trace at whose end every handle is closed opens at another moment.
  await view.page.locator('.toolbar').waitFor();
  await view.page.keyboard.press('l');
  await view.send({ type: 'pane', name: 'inspector' });
  await view.page.getByRole('region', { name: 'Inspector' }).waitFor();
  return node;
}

const made =
  (fn: FunctionName, part = '') =>
  (node: HandleNode): boolean =>
    node.fn === fn && node.target.includes(part);

inBrowser('the inspector', (withView) => {
  test('InspectorPane tells how a handle was made, with its arguments decoded, and explains them by focus', async () => {
    await withView({ width: 1200 }, async (view) => {
      await inspect(view, made('InternetConnect', 'http'));
      const pane = view.page.getByRole('region', { name: 'Inspector' });
      await pane.getByText('INTERNET_SERVICE_HTTP (3)').waitFor();
      await pane.locator('.section .explained').first().focus();
      await view.page.getByRole('tooltip').waitFor();
      assert.notEqual(await view.page.getByRole('tooltip').textContent(), '');
      await view.page.keyboard.press('Escape');
      await view.page.getByRole('tooltip').waitFor({ state: 'hidden' });
      await pane.waitFor();
    });
  });

  test('InspectorPane shows every request of a redirect with status, headers and timings', async () => {
    await withView({ width: 1200 }, async (view) => {
      await inspect(view, made('HttpOpenRequest', '/redirect/'));
      const requests = view.page.locator('.section[data-name="requests"] .request');
      assert.ok((await requests.count()) >= 2);
      assert.match((await requests.first().locator('.status-line').textContent()) ?? '', /^HTTP\/1\.1 30\d/);
      assert.match((await requests.last().locator('.status-line').textContent()) ?? '', /^HTTP\/1\.1 200/);
      await requests.last().getByText('first byte').waitFor();
      await requests.last().getByText('Host', { exact: true }).waitFor();
    });
  });

  test('InspectorPane tells of a failure its symbol, its cause and what to do, and shows the dialogue of FTP', async () => {
    await withView({ width: 1200 }, async (view) => {
      await inspect(view, (node) => node.lastError !== null && node.kind === 'http-request');
      assert.match(
        (await view.page.locator('.section[data-name="failure"] .failure').textContent()) ?? '',
        /^ERROR_\w+ \(\d+\)$/,
      );
      const wired = nodes.find(({ kind }) => kind.startsWith('ftp-'));
      await inspect(view, (node) => node === wired);
      const dialogue = view.page.locator('.section[data-name="wire"]');
      await dialogue.locator('summary').click();
      await dialogue.getByText(/^→ USER /).waitFor();
      assert.equal(await dialogue.getByText(/PASS (?!••••)/).count(), 0, 'no password');
    });
  });

  test('InspectorPane tells of a connection both ends, TLS and certificate, and leads to the request that it was opened for', async () => {
    await withView({ width: 1200 }, async (view) => {
      await inspect(
        view,
        (node) => node.target.includes('https:') && node.lastError === null && node.kind === 'http-request',
      );
      const connection = view.page.locator('.section[data-name="connection"]');
      const told = async (term: string): Promise<string> =>
        (await connection.locator('.row', { hasText: term }).first().locator('.content').textContent()) ?? '';
      assert.match(await told('peer'), /^127\.0\.0\.1:\d+$/);
      assert.match(await told('this side'), /^127\.0\.0\.1:\d+$/);
      assert.match(await told('opened'), /^new, for this handle/);
      assert.match(await told('TLS'), /^TLSv1\.[23]$/);
      assert.match(await told('cipher'), /^TLS_\w+ · \d+ bit$/);
      assert.match(await told('valid'), /^\d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d$/);
      await inspect(view, made('HttpOpenRequest', '/echo'));
      await connection.getByText(/^kept alive \(use no\. \d+\)$/).focus();
      await view.page.getByRole('tooltip').filter({ hasText: 'no handshake' }).waitFor();
      await connection.getByRole('button', { name: /^HttpOpenRequest 0x/ }).click();
      await view.page.locator('.facts', { hasText: '/redirect/' }).waitFor();
      const ftp = nodes.find(({ kind }) => kind.startsWith('ftp-'));
      await inspect(view, (node) => node === ftp);
      for (const purpose of ['FTP control', 'FTP data, passive']) await connection.getByText(purpose).waitFor();
      await connection.getByText('FTP data, passive').focus();
      await view.page.getByRole('tooltip').filter({ hasText: 'INTERNET_FLAG_PASSIVE' }).waitFor();
      await inspect(view, (node) => node.kind.startsWith('gopher'));
      await connection.getByText('Gopher', { exact: true }).waitFor();
    });
  });

  test('InspectorPane explains the codes of HTTP, FTP and Gopher by focus where they stand, and the status callbacks', async () => {
    await withView({ width: 1200 }, async (view) => {
      const { page } = view;
      const explains = async (section: string, code: string | RegExp, words: RegExp): Promise<void> => {
        const place = page.locator(`.section[data-name="${section}"]`);
        if ((await place.getAttribute('open')) === null) await place.locator('> summary').click();
        await place.locator('.explained').filter({ hasText: code }).first().focus();
        await page.getByRole('tooltip').filter({ hasText: words }).waitFor();
      };
      await inspect(view, made('HttpOpenRequest', '/redirect/'));
      await explains('requests', /^200 OK$/, /InternetReadFile/);
      await explains('wire', /^30[12] /, /Location/);
      await explains('statuses', /^REDIRECT \(110\)$/, /followed/);
      const ftp = nodes.find(({ kind }) => kind.startsWith('ftp-'));
      await inspect(view, (node) => node === ftp);
      await explains('wire', /^227$/, /Passive mode/);
      await explains('wire', /^PASV$/, /open a port/);
      await inspect(view, (node) => node.kind.startsWith('gopher'));
      await explains('wire', /^1$/, /A menu/);
    });
  });

  test('InspectorPane tells from status callbacks what it can where a journal knows no sockets', async () => {
    await withView({ width: 1200 }, async (view) => {
      const node = nodes.find(made('HttpOpenRequest', '/redirect/'));
      const entries = snapshot.entries.filter(({ type }) => type !== 'connection');
      await view.send({ ...snapshot, entries, selected: node?.serial ?? 0 });
      await view.page.locator('.toolbar').waitFor();
      await view.page.keyboard.press('l');
      await view.send({ type: 'pane', name: 'inspector' });
      const rows = view.page.locator('.section[data-name="connection"] .row');
      await rows.first().waitFor();
      assert.deepEqual(await rows.allTextContents(), ['new127.0.0.1', 'kept alive127.0.0.1']);
    });
  });

  test('InspectorPane selects a call, and the parent, everywhere', async () => {
    await withView({ width: 1200 }, async (view) => {
      const { journal, request, session } = oneRequest();
      await show(view, journal, request);
      await view.page.keyboard.press('i');
      const pane = view.page.getByRole('region', { name: 'Inspector' });
      await pane.getByRole('button', { name: 'HttpSendRequest' }).click();
      await pane.locator('.call.selected', { hasText: 'HttpSendRequest' }).waitFor();
      await pane.getByText('Parent and children').click();
      await pane.getByRole('button', { name: 'InternetConnect 0x00CC0008' }).click();
      assert.deepEqual((await view.posted()).at(-1), { type: 'select', serial: session });
      await pane.getByRole('heading', { name: 'InternetConnect 0x00CC0008' }).waitFor();
    });
  });

  test('InspectorPane shows the moment that is shown, and follows what happens', async () => {
    await withView({ width: 1200 }, async (view) => {
      const { journal, request } = oneRequest();
      await show(view, journal, request);
      await view.page.keyboard.press('i');
      const calls = view.page.locator('.section[data-name="calls"] > summary');
      const count = Number(/\((\d+)\)/.exec((await calls.textContent()) ?? '')?.[1]);
      await view.page.getByRole('tree').focus();
      await view.page.keyboard.press(',');
      await calls.filter({ hasText: `(${count - 1})` }).waitFor();
      await view.page.keyboard.press('l');
      journal.take();
      for (let time = 0; time < 200; time += 1) journal.call('InternetReadFile', request);
      await view.send({ type: 'entries', entries: journal.take() });
      await calls.filter({ hasText: `(${count + 200})` }).waitFor();
      assert.ok((await view.page.locator('.section[data-name="calls"] .call').count()) <= 60, 'a long list is cut');
      await view.page.getByRole('button', { name: /Show \d+ earlier ones/ }).click();
      assert.equal(await view.page.locator('.section[data-name="calls"] .call').count(), count + 200);
    });
  });

  test('InspectorPane follows a handle into its grave: no call runs there for ever', async () => {
    await withView({ width: 1200 }, async (view) => {
      const { journal, request } = oneRequest();
      await show(view, journal, request);
      await view.page.keyboard.press('i');
      journal.take();
      journal.close(request);
      const entries = journal.take();
      await view.send({ type: 'entries', entries: entries.slice(0, -1) });
      await view.page.locator('.inspector .facts', { hasText: 'closed by its own call' }).waitFor();
      await view.send({ type: 'entries', entries: entries.slice(-1) });
      const close = view.page.locator('.call', { hasText: 'InternetCloseHandle' });
      await close.filter({ hasText: 'true' }).waitFor();
    });
  });

  test('InspectorPane stands beside the graph where there is room, as at 200 % zoom, and below it in a narrow panel; its edge makes it wider', async () => {
    const places = async (view: View) => {
      const [pane, stage] = ['.pane.inspector', '.stage'].map((one) => view.page.locator(one));
      const [of, beside] = [await pane?.boundingBox(), await stage?.boundingBox()];
      assert.ok(of && beside);
      return {
        beside: of.x >= beside.x + beside.width - 1,
        below: of.y >= beside.y + beside.height - 1,
        width: of.width,
      };
    };
    const { journal, request } = oneRequest();
    for (const [width, height, beside] of [
      [640, 400, true],
      [640, 900, false],
      [300, 640, false],
    ] as const) {
      await withView({ width, height, reducedMotion: true }, async (view) => {
        await show(view, journal, request);
        await view.page.keyboard.press('i');
        const place = await places(view);
        assert.deepEqual([place.beside, place.below], [beside, !beside], `${width} × ${height}`);
        const edge = view.page.getByRole('separator', { name: 'Width of the inspector' });
        if (beside) {
          await edge.focus();
          await view.page.keyboard.press('ArrowLeft');
          assert.equal((await places(view)).width, place.width + 24);
          assert.deepEqual(await violations(view.page), []);
        } else assert.equal(await edge.isVisible(), false);
      });
    }
  });

  for (const theme of ['light', 'dark', 'hcDark', 'hcLight'] as const satisfies readonly ThemeName[]) {
    test(`InspectorPane passes the accessibility rules of axe in ${theme}, wide and narrow`, async () => {
      for (const width of [300, 1100]) {
        await withView({ theme, width, reducedMotion: true }, async (view) => {
          await inspect(view, made('HttpOpenRequest', '/redirect/'));
          const closed = view.page.locator('.section:not([open]) > summary');
          for (let left = await closed.count(); left > 0; left -= 1) await closed.first().click();
          // What has scrolled out of sight is not measured.
          for (const place of ['end', 'start'] as const) {
            await view.page
              .locator('.inspector .sections')
              .first()
              .evaluate((sections, block) => {
                sections.scrollTop = block === 'start' ? 0 : sections.scrollHeight;
              }, place);
            assert.deepEqual(await violations(view.page), []);
          }
        });
      }
    });
  }
});
