import { sendText } from './answers.ts';
import type { Route } from './route.ts';

interface CachingRow {
  readonly path: string;
  readonly title: string;
  readonly detail: string;
  readonly control: string;
  readonly vary?: string;
}

const rows: readonly CachingRow[] = [
  {
    path: '/cache/minute',
    title: 'Fresh for a minute',
    detail: 'May be reused for a minute: if the time in the text stands still, it came from the cache.',
    control: 'max-age=60',
  },
  {
    path: '/cache/never',
    title: 'Never stored',
    detail: 'Must not be stored, so the time in the text changes with every request.',
    control: 'no-store',
  },
  {
    path: '/cache/check',
    title: 'Check before use',
    detail: 'May be stored, but the server wants to be asked each time.',
    control: 'no-cache',
  },
  {
    path: '/cache/vary',
    title: 'Depends on the language',
    detail: 'May be reused for a minute, but only for the same Accept-Language.',
    control: 'max-age=60',
    vary: 'Accept-Language',
  },
];

/** Answers that tell caches what to do, each stamped with the time it was made. */
export const cachingRoutes: readonly Route[] = rows.map((row) => ({
  path: row.path,
  group: 'Caching',
  title: row.title,
  detail: row.detail,
  answer: (exchange) => {
    const headers = { 'Cache-Control': row.control, ...(row.vary === undefined ? {} : { Vary: row.vary }) };
    sendText(exchange, 200, `Made at ${exchange.site.now().toISOString()}\n`, headers);
  },
}));
