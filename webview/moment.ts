import { stepMarks, stepStory } from '../extension/shared/stepStory.ts';
import type { Graph } from './graph.ts';
import type { Playhead } from './playhead.ts';

/** Marks in the graph what the step concerns that is shown; in the present nothing is marked. */
export function markStep(graph: Pick<Graph, 'mark'>, playhead: Playhead): void {
  const story = playhead.live ? undefined : stepStory(playhead.history, playhead.seq);
  graph.mark(story === undefined ? new Map() : stepMarks(story, playhead.tree));
}
