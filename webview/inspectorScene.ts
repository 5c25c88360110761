import type { HandleConnection, ToldConnection } from '../extension/shared/connections.ts';
import type { HandleHistory } from '../extension/shared/handleHistory.ts';
import type { HttpSend } from '../extension/shared/httpSends.ts';
import type { InheritedOption } from '../extension/shared/inheritedOptions.ts';
import type { HandleNode } from '../extension/shared/model.ts';
import type { Playhead } from './playhead.ts';

/** What a section is made from. */
export interface InspectorScene {
  readonly node: HandleNode;
  readonly history: HandleHistory;
  /** The HTTP requests that were sent on it. */
  readonly sends: readonly HttpSend[];
  /** The connections over which its work went, as their sockets told. */
  readonly connections: readonly HandleConnection[];
  /** The same from status callbacks alone, where the journal holds nothing better. */
  readonly toldConnections: readonly ToldConnection[];
  /** The options that count for it. */
  readonly options: readonly InheritedOption[];
  readonly playhead: Playhead;
  /** Time of the journal to which ages count, in microseconds. */
  readonly now: number;
  /** The call that is selected. */
  readonly call: number | null;
  select(serial: number, call?: number): void;
  /** Goes to the line of the program that made a call. */
  goToCall(call: number): void;
  /** Has somebody asked for all lines of this section? */
  showsAll(section: string): boolean;
  showAll(section: string): void;
}
