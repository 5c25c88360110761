import * as l10n from '@vscode/l10n';
import type { DiagramName } from '../extension/shared/hierarchy.ts';
import type { LessonAct, LessonPage, LessonReply, LessonSection } from '../extension/shared/lessonPage.ts';
import { button } from './controls.ts';
import { markdown } from './markdown.ts';
import type { Pane } from './shell.ts';

/** The lesson that is being taken: its text, its steps with what came of them, its questions, and what can be done next. */

/** Height of what was read before that stays in sight above the news, in pixels. */
const CONTEXT = 120;

/** The pane, and what it is told. */
export interface LessonPane extends Pane {
  /** The lesson as it is now; null: none is taken. */
  readonly page: LessonPage | null;
  show(page: LessonPage | null): void;
}

/** What the pane speaks to. */
export interface LessonParts {
  act(act: LessonAct): void;
  showDiagram(name: DiagramName): void;
}

/** Makes the pane. */
export function createLessonPane({ act, showDiagram }: LessonParts): LessonPane {
  let page: LessonPage | null = null;
  let drawn: LessonPage | null | undefined;
  /** The name of the button that had the keyboard before a step that runs. */
  let waiting: string | null = null;
  const element = document.createElement('section');
  element.setAttribute('aria-label', l10n.t('Lesson'));
  const head = document.createElement('header');
  const body = document.createElement('div');
  body.className = 'text';
  // Who has only keys must be able to scroll it.
  body.tabIndex = 0;
  body.setAttribute('role', 'group');
  body.setAttribute('aria-label', l10n.t('Text of the lesson'));
  const foot = document.createElement('footer');
  element.append(head, body, foot);

  const draw = (): void => {
    if (page === drawn) return;
    if ((drawn ?? null) === null && page !== null) begin();
    drawn = page;
    const focused = focusedButton(element) ?? (document.activeElement === body ? waiting : null);
    if (page === null) {
      head.replaceChildren(heading(l10n.t('No lesson is open')));
      body.replaceChildren();
      foot.replaceChildren(primary(l10n.t('Choose a lesson…'), () => act('list')));
      return;
    }
    head.replaceChildren(...headOf(page, { act, showDiagram }));
    const [before, at, replies] = [body.childElementCount, body.scrollTop, repliesIn(body)];
    body.replaceChildren(...page.sections.map(sectionOf));
    foot.replaceChildren(...footOf(page, act));
    body.scrollTop = at;
    // What was read stays where it is until something comes after it: that is brought up, its beginning first.
    const news = body.children[before > 0 ? before : partThatIsNext(page)];
    const context = before > 0 ? CONTEXT : 0;
    if (news instanceof HTMLElement) body.scrollTop = news.offsetTop - body.offsetTop - context;
    // A reply grows at the end of its question, which is no new part, and must be read too.
    else if (repliesIn(body) > replies) body.lastElementChild?.scrollIntoView({ block: 'end' });
    if (focused === null) return;
    const heir = heirOf(element, focused);
    // While a step runs, and at a question, nothing is to be pressed that goes on: the text has the keyboard till then.
    waiting = heir === undefined && page.state === 'running' ? focused : null;
    (heir ?? body).focus({ preventScroll: true });
  };
  /** Who opens a lesson begins with it, unless the keyboard is somewhere. */
  const begin = (): void => {
    const enter = (): void => {
      if (document.activeElement === document.body) (heirOf(foot, '') ?? body).focus({ preventScroll: true });
    };
    // The panel may be shown before it gets the keyboard, and must not take it from an editor.
    if (document.hasFocus()) queueMicrotask(enter);
    else window.addEventListener('focus', enter, { once: true });
  };
  return {
    element,
    draw,
    get page() {
      return page;
    },
    show(next) {
      page = next;
      if (!element.hidden) draw();
    },
  };
}

function repliesIn(body: HTMLElement): number {
  return body.querySelectorAll('.reply').length;
}

/** Who comes back to a lesson finds the question that is open, or what is said before the step that is next. */
function partThatIsNext({ done, state, sections }: LessonPage): number {
  if (done === 0) return 0;
  return Math.max(0, sections.length - (state === 'question' ? 1 : 2));
}

function headOf({ title, done, count, minutes, diagram }: LessonPage, { act, showDiagram }: LessonParts): Node[] {
  const progress = document.createElement('progress');
  progress.max = count;
  progress.value = done;
  progress.setAttribute('aria-label', l10n.t('{0} of {1} steps and questions done', done, count));
  const facts = paragraph('facts', l10n.t('{0} minutes · {1} of {2} done', minutes, done, count));
  const leave = button({ label: l10n.t('Leave'), icon: 'close', appearance: 'icon', press: () => act('close') });
  leave.classList.add('close');
  const nodes: Node[] = [leave, heading(title), facts, progress];
  if (diagram !== null) {
    nodes.push(link(l10n.t('Diagram {0}', diagram), () => showDiagram(diagram)));
  }
  return nodes;
}

function footOf({ state, asks, problem }: LessonPage, act: LessonParts['act']): Node[] {
  const quiet = (label: string, what: LessonAct): HTMLElement =>
    button({ label, appearance: 'secondary', press: () => act(what) });
  const buttons = document.createElement('div');
  buttons.className = 'buttons';
  const offers: Readonly<Record<LessonPage['state'], readonly HTMLElement[]>> = {
    next: [primary(l10n.t('Do this step'), () => act('next')), quiet(l10n.t('Start again'), 'restart')],
    running: [],
    question: [quiet(l10n.t('Show the answer'), 'answer'), quiet(l10n.t('Go on'), 'skip')],
    broken: [primary(l10n.t('Start again'), () => act('restart'))],
    done: [primary(l10n.t('Next lesson…'), () => act('list')), quiet(l10n.t('Start again'), 'restart')],
  };
  buttons.append(...offers[state]);
  const notes: Node[] = [];
  if (problem !== null) notes.push(paragraph('problem', problem));
  if (state === 'question') notes.push(paragraph('ask', wayToAnswer(asks)));
  if (state === 'broken') notes.push(paragraph('problem', l10n.t('This did not go as the lesson says.')));
  if (state === 'done') notes.push(paragraph('ask', l10n.t('That was the whole lesson.')));
  return [...notes, buttons];
}

/** Enter on a handle opens its functions, so only Space picks it. */
function wayToAnswer(asks: LessonPage['asks']): string {
  return asks === 'handle'
    ? l10n.t('Answer in the graph: click a handle, or press Space on it.')
    : l10n.t('Answer in the graph: click a function, or press Enter on the handle, then on the function.');
}

function sectionOf(section: LessonSection): HTMLElement {
  const element = document.createElement('div');
  element.className = section.is;
  switch (section.is) {
    case 'prose':
      element.append(...markdown(section.markdown));
      break;
    case 'step':
      element.append(...section.calls.map(callLine));
      if (section.differences !== null) element.append(...treeVerdict(section.differences));
      break;
    case 'question':
      element.append(paragraph('sentence', section.sentence), ...section.replies.map(reply));
      break;
  }
  return element;
}

function callLine({
  text,
  outcome,
  asExpected,
  statuses,
}: Extract<LessonSection, { is: 'step' }>['calls'][number]): HTMLElement {
  const element = document.createElement('div');
  element.className = 'call';
  const code = document.createElement('code');
  code.textContent = text;
  element.append(code);
  if (outcome !== null) {
    const result = paragraph(asExpected ? 'outcome' : 'outcome unexpected', `= ${outcome}`);
    element.append(...statuses.map((status) => paragraph('status', status)), result);
  }
  return element;
}

function treeVerdict(differences: readonly string[]): readonly Node[] {
  if (differences.length === 0) return [paragraph('verdict', l10n.t('✓ The tree is as the lesson says.'))];
  return [
    paragraph('verdict unexpected', l10n.t('The tree is not as the lesson says:')),
    ...differences.map((one) => paragraph('difference', one)),
  ];
}

function reply({ right, choice, text, reason, hint }: LessonReply): HTMLElement {
  const element = document.createElement('div');
  element.className = right ? 'reply right' : 'reply wrong';
  element.setAttribute('role', 'status');
  element.append(paragraph('choice', `${right ? '✓' : '✗'} ${choice}`), paragraph('', text));
  if (reason !== '') element.append(paragraph('reason', reason));
  if (hint !== null) element.append(paragraph('hint', l10n.t('Hint: {0}', hint)));
  return element;
}

function heading(text: string): HTMLElement {
  const element = document.createElement('h2');
  element.textContent = text;
  return element;
}

function paragraph(name: string, text: string): HTMLElement {
  const element = document.createElement('p');
  if (name !== '') element.className = name;
  element.textContent = text;
  return element;
}

function primary(label: string, press: () => void): HTMLElement {
  return button({ label, appearance: 'primary', press });
}

function link(label: string, press: () => void): HTMLElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = 'link';
  element.textContent = label;
  element.addEventListener('click', press);
  return element;
}

/** The name of the button that has the keyboard; null where none of the pane has it. */
function focusedButton(element: HTMLElement): string | null {
  const { activeElement: at } = document;
  return at?.matches('vscode-button, .link') && element.contains(at) ? nameOf(at) : null;
}

function nameOf(element: Element): string {
  return element.getAttribute('aria-label') ?? element.textContent ?? '';
}

/** The button of that name, or else the one that goes on. */
function heirOf(element: HTMLElement, name: string): HTMLElement | undefined {
  const buttons = [...element.querySelectorAll<HTMLElement>('vscode-button, .link')];
  return (
    buttons.find((one) => nameOf(one) === name) ?? buttons.find((one) => one.getAttribute('appearance') === 'primary')
  );
}
