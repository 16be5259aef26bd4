// The tests' oracle for noding and polygonizing. JSTS is a development dependency only.
// @ts-nocheck JSTS ships no types for these modules.
import ArrayList from 'jsts/java/util/ArrayList.js';
import Coordinate from 'jsts/org/locationtech/jts/geom/Coordinate.js';
import GeometryFactory from 'jsts/org/locationtech/jts/geom/GeometryFactory.js';
import PrecisionModel from 'jsts/org/locationtech/jts/geom/PrecisionModel.js';
import NodedSegmentString from 'jsts/org/locationtech/jts/noding/NodedSegmentString.js';
import MCIndexSnapRounder from 'jsts/org/locationtech/jts/noding/snapround/MCIndexSnapRounder.js';
import Polygonizer from 'jsts/org/locationtech/jts/operation/polygonize/Polygonizer.js';

/** Areas of the faces of segments (x0, y0, x1, y1 each) after snap rounding to integers, ascending. */
export function faceAreasByJsts(coordinates: readonly number[]): number[] {
  const model = new PrecisionModel(1);
  const factory = new GeometryFactory(model);
  const strings = new ArrayList();
  for (let i = 0; i < coordinates.length; i += 4) {
    const ends = [
      new Coordinate(coordinates[i], coordinates[i + 1]),
      new Coordinate(coordinates[i + 2], coordinates[i + 3]),
    ];
    strings.add(new NodedSegmentString(ends, null));
  }
  const noder = new MCIndexSnapRounder(model);
  noder.computeNodes(strings);
  const noded = noder.getNodedSubstrings();
  const polygonizer = new Polygonizer();
  const seen = new Set<string>();
  for (const it = noded.iterator(); it.hasNext(); ) {
    const c = it.next().getCoordinates();
    for (let k = 0; k + 1 < c.length; k++) {
      const ends = [c[k], c[k + 1]].sort((p, q) => p.x - q.x || p.y - q.y);
      const key = `${ends[0].x},${ends[0].y},${ends[1].x},${ends[1].y}`;
      if ((ends[0].x === ends[1].x && ends[0].y === ends[1].y) || seen.has(key)) continue;
      seen.add(key);
      polygonizer.add(factory.createLineString(ends.map((p) => new Coordinate(p.x, p.y))));
    }
  }
  const areas: number[] = [];
  const polygons = polygonizer.getPolygons();
  for (const it = polygons.iterator(); it.hasNext(); ) {
    const polygon = it.next();
    const area = ringArea(polygon.getExteriorRing());
    let holes = 0;
    for (let h = 0; h < polygon.getNumInteriorRing(); h++) holes += ringArea(polygon.getInteriorRingN(h));
    areas.push(area - holes);
  }
  return areas.sort((a, b) => a - b);
}

function ringArea(ring): number {
  const c = ring.getCoordinates();
  let twice = 0;
  for (let i = 0; i + 1 < c.length; i++) twice += c[i].x * c[i + 1].y - c[i + 1].x * c[i].y;
  return Math.abs(twice) / 2;
}
