import type { GraphView } from './graphView.ts';

/** The graphs that are open in this window: commands about "the graph" mean the one that is active. */
export class GraphViews {
  readonly #views = new Set<GraphView>();

  /** All of them, in the order in which they were opened. */
  get all(): readonly GraphView[] {
    return [...this.#views];
  }

  /** The graph that has the focus, or the only one that is visible. */
  get active(): GraphView | undefined {
    const views = [...this.#views];
    const visible = views.filter(({ panel }) => panel.visible);
    return views.find(({ panel }) => panel.active) ?? (visible.length === 1 ? visible[0] : undefined);
  }

  /** A graph is there until its panel is closed. */
  add(view: GraphView): void {
    this.#views.add(view);
    view.panel.onDidDispose(() => {
      this.#views.delete(view);
      view.dispose();
    });
  }
}
