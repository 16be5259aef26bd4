/** Segments on the integer lattice with a bit mask each; the same stretch may occur more than once. Coordinates in millimetres. */
export interface Segments {
  /** x0, y0, x1, y1 of each. */
  readonly coordinates: number[];
  readonly tags: number[];
}

export function noSegments(): Segments {
  return { coordinates: [], tags: [] };
}

export function addSegment(segments: Segments, x0: number, y0: number, x1: number, y1: number, tag: number): void {
  if (x0 === x1 && y0 === y1) return;
  segments.coordinates.push(x0, y0, x1, y1);
  segments.tags.push(tag);
}

/** Adds a closed ring of flat coordinates whose first point is not repeated. */
export function addRing(segments: Segments, ring: readonly number[], tag: number): void {
  const length = ring.length;
  for (let i = 0; i < length; i += 2) {
    const j = (i + 2) % length;
    addSegment(segments, ring[i]!, ring[i + 1]!, ring[j]!, ring[j + 1]!, tag);
  }
}

/** Adds an open line of flat coordinates. */
export function addLine(segments: Segments, line: readonly number[], tag: number): void {
  for (let i = 0; i + 3 < line.length; i += 2) {
    addSegment(segments, line[i]!, line[i + 1]!, line[i + 2]!, line[i + 3]!, tag);
  }
}
