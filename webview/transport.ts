import * as l10n from '@vscode/l10n';
import { formatDuration } from '../extension/shared/format.ts';
import { stepSentence } from '../extension/shared/stepSentence.ts';
import { type StepStory, stepStory } from '../extension/shared/stepStory.ts';
import { button } from './controls.ts';
import type { Playhead } from './playhead.ts';
import { SPEEDS } from './playhead.ts';
import { runTravelKey, type Travel } from './travel.ts';

/** The bar at the foot of the view that moves through time. */

/** The bar, and the words over the graph while it shows the past. */
export interface Transport {
  readonly element: HTMLElement;
  /** Says over the graph that it shows the past. */
  readonly banner: HTMLElement;
  draw(): void;
}

/** What the bar has to know of the journal. */
export interface TransportFacts {
  /** The moment is the one at which a trace opens whose handles are all closed at its end. */
  atFullest(): boolean;
  /** Nothing more will happen in it: its end is no present. */
  stopped(): boolean;
}

/** Makes the bar. */
export function createTransport(playhead: Playhead, travel: Travel, facts: TransportFacts): Transport {
  const element = document.createElement('section');
  element.className = 'transport';
  element.setAttribute('aria-label', l10n.t('Time'));
  const scrubber = createScrubber(playhead);
  const speed = createSpeed(playhead);
  const play = button({ label: l10n.t('Play'), icon: 'play', appearance: 'icon', press: travel.playPause });
  const pause = button({ label: l10n.t('Pause'), icon: 'pause', appearance: 'icon', press: travel.playPause });
  const previous = button({
    label: l10n.t('Previous call'),
    icon: 'previous',
    appearance: 'icon',
    press: travel.previousCall,
  });
  const next = button({ label: l10n.t('Next call'), icon: 'next', appearance: 'icon', press: travel.nextCall });
  const live = button({ label: l10n.t('Live'), icon: 'live', appearance: 'icon', press: travel.goLive });
  live.classList.add('go-live');
  const timeline = button({
    label: l10n.t('Timeline'),
    icon: 'timeline',
    appearance: 'icon',
    press: travel.toggleTimeline,
  });
  const [clock, story] = [span('clock'), span('story')];
  element.append(previous, play, pause, next, scrubber, clock, speed, live, timeline, story);
  const banner = document.createElement('div');
  banner.className = 'past-banner';
  banner.hidden = true;
  element.addEventListener('keydown', (event) => {
    if (!(event.target instanceof HTMLSelectElement) && runTravelKey(event, travel)) event.preventDefault();
  });
  return {
    element,
    banner,
    draw() {
      const { history, seq, playing } = playhead;
      const told = playhead.live ? undefined : stepStory(history, seq);
      const sentence =
        told === undefined ? '' : stepSentence(told, playhead.tree, (message, ...values) => l10n.t(message, ...values));
      setText(clock, clockText(playhead));
      const status = playhead.live ? quietText(playhead) : sentence;
      setText(story, status);
      story.title = status;
      [play.hidden, pause.hidden] = [playing, !playing];
      live.classList.toggle('is-live', playhead.live);
      live.setAttribute('aria-pressed', String(playhead.live));
      live.title = liveTitle(playhead.live, facts.stopped());
      showMoment(scrubber, playhead, told, sentence);
      speed.value = String(playhead.speed);
      banner.hidden = playhead.live;
      if (!playhead.live) setText(banner, bannerText(playhead, facts.atFullest()));
    },
  };
}

function createScrubber(playhead: Playhead): HTMLInputElement {
  const scrubber = document.createElement('input');
  scrubber.type = 'range';
  scrubber.className = 'scrubber';
  scrubber.step = '1';
  scrubber.setAttribute('aria-label', l10n.t('Moment of the journal'));
  scrubber.addEventListener('input', () => {
    const seq = Number(scrubber.value);
    playhead.goTo(seq);
  });
  return scrubber;
}

function showMoment(
  scrubber: HTMLInputElement,
  playhead: Playhead,
  story: StepStory | undefined,
  sentence: string,
): void {
  const { history, seq } = playhead;
  // The maximum first: a value above it would be cut down to it.
  scrubber.min = String(history.cut);
  scrubber.max = String(Math.max(history.tree.seq, history.cut + 1));
  scrubber.value = String(seq);
  const share = (seq - history.cut) / Math.max(1, history.tree.seq - history.cut);
  scrubber.style.setProperty('--share', `${(share * 100).toFixed(2)}%`);
  scrubber.disabled = history.tree.seq === history.cut;
  const where = playhead.live ? l10n.t('Live') : momentText(playhead);
  scrubber.setAttribute('aria-valuetext', story === undefined ? where : `${where}: ${sentence}`);
}

function createSpeed(playhead: Playhead): HTMLSelectElement {
  const select = document.createElement('select');
  select.className = 'speed';
  select.setAttribute('aria-label', l10n.t('Speed'));
  select.title = l10n.t('Speed');
  for (const speed of SPEEDS) select.append(new Option(`${speed}×`, String(speed)));
  select.addEventListener('change', () => playhead.setSpeed(Number(select.value)));
  return select;
}

function bannerText(playhead: Playhead, isFullest: boolean): string {
  const moment = momentText(playhead);
  if (!isFullest) return l10n.t('You are looking at the past: {0}. Press L for the present.', moment);
  return l10n.t(
    'At the end of this trace every handle is closed. Most were open at the moment that you see: {0}. Press L for the end.',
    moment,
  );
}

/** The moment in words, as `entry 31 of 106, at 1.2 ms`. */
function momentText({ history, seq, tree }: Playhead): string {
  return l10n.t('entry {0} of {1}, at {2}', seq, history.tree.seq, formatDuration(tree.t));
}

function clockText({ live, tree, history }: Playhead): string {
  const whole = formatDuration(history.tree.t);
  return live ? whole : `${formatDuration(tree.t)} / ${whole}`;
}

function liveTitle(isLive: boolean, isStopped: boolean): string {
  if (isStopped) return isLive ? l10n.t('The end is shown') : l10n.t('On to the end (L)');
  return isLive ? l10n.t('The present is shown') : l10n.t('Back to the present (L)');
}

function quietText({ history }: Playhead): string {
  if (history.cut === 0) return '';
  return history.cut === 1
    ? l10n.t('1 older entry is no longer kept')
    : l10n.t('{0} older entries are no longer kept', history.cut);
}

function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

function span(name: string): HTMLElement {
  const element = document.createElement('span');
  element.className = name;
  return element;
}
