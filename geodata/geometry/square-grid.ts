/** A uniform grid of squares over a bounding box, for finding what lies near a segment. Coordinates in millimetres. */
export class SquareGrid {
  readonly minX: number;
  readonly minY: number;
  readonly side: number;
  readonly columns: number;
  readonly rows: number;
  /** The squares found by the last `alongSegment` or `aroundBox`, in its first entries. */
  squares: Int32Array = new Int32Array(256);

  /** `count` is about how many squares to make. */
  constructor(minX: number, minY: number, maxX: number, maxY: number, count: number) {
    const width = Math.max(1, maxX - minX);
    const height = Math.max(1, maxY - minY);
    this.minX = minX;
    this.minY = minY;
    this.side = Math.max(16, Math.sqrt((width * height) / Math.max(1, count)), Math.max(width, height) / 4096);
    this.columns = Math.floor(width / this.side) + 1;
    this.rows = Math.floor(height / this.side) + 1;
  }

  get size(): number {
    return this.columns * this.rows;
  }

  squareAt(x: number, y: number): number {
    return this.#row(y) * this.columns + this.#column(x);
  }

  /** Every square that comes within `pad` of the segment (and perhaps a few more); returns how many were put into `squares`. */
  alongSegment(x0: number, y0: number, x1: number, y1: number, pad: number): number {
    if (x0 > x1) return this.alongSegment(x1, y1, x0, y0, pad);
    const firstColumn = this.#column(x0 - pad);
    const lastColumn = this.#column(x1 + pad);
    const lowY = Math.min(y0, y1) - pad;
    const highY = Math.max(y0, y1) + pad;
    if (firstColumn === lastColumn) return this.#fill(0, firstColumn, this.#row(lowY), this.#row(highY));
    const slope = x1 === x0 ? 0 : (y1 - y0) / (x1 - x0);
    const slack = pad * (1 + Math.abs(slope)) + 1;
    let found = 0;
    for (let column = firstColumn; column <= lastColumn; column++) {
      let fromY = lowY;
      let toY = highY;
      if (x1 !== x0) {
        const atLeft = y0 + (this.minX + column * this.side - x0) * slope;
        const atRight = atLeft + this.side * slope;
        fromY = Math.max(fromY, Math.min(atLeft, atRight) - slack);
        toY = Math.min(toY, Math.max(atLeft, atRight) + slack);
        if (fromY > toY) continue;
      }
      found = this.#fill(found, column, this.#row(fromY), this.#row(toY));
    }
    return found;
  }

  /** Every square that meets the box. */
  aroundBox(minX: number, minY: number, maxX: number, maxY: number): number {
    const fromRow = this.#row(minY);
    const toRow = this.#row(maxY);
    const lastColumn = this.#column(maxX);
    let found = 0;
    for (let column = this.#column(minX); column <= lastColumn; column++)
      found = this.#fill(found, column, fromRow, toRow);
    return found;
  }

  #fill(found: number, column: number, fromRow: number, toRow: number): number {
    if (found + toRow - fromRow + 1 > this.squares.length) {
      const larger = new Int32Array((found + toRow - fromRow + 1) * 2);
      larger.set(this.squares);
      this.squares = larger;
    }
    let at = found;
    for (let row = fromRow; row <= toRow; row++) this.squares[at++] = row * this.columns + column;
    return at;
  }

  #column(x: number): number {
    return Math.min(this.columns - 1, Math.max(0, Math.floor((x - this.minX) / this.side)));
  }

  #row(y: number): number {
    return Math.min(this.rows - 1, Math.max(0, Math.floor((y - this.minY) / this.side)));
  }
}

/** Which items lie in each square, packed: the items of square s are `items[starts[s]]` up to `items[starts[s + 1]]`. */
export interface Bins {
  readonly starts: Int32Array;
  readonly items: Int32Array;
}

/** Bins `count` items; `squaresOf(item)` fills `grid.squares` and says how many. It is called twice an item. */
export function binItems(grid: SquareGrid, count: number, squaresOf: (item: number) => number): Bins {
  const starts = new Int32Array(grid.size + 1);
  for (let item = 0; item < count; item++) {
    const found = squaresOf(item);
    for (let k = 0; k < found; k++) starts[grid.squares[k]! + 1]!++;
  }
  for (let square = 0; square < grid.size; square++) starts[square + 1]! += starts[square]!;
  const items = new Int32Array(starts[grid.size]!);
  const filled = starts.slice(0, grid.size);
  for (let item = 0; item < count; item++) {
    const found = squaresOf(item);
    for (let k = 0; k < found; k++) items[filled[grid.squares[k]!]!++] = item;
  }
  return { starts, items };
}

/** Bins segments of flat coordinates x0, y0, x1, y1. */
export function binSegments(grid: SquareGrid, coordinates: ArrayLike<number>, pad: number): Bins {
  return binItems(grid, coordinates.length / 4, (item) =>
    grid.alongSegment(
      coordinates[item * 4]!,
      coordinates[item * 4 + 1]!,
      coordinates[item * 4 + 2]!,
      coordinates[item * 4 + 3]!,
      pad,
    ),
  );
}
