import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { filterHandles } from '../../extension/shared/filteredHandles.ts';
import { filterKeys } from '../../extension/shared/filterKeys.ts';
import { filterSuggestions } from '../../extension/shared/filterSuggestions.ts';
import { splitFilter } from '../../extension/shared/filterTerms.ts';
import { type HandleFilter, parseFilter } from '../../extension/shared/handleFilter.ts';
import { applyEntry, emptyTree, type HandleTree, restore } from '../../extension/shared/model.ts';
import { BUILT_IN_FILTERS, withFilter } from '../../extension/shared/savedFilters.ts';
import { ScriptedJournal } from '../webview/harness/journal.ts';
import { anyJournal } from './journals.ts';

/** Seven handles: 1 root, 2 HTTP session, 3 to 5 its requests, 6 FTP session, 7 its file; and 8, a closed request. */
function fewHandles(): HandleTree {
  const journal = new ScriptedJournal();
  const root = journal.open('InternetOpen', 'root', 'open', null, 'Example/1.0');
  const http = journal.open('InternetConnect', 'http-connect', 'open', root, 'https://api.example.org:8443');
  const [one, two, three] = ['/a.json', '/b c.json', '/upload'].map((path) =>
    journal.open('HttpOpenRequest', 'http-request', 'unsent', http, `GET ${path}`),
  );
  const ftp = journal.open('InternetConnect', 'ftp-connect', 'idle', root, 'ftp://guest@files.example/pub');
  const file = journal.open('FtpOpenFile', 'ftp-file', 'reading', ftp, '/pub/Readme.txt');
  journal.call('HttpSendRequest', one ?? 0);
  journal.state(one ?? 0, 'answered');
  journal.bytes(one ?? 0, 'in', 2_000_000);
  journal.call('InternetReadFile', one ?? 0);
  journal.call('HttpSendRequest', two ?? 0, { error: 'ERROR_INTERNET_TIMEOUT' });
  journal.bytes(three ?? 0, 'out', 70_000);
  journal.call('HttpSendRequest', three ?? 0, { unfinished: true, microseconds: 20_000_000 });
  journal.call('InternetReadFile', file);
  journal.close(journal.open('HttpOpenRequest', 'http-request', 'unsent', http, 'GET /gone'));
  return restore(journal.checkpoint());
}

const CASES: readonly (readonly [text: string, serials: readonly number[]])[] = [
  ['', [1, 2, 3, 4, 5, 6, 7, 8]],
  ['kind:http-request', [3, 4, 5, 8]],
  ['kind:FTP-File,root', [1, 7]],
  ['kind:*-connect', [2, 6]],
  ['-kind:http-request', [1, 2, 6, 7]],
  ['protocol:ftp', [6, 7]],
  ['-protocol:http,ftp', [1]],
  ['state:answered', [3]],
  ['state:reading,idle', [6, 7]],
  ['host:example.org', [2, 3, 4, 5, 8]],
  ['host::8443 kind:http-connect', [2]],
  ['host:files.example', [6, 7]],
  ['host:guest', []],
  ['fn:HttpOpenRequest state:answered', [3]],
  ['fn:ftp*', [7]],
  ['called:InternetReadFile', [3, 7]],
  ['called:HttpSendRequest -error:any', [3, 5]],
  ['error:any', [4]],
  ['error:12002', [4]],
  ['error:error_internet_timeout', [4]],
  ['error:*TIMEOUT', [4]],
  ['error:ERROR_FILE_NOT_FOUND', []],
  ['age:>10s is:open', [1, 2, 3, 4, 5, 6, 7]],
  ['age:<10s', [8]],
  ['bytes:>1M', [3]],
  ['bytes:>0', [3, 5]],
  ['in:>=2000000', [3]],
  ['out:>64KiB', [5]],
  ['out:=70000', [5]],
  ['is:closed', [8]],
  ['is:running', [5]],
  ['is:leak', []],
  ['is:noted', []],
  ['value:0xCC0004', [1]],
  ['value:13369348', [1]],
  ['readme', [7]],
  ['0xcc0004', [1]],
  ['"/b c"', [4]],
  ['-"/b c" kind:http-request is:open', [3, 5]],
  ['https://api.example.org', [2]],
  ['GET -upload -gone', [3, 4]],
  ['fn:InternetConnect,"FtpOpenFile"', [2, 6, 7]],
];

test('parseFilter reads every key, lists, wildcards, negation, words and quotes', () => {
  const tree = fewHandles();
  for (const [text, serials] of CASES) assert.deepEqual(passing(filterOf(text), tree), serials, text);
  const used = new Set(CASES.flatMap(([text]) => splitFilter(text).map(({ key }) => key)));
  assert.deepEqual(
    filterKeys.filter((key) => !used.has(key)),
    [],
    'each key has a case',
  );
});

const PROBLEMS: readonly (readonly [text: string, at: number, sentence: RegExp])[] = [
  ['kinds:root', 0, /no key\. Did you mean kind\?/],
  ['is:open flavour:none', 8, /is no key/],
  ['kind:htp-request', 5, /Did you mean http-request\?/],
  ['kind:xyz', 5, /There are: root, ftp-connect/],
  ['fn:HttpOpenReqest', 3, /Did you mean HttpOpenRequest\?/],
  ['is:lost', 3, /no condition/],
  ['state:', 6, /missing after state:/],
  ['kind:root,', 10, /missing after kind:/],
  ['error:99999', 6, /No error has the number 99999/],
  ['error:nonsense', 6, /neither any nor/],
  ['age:>10parsecs', 4, /cannot be compared/],
  ['bytes:much', 6, /cannot be compared/],
  ['value:0xZZ', 6, /no value of a handle/],
  ['host:"a b', 5, /quote is not closed/],
  ['a'.repeat(501), 500, /at most 500 characters/],
];

test('parseFilter says what is wrong and where', () => {
  for (const [text, at, sentence] of PROBLEMS) {
    const parsed = parseFilter(text);
    assert.ok(!parsed.ok, text);
    assert.equal(parsed.at, at, text);
    const [message, ...values] = parsed.problem;
    assert.match(
      message.replace(/\{(\d)\}/g, (_, index: string) => values[Number(index)] ?? '?'),
      sentence,
    );
  }
});

const anyWord = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom(...filterKeys.map((key) => `${key}:`), '-', '"', ',', ' ', '*', '>1', '10s', 'any', 'leak', 'open'),
);
const anyText = fc.array(anyWord, { maxLength: 8 }).map((words) => words.join(''));

test('parseFilter never throws, and what is wrong lies within the text', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const parsed = parseFilter(text);
      if (!parsed.ok) assert.ok(parsed.at >= 0 && parsed.at <= text.length);
    }),
    { numRuns: 2000 },
  );
});

test('parseFilter makes of a term and the same term with a dash two filters that part the handles', () => {
  const anyTerm = fc.constantFrom(...CASES.map(([text]) => text).filter((text) => /^[a-z]\S*$/i.test(text)));
  fc.assert(
    fc.property(anyJournal(), anyTerm, (journal, term) => {
      const tree = emptyTree();
      for (const entry of journal) applyEntry(tree, entry);
      const [passed, refused] = [passing(filterOf(term), tree), passing(filterOf(`-${term}`), tree)];
      assert.deepEqual(
        [...passed, ...refused].sort((one, other) => one - other),
        [...tree.nodes.keys()],
      );
    }),
  );
});

test('filterHandles keeps the open ones above a match as context and counts what is neither', () => {
  const tree = fewHandles();
  const { matches, context, open, hidden } = filterHandles(tree, filterOf('state:answered'));
  assert.deepEqual(
    { matches: [...matches], context: [...context], open, hidden },
    {
      matches: [3],
      context: [2, 1],
      open: 7,
      hidden: 4,
    },
  );
});

test('filterHandles parts the open handles of any journal and hides none that has a match below it', () => {
  fc.assert(
    fc.property(
      anyJournal(),
      fc.constantFrom('kind:*file', 'state:reading', 'bytes:>0', 'is:running'),
      (journal, text) => {
        const tree = emptyTree();
        for (const entry of journal) applyEntry(tree, entry);
        const { matches, context, open, hidden } = filterHandles(tree, filterOf(text));
        assert.equal(matches.size + context.size + hidden, open);
        for (const serial of [...matches, ...context]) {
          const parent = tree.nodes.get(serial)?.parent ?? null;
          const isOpen = parent !== null && tree.nodes.get(parent)?.closed === null;
          if (isOpen) assert.ok(matches.has(parent) || context.has(parent), `${parent} above ${serial}`);
        }
      },
    ),
  );
});

test('filterSuggestions offers keys, then the values that occur with how many have them', () => {
  const tree = fewHandles();
  const labels = (text: string, cursor = text.length) => {
    const { items } = filterSuggestions(text, cursor, tree);
    return items.map(({ label, count }) => (count === undefined ? label : `${label} ${count}`));
  };
  assert.deepEqual(
    labels(''),
    filterKeys.map((key) => `${key}:`),
  );
  assert.deepEqual(labels('is:open ki'), ['kind:']);
  assert.deepEqual(labels('kind:'), ['http-request 3', 'ftp-connect 1', 'ftp-file 1', 'http-connect 1', 'root 1']);
  assert.deepEqual(labels('kind:root,conn'), ['ftp-connect 1', 'http-connect 1']);
  assert.deepEqual(labels('error:'), ['ERROR_INTERNET_TIMEOUT 1', 'any 1']);
  assert.deepEqual(labels('is:'), ['open 7', 'closed 1', 'running 1']);
  assert.deepEqual(labels('host:'), ['api.example.org:8443 4', 'files.example 2']);
  assert.deepEqual(labels('flavour:'), []);
  assert.deepEqual(filterSuggestions('-state:an kind:root', 9, tree), {
    from: 7,
    to: 9,
    items: [{ insert: 'answered', label: 'answered', count: 1 }],
  });
});

test('filterSuggestions offers only what parseFilter understands', () => {
  const tree = fewHandles();
  for (const key of filterKeys) {
    for (const { insert, count } of filterSuggestions(`${key}:`, key.length + 1, tree).items) {
      const found = filterHandles(tree, filterOf(`${key}:${insert}`)).matches.size;
      assert.ok(found >= (count ?? 0), `${key}:${insert} finds ${found} of ${count}`);
    }
  }
});

test('BUILT_IN_FILTERS are filters', () => {
  for (const { text } of BUILT_IN_FILTERS) assert.ok(parseFilter(text).ok, text);
});

test('filterHandles looks through closed handles only when the filter asks for them', () => {
  const journal = new ScriptedJournal();
  const root = journal.open('InternetOpen', 'root', 'open', null, 'filter/1.0');
  const session = journal.open('InternetConnect', 'http-connect', 'open', root, 'http://one.example');
  const [kept, gone] = [1, 2].map((index) =>
    journal.open('HttpOpenRequest', 'http-request', 'unsent', session, `GET /${index}`),
  );
  journal.close(gone ?? 0);
  const tree = restore(journal.checkpoint());
  const found = (text: string): readonly (readonly number[] | number)[] => {
    const { matches, closed, context, hidden } = filterHandles(tree, filterOf(text));
    return [[...matches], closed, [...context].sort(), hidden];
  };
  assert.deepEqual(found('kind:http-request'), [[kept], 0, [root, session], 0]);
  for (const text of ['is:closed', '-is:open']) assert.deepEqual(found(text), [[gone], 1, [root, session], 1]);
  assert.deepEqual(found('is:open,closed kind:http-request'), [[kept, gone], 1, [root, session], 0]);
  const offered = filterSuggestions('is:c', 4, tree).items.map(({ label, count }) => [label, count]);
  assert.deepEqual(offered, [['closed', 1]]);
});

test('withFilter puts a filter among the others by its name, in place of one with the same name', () => {
  const filters = [
    { name: 'Alpha', text: 'a' },
    { name: 'Gamma', text: 'c' },
  ];
  assert.deepEqual(withFilter(withFilter(filters, { name: 'Beta', text: 'b' }), { name: 'Alpha', text: 'z' }), [
    { name: 'Alpha', text: 'z' },
    { name: 'Beta', text: 'b' },
    { name: 'Gamma', text: 'c' },
  ]);
});

function filterOf(text: string): HandleFilter {
  const parsed = parseFilter(text);
  assert.ok(parsed.ok, text);
  return parsed.filter;
}

function passing(filter: HandleFilter, tree: HandleTree): number[] {
  return [...tree.nodes.values()].filter((node) => filter.test(node, tree)).map(({ serial }) => serial);
}
