import type { GopherItem } from '../shared/gopherItem.ts';
import type { HandleKind, HandleState } from '../shared/hierarchy.ts';
import { BodyReader } from './bodyReader.ts';
import type { Engine } from './engine.ts';
import { type GOPHER_FIND_DATA, gopherFindDataOf } from './gopherFindData.ts';
import { useOfItem } from './gopherLocator.ts';
import { menuPage, searchPage } from './gopherPage.ts';
import { GOPHER_PORT_ADVICE, isGopherPort } from './gopherPorts.ts';
import { gopherUrlOf } from './gopherUrl.ts';
import type { HINTERNET } from './handle.ts';
import type { GopherFindData, PageData, ReadableData } from './handleData.ts';
import type { HandleRecord } from './handleStore.ts';
import { requireNetwork } from './networkUse.ts';
import { timeoutsOf } from './options.ts';
import { PageReader } from './pageReader.ts';
import type { PendingCall } from './pendingCall.ts';
import { type ByteSource, type DriverContext, DriverFailure } from './ports/driver.ts';
import type { GopherEntry, GopherRequest } from './ports/gopher.ts';
import { CallFailure } from './winInetError.ts';

/** One item that a call opens, below a session or below the root. */
export interface GopherOpening {
  readonly engine: Engine;
  readonly parent: HandleRecord;
  readonly call: PendingCall;
  readonly item: GopherItem;
  /** What to search for. */
  readonly words: string | null;
  /** Null: the view that the server prefers. */
  readonly view: string | null;
  readonly context: number;
}

/**
 * Opens a menu or search for enumeration.
 * @param into receives the first item, which the enumeration then skips; undefined to begin with the first
 */
export async function openGopherFind(
  opening: GopherOpening,
  into?: GOPHER_FIND_DATA | null,
): Promise<HINTERNET<'gopher-find'>> {
  const data: GopherFindData = { entries: { all: [], next: 0 } };
  const record = opening.engine.open(opening.call, { ...beginning(opening), kind: 'gopher-find', data });
  await establish(opening, record, 'listing', async (context) => {
    const all = await fetchMenu(opening, record, context);
    data.entries = { all, next: into === undefined ? 0 : 1 };
    const [first] = all;
    if (into === undefined) return;
    if (first === undefined) throw new CallFailure('ERROR_NO_MORE_FILES', 'The menu is empty.');
    if (into !== null) Object.assign(into, gopherFindDataOf(first));
  });
  return record.handle;
}

/** Opens a menu or search as a page; a search without words is a page that asks for them. */
export async function openGopherPage(opening: GopherOpening): Promise<HINTERNET<'gopher-find-html'>> {
  const data: PageData = { reader: null };
  const record = opening.engine.open(opening.call, { ...beginning(opening), kind: 'gopher-find-html', data });
  await establish(opening, record, 'reading', async (context) => {
    const url = gopherUrlOf(opening.item, opening.words);
    const asks = useOfItem(opening.item) === 'search' && opening.words === null;
    const page = asks ? searchPage(url) : menuPage(url, await fetchMenu(opening, record, context));
    data.reader = new PageReader(page);
  });
  return record.handle;
}

/** Opens a file for reading. */
export async function openGopherFile(opening: GopherOpening): Promise<HINTERNET<'gopher-file'>> {
  const { engine, call, item, view } = opening;
  const data: ReadableData = {
    reader: null,
    release: () => (data.reader === null ? undefined : { closed: data.reader.cancel() }),
  };
  const record = engine.open(call, { ...beginning(opening), kind: 'gopher-file', data });
  await establish(opening, record, 'reading', async (context) => {
    const plus = item.mark !== '';
    const line = plus ? `${item.selector}\t+${view ?? ''}` : item.selector;
    const source: ByteSource = await engine.drivers.gopher.openRead(
      gopherRequest(engine, record, item, line, plus),
      isText(item),
      context,
    );
    data.reader = new BodyReader(source);
    // The handle may have been closed while the first bytes came.
    if (!record.open) await source.cancel();
  });
  return record.handle;
}

/**
 * A request with the time-outs of a handle. Fails where the network may not be used, see requireNetwork, and with
 * ERROR_GOPHER_INVALID_LOCATOR for an item on a port that is no place for Gopher.
 */
export function gopherRequest(
  { library }: Engine,
  record: HandleRecord,
  { host, port }: GopherItem,
  line: string,
  plus: boolean,
): GopherRequest {
  requireNetwork(library, record);
  if (!isGopherPort(port)) throw new CallFailure('ERROR_GOPHER_INVALID_LOCATOR', GOPHER_PORT_ADVICE);
  return { host, port, line, plus, timeouts: timeoutsOf(record) };
}

/** Whether a server has answered what it does not know as Gopher+. */
export function isNoGopherPlus(failure: unknown): boolean {
  return failure instanceof DriverFailure && failure.symbol === 'ERROR_GOPHER_NOT_GOPHER_PLUS';
}

function beginning({ parent, context, item, words }: GopherOpening) {
  return { parent, state: 'opening', context, target: () => gopherUrlOf(item, words), announce: true } as const;
}

async function establish<K extends HandleKind>(
  { engine, call }: GopherOpening,
  record: HandleRecord<K>,
  state: HandleState,
  work: (context: DriverContext) => Promise<void>,
): Promise<void> {
  const general = record as unknown as HandleRecord;
  const context: DriverContext = { observer: engine.reports.observer(general, call), signal: call };
  await engine.establish(general, call, () => work(context));
  engine.setState(general, state);
}

/** RFC 1436, 3.8: texts, BinHex and uuencoded files end with a dot, all others with the connection. */
function isText({ type }: GopherItem): boolean {
  return type === '0' || type === '4' || type === '6';
}

async function fetchMenu(
  { engine, item, words }: GopherOpening,
  record: HandleRecord,
  context: DriverContext,
): Promise<readonly GopherEntry[]> {
  const { gopher } = engine.drivers;
  const request = (line: string, plus = false) => gopherRequest(engine, record, item, line, plus);
  if (item.type === '2') return await gopher.phoneBook(request(words ?? ''), context);
  if (useOfItem(item) === 'search') return await gopher.menu(request(`${item.selector}\t${words ?? ''}`), context);
  if (item.mark === '') return await gopher.menu(request(item.selector), context);
  try {
    // All items with all their blocks, because sizes and dates are told nowhere else.
    return await gopher.menu(request(`${item.selector}\t$`, true), context);
  } catch (failure) {
    if (!isNoGopherPlus(failure)) throw failure;
    // Whoever wrote the menu was wrong about the server: the menu itself can still be had.
    return await gopher.menu(request(item.selector), context);
  }
}
