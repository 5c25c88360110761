import * as constants from '../shared/constants.ts';
import { attributesOf, type GOPHER_ATTRIBUTE_TYPE } from './gopherAttributes.ts';
import { gopherTypeOf, locatorOf } from './gopherLocator.ts';
import type { GopherEntry } from './ports/gopher.ts';

/** One item of a menu or search (GOPHER_FIND_DATA). */
export interface GOPHER_FIND_DATA {
  /** What a person reads, at most 128 characters. */
  DisplayString: string;
  /** GOPHER_TYPE_*, several bits for items of Gopher+. */
  GopherType: number;
  /** Lower 32 bits of the size in bytes; servers tell it only in Gopher+, and roughly. */
  SizeLow: number;
  /** Upper 32 bits of the size in bytes. */
  SizeHigh: number;
  /** Null where the server does not tell it. */
  LastModificationTime: Date | null;
  /** Opens the item: for GopherOpenFile, GopherFindFirstFile and GopherGetAttribute. */
  Locator: string;
}

/** The items of a menu and how far their enumeration has come. */
export interface GopherFindEntries {
  readonly all: readonly GopherEntry[];
  next: number;
}

/** An item as WinINet reports it. */
export function gopherFindDataOf({ item, blocks }: GopherEntry): GOPHER_FIND_DATA {
  const attributes = attributesOf(blocks);
  const size = attributes.map(sizeOf).find((one) => one !== undefined) ?? 0;
  const modified = attributes.map(dateOf).find((one) => one !== undefined) ?? null;
  return {
    DisplayString: item.display.slice(0, constants.MAX_GOPHER_DISPLAY_TEXT),
    GopherType: gopherTypeOf(item),
    SizeLow: size % 0x1_0000_0000,
    SizeHigh: Math.floor(size / 0x1_0000_0000),
    LastModificationTime: modified,
    Locator: locatorOf(item),
  };
}

function sizeOf({ AttributeType }: GOPHER_ATTRIBUTE_TYPE): number | undefined {
  return 'ContentType' in AttributeType ? AttributeType.Size : undefined;
}

function dateOf({ AttributeType }: GOPHER_ATTRIBUTE_TYPE): Date | undefined {
  return 'DateAndTime' in AttributeType ? (AttributeType.DateAndTime ?? undefined) : undefined;
}
