import { deserialize, serialize } from 'node:v8';

/**
 * Long lists on their way between threads. Sent as they are, the receiving thread would take them apart at one go, which for a
 * county's buildings blocks it for seconds; in pieces it can answer others in between.
 */
export interface InPieces<Item> {
  readonly pieces: readonly Uint8Array[];
  /** Never there: it keeps lists of different things apart. */
  readonly item?: Item;
}

/** Some milliseconds' work. */
const ITEMS_A_PIECE = 400;

function* slices<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += ITEMS_A_PIECE) yield items.slice(start, start + ITEMS_A_PIECE);
}

export const inPieces = <Item>(items: readonly Item[]): InPieces<Item> => ({
  pieces: Array.from(slices(items), (slice) => serialize(slice)),
});

export const together = <Item>({ pieces }: InPieces<Item>): Item[] =>
  pieces.flatMap((piece) => deserialize(piece) as Item[]);

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** `inPieces` for a thread that must go on answering. */
export async function inPiecesByTurns<Item>(items: readonly Item[]): Promise<InPieces<Item>> {
  const pieces: Uint8Array[] = [];
  for (const slice of slices(items)) {
    pieces.push(serialize(slice));
    await nextTurn();
  }
  return { pieces };
}

/** `together` for a thread that must go on answering. */
export async function togetherByTurns<Item>({ pieces }: InPieces<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for (const piece of pieces) {
    for (const item of deserialize(piece) as Item[]) items.push(item);
    await nextTurn();
  }
  return items;
}
