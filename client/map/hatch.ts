/** A 12-pixel tile of thin diagonal strokes: trouble must be seen without telling colours apart. */
export function hatch(colour: string, slope: 'rising' | 'falling'): ImageData {
  const size = 12;
  const data = new ImageData(size, size);
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const across = (slope === 'rising' ? x + y : x - y + size) % size;
      if (across < 2) data.data.set([red!, green!, blue!, 150], 4 * (y * size + x));
    }
  }
  return data;
}
