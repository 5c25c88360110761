import { lexer, type Token, type Tokens } from 'marked';

/**
 * Markdown as elements. Built from the tokens, never from a text of markup: a lesson may come from a stranger, so markup in it is
 * shown as the text that it is, pictures by their description, and links only where they lead to the web.
 */

/** The elements of a Markdown text. */
export function markdown(text: string): readonly Node[] {
  return lexer(text).flatMap(block);
}

function block(token: Token): readonly Node[] {
  switch (token.type) {
    case 'heading':
      return [element('h3', inline(token.tokens))];
    case 'paragraph':
      return [element('p', inline(token.tokens))];
    case 'list':
      return [list(token as Tokens.List)];
    case 'code':
      return [element('pre', [element('code', [text((token as Tokens.Code).text)])])];
    case 'blockquote':
      return [element('blockquote', (token.tokens ?? []).flatMap(block))];
    case 'table':
      return [table(token as Tokens.Table)];
    case 'hr':
      return [element('hr', [])];
    case 'space':
      return [];
    default:
      return [element('p', [text(token.raw)])];
  }
}

function list({ ordered, start, items }: Tokens.List): HTMLElement {
  const made = element(ordered ? 'ol' : 'ul', items.map(item));
  if (ordered && start !== '' && start !== 1) made.setAttribute('start', String(start));
  return made;
}

function item({ tokens }: Tokens.ListItem): Node {
  return element(
    'li',
    tokens.flatMap((token) => (token.type === 'text' ? inline(token.tokens ?? [token]) : block(token))),
  );
}

function table({ header, rows }: Tokens.Table): Node {
  const row = (name: 'th' | 'td', cells: readonly Tokens.TableCell[]): Node =>
    element(
      'tr',
      cells.map(({ tokens }) => element(name, inline(tokens))),
    );
  return element('table', [row('th', header), ...rows.map((cells) => row('td', cells))]);
}

function inline(tokens: readonly Token[] | undefined): readonly Node[] {
  return (tokens ?? []).map((token): Node => {
    switch (token.type) {
      case 'strong':
        return element('strong', inline(token.tokens));
      case 'em':
        return element('em', inline(token.tokens));
      case 'del':
        return element('del', inline(token.tokens));
      case 'codespan':
        return element('code', [text((token as Tokens.Codespan).text)]);
      case 'br':
        return element('br', []);
      case 'link':
        return link(token as Tokens.Link);
      case 'image':
        return text((token as Tokens.Image).text);
      case 'escape':
        return text((token as Tokens.Escape).text);
      case 'text':
        return token.tokens === undefined
          ? text(decoded((token as Tokens.Text).text))
          : element('span', inline(token.tokens));
      default:
        return text(token.raw);
    }
  });
}

function link({ href, tokens }: Tokens.Link): Node {
  const content = inline(tokens);
  if (!/^https?:\/\//i.test(href)) return element('span', content);
  const anchor = element('a', content);
  anchor.setAttribute('href', href);
  anchor.setAttribute('title', href);
  return anchor;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** The lexer leaves named characters as they are written. */
function decoded(written: string): string {
  return written.replace(/&(amp|lt|gt|quot|#39);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}

function element(name: string, content: readonly Node[]): HTMLElement {
  const made = document.createElement(name);
  made.append(...content);
  return made;
}

function text(content: string): Text {
  return document.createTextNode(content);
}
