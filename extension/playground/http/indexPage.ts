import { escapeHtml, sendBytes } from './answers.ts';
import { type Exchange, methodsOf, type Route } from './route.ts';

/** The page that links all others, made from the routes themselves. */
export const indexRoute: Route = {
  path: '/',
  group: 'Start',
  title: 'All pages',
  detail: 'An HTML page with a link and a sentence for everything the playground offers.',
  answer: (exchange) => sendBytes(exchange, 200, 'text/html; charset=utf-8', Buffer.from(indexPage(exchange))),
};

function indexPage({ site }: Exchange): string {
  const groups = [...new Set(site.routes.map((route) => route.group))];
  const servers = [site.http, site.https, site.ftp].map(
    ({ href }) => `<a href="${escapeHtml(href)}">${escapeHtml(href)}</a>`,
  );
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>HINTERNET playground</title></head>
<body>
<h1>HINTERNET playground</h1>
<p>Servers on this computer that only this computer can reach: ${servers.join(', ')}</p>
${groups.map((group) => section(group, site.routes)).join('\n')}
</body>
</html>
`;
}

function section(group: string, routes: readonly Route[]): string {
  const items = routes.filter((route) => route.group === group).map(item);
  return `<h2>${escapeHtml(group)}</h2>\n<ul>\n${items.join('\n')}\n</ul>`;
}

function item(route: Route): string {
  const methods = methodsOf(route).includes('POST') ? ` <small>${methodsOf(route).join(' ')}</small>` : '';
  return `<li><a href="${escapeHtml(route.path)}">${escapeHtml(route.title)}</a>${methods}: ${escapeHtml(route.detail)}</li>`;
}
