import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import * as c from '../../extension/shared/constants.ts';
import type { HandleKind } from '../../extension/shared/hierarchy.ts';
import { applyEntry, checkpoint, emptyTree, type HandleNode, restore } from '../../extension/shared/model.ts';
import { type HINTERNET, type UncheckedHandle, WinInetError } from '../../extension/wininet/index.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { connectFtp, type Engine, entriesOf, leavesNothingBehind, startEngine } from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

/** What a program may do next: with a handle of its own, open or closed, of the right kind or not. */
interface Step {
  readonly what: (typeof STEPS)[number];
  readonly which: number;
  readonly wait: boolean;
}

const STEPS = [
  'root',
  'http',
  'http',
  'ftp',
  'request',
  'request',
  'send',
  'send',
  'read',
  'read',
  'find',
  'next',
  'file',
  'write',
  'url',
  'close',
  'close',
] as const;

const anyRun: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({ what: fc.constantFrom(...STEPS), which: fc.nat(1000), wait: fc.boolean() }),
  { minLength: 10, maxLength: 40 },
);

test('LiveJournal of any program folds by parts as it does whole, and a closed handle stays as it was but for diagnoses', async (t) => {
  await forAnyRun(t, 100, ({ journal }) => {
    const whole = emptyTree();
    const graves = new Map<number, HandleNode>();
    for (const entry of journal.entries) {
      applyEntry(whole, entry);
      for (const node of whole.nodes.values()) {
        // Only a diagnosis, as of a use after the close, is still noted on a closed handle.
        const { notes: _, ...grave } = graves.get(node.serial) ?? node;
        assert.deepEqual({ ...grave, notes: node.notes }, node);
        if (node.closed !== null) graves.set(node.serial, node);
      }
    }
    assert.deepEqual(checkpoint(whole), checkpoint(journal.tree));
    for (let cut = 0; cut < journal.entries.length; cut += 7) {
      const part = emptyTree();
      for (const entry of journal.entries.slice(0, cut)) applyEntry(part, entry);
      const restored = restore(structuredClone(checkpoint(part)));
      for (const entry of journal.entries.slice(cut)) applyEntry(restored, entry);
      assert.deepEqual(checkpoint(restored), checkpoint(whole));
    }
  });
});

test('LiveJournal of any program shows serials that are never reused and values that one open handle owns', async (t) => {
  await forAnyRun(t, 100, ({ journal }) => {
    const owners = new Map<number, number>();
    let last = 0;
    for (const entry of journal.entries) {
      if (entry.type === 'handle-open') {
        assert.ok(entry.serial > last, 'serials only grow');
        assert.ok(!owners.has(entry.value), `value ${entry.value} has an owner`);
        last = entry.serial;
        owners.set(entry.value, entry.serial);
      } else if (entry.type === 'handle-close') {
        const value = [...owners].find(([, serial]) => serial === entry.serial)?.[0];
        assert.ok(value !== undefined, `serial ${entry.serial} closes twice`);
        owners.delete(value);
      }
    }
  });
});

test('LiveJournal of any program that waits for its calls shows the lowest free value in every new handle', async (t) => {
  await forAnyRun(
    t,
    50,
    ({ journal }) => {
      const taken = new Map<number, number>();
      for (const entry of journal.entries) {
        if (entry.type === 'handle-open') {
          let lowest = 0x00cc0004;
          while (taken.has(lowest)) lowest += 4;
          assert.equal(entry.value, lowest);
          taken.set(entry.value, entry.serial);
        } else if (entry.type === 'handle-close') {
          for (const [value, serial] of taken) if (serial === entry.serial) taken.delete(value);
        }
      }
    },
    true,
  );
});

test('LiveJournal of any program closes children before parents and names the handle that brought them along', async (t) => {
  await forAnyRun(t, 50, ({ journal }) => {
    const parents = new Map<number, number | null>();
    const closed = new Set<number>();
    for (const entry of journal.entries) {
      if (entry.type === 'handle-open') {
        assert.ok(
          entry.parent === null || (parents.has(entry.parent) && !closed.has(entry.parent)),
          'under an open one',
        );
        parents.set(entry.serial, entry.parent);
      } else if (entry.type === 'handle-close') {
        for (const [serial, parent] of parents) {
          if (parent === entry.serial) assert.ok(closed.has(serial), `${serial} is open below ${entry.serial}`);
        }
        assert.equal(entry.reason === 'cascade', entry.cascadeRoot !== entry.serial);
        assert.ok(isBelow(parents, entry.serial, entry.cascadeRoot));
        closed.add(entry.serial);
      }
    }
  });
});

test('LiveJournal of any program ends every call that it begins, once', async (t) => {
  await forAnyRun(t, 50, ({ journal }) => {
    const begun = entriesOf(journal, 'call-begin').map(({ call }) => call);
    const ended = entriesOf(journal, 'call-end').map(({ call }) => call);
    assert.deepEqual(ended.sort(ascending), begun);
  });
});

/** Runs programs that fast-check makes up, each on a new engine, and checks what they leave; a failure prints its seed. */
async function forAnyRun(
  t: TestContext,
  numRuns: number,
  check: (engine: Engine) => void,
  alwaysWait = false,
): Promise<void> {
  const property = fc.asyncProperty(anyRun, async (steps) => {
    const engine = await startEngine(t);
    const program = new Program(engine);
    for (const step of steps) {
      const done = program.play(step);
      if (step.wait || alwaysWait) await done;
    }
    await engine.wininet.dispose();
    await program.settled();
    check(engine);
  });
  await fc.assert(property, { numRuns });
}

class Program {
  readonly #engine: Engine;
  readonly #handles: HINTERNET[];
  readonly #calls: Promise<unknown>[] = [];

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#handles = [engine.root];
  }

  /** Resolves when the call has ended, well or with an error of WinINet. */
  play(step: Step): Promise<unknown> {
    const call = this.#call(step).then(
      (result) => {
        if (typeof result === 'object' && result !== null && 'serial' in result)
          this.#handles.push(result as HINTERNET);
      },
      (error: unknown) => assert.ok(error instanceof WinInetError, String(error)),
    );
    this.#calls.push(call);
    return call;
  }

  settled(): Promise<unknown> {
    return Promise.all(this.#calls);
  }

  /** Mostly an open handle of a kind that the step is meant for; now and then any. */
  #pick(what: Step['what'], which: number): HINTERNET | undefined {
    const { nodes } = this.#engine.journal.tree;
    const fitting = this.#handles.filter(({ serial }) => {
      const node = nodes.get(serial);
      return node !== undefined && node.closed === null && MEANT_FOR[what].includes(node.kind);
    });
    const choice = which % 8 === 0 || fitting.length === 0 ? this.#handles : fitting;
    return choice[which % choice.length];
  }

  #call({ what, which }: Step): Promise<unknown> {
    const { wininet } = this.#engine;
    const { http, ftp } = playground();
    const handle = this.#pick(what, which) as UncheckedHandle;
    const flags = which % 2 === 0 ? c.INTERNET_FLAG_PASSIVE : 0;
    switch (what) {
      case 'root':
        return wininet.InternetOpen('program');
      case 'http':
        return wininet.InternetConnect(handle, http.hostname, Number(http.port), null, null, c.INTERNET_SERVICE_HTTP);
      case 'ftp':
        return connectFtp({ ...this.#engine, root: handle }, ftp, { flags });
      case 'request':
        return wininet.HttpOpenRequest(
          handle,
          null,
          which % 3 === 0 ? '/bytes/300000' : '/echo',
          null,
          null,
          null,
          0,
          1,
        );
      case 'send':
        return wininet.HttpSendRequest(handle, null, which % 2 === 0 ? null : 'body');
      case 'read':
        return wininet.InternetReadFile(handle, new Uint8Array(which * 500));
      case 'find':
        return wininet.FtpFindFirstFile(handle, '/pub/*');
      case 'next':
        return wininet.InternetFindNextFile(handle);
      case 'file':
        return which % 2 === 0
          ? wininet.FtpOpenFile(handle, '/readme.txt', c.GENERIC_READ)
          : wininet.FtpOpenFile(handle, '/incoming/any.txt', c.GENERIC_WRITE);
      case 'write':
        return wininet.InternetWriteFile(handle, new Uint8Array(100));
      case 'url':
        return wininet.InternetOpenUrl(
          handle,
          new URL(which % 2 === 0 ? '/echo' : '/readme.txt', which % 2 === 0 ? http : ftp).href,
        );
      case 'close':
        return wininet.InternetCloseHandle(handle);
    }
  }
}

/** The kinds that a step is meant for; closing hits leaves more often than what they hang from. */
const MEANT_FOR: Readonly<Record<Step['what'], readonly HandleKind[]>> = {
  root: [],
  http: ['root'],
  ftp: ['root'],
  url: ['root'],
  request: ['http-connect'],
  send: ['http-request'],
  read: ['http-request', 'ftp-file'],
  find: ['ftp-connect'],
  file: ['ftp-connect'],
  next: ['ftp-find'],
  write: ['ftp-file'],
  close: ['http-request', 'ftp-file', 'ftp-find', 'ftp-connect'],
};

function isBelow(parents: ReadonlyMap<number, number | null>, serial: number, ancestor: number): boolean {
  for (let at: number | null | undefined = serial; typeof at === 'number'; at = parents.get(at)) {
    if (at === ancestor) return true;
  }
  return false;
}

function ascending(one: number, other: number): number {
  return one - other;
}
