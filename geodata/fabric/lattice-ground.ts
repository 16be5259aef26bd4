import type { Position } from 'geojson';
import {
  type Box,
  boxesMeet,
  boxOf,
  type LatticeRing,
  latticeLine,
  latticeRings,
  ringsAreaMm2,
} from '../geometry/lattice.ts';
import { localFrameFor, toLocal } from '../geometry/local-frame.ts';
import type { Barrier, BarrierClass, Compound, Ground, LocalFrame } from '../model/index.ts';

/** One building's outline on the lattice; a building known by a point only gets a tiny square. */
export interface Footprint {
  /** Index into the ground's buildings. */
  readonly building: number;
  readonly rings: readonly LatticeRing[];
  readonly box: Box;
  readonly areaMm2: number;
  readonly isPoint: boolean;
}

export interface LatticeBarrier {
  readonly class: BarrierClass;
  readonly lines: readonly (readonly number[])[];
  /** Water given as areas. */
  readonly areas: readonly LatticeRing[];
}

/** A community's ground in millimetres of its local frame. */
export interface LatticeGround {
  readonly frame: LocalFrame;
  readonly community: readonly LatticeRing[];
  readonly communityBox: Box;
  readonly footprints: readonly Footprint[];
  /** Only those that come near the community. */
  readonly barriers: readonly LatticeBarrier[];
  readonly compounds: readonly {
    readonly compound: Compound;
    readonly rings: readonly LatticeRing[];
    readonly box: Box;
  }[];
}

const POINT_HALF_SIDE_MM = 100;
const NEAR_MM = 30_000;

/** Rounds everything to the lattice. Throws when the community has no area. */
export function latticeGroundOf(ground: Ground): LatticeGround {
  const frame = localFrameFor(ground.community.area);
  const community = latticeRings(frame, ground.community.area);
  if (community.length === 0) throw new Error(`community ${ground.community.code} has no area`);
  const communityBox = boxOf(community);
  return {
    frame,
    community,
    communityBox,
    footprints: ground.buildings.map((building, index) => footprintOf(frame, building.footprint, index)),
    barriers: ground.barriers
      .map((barrier) => latticeBarrier(frame, barrier, communityBox))
      .filter(({ lines, areas }) => lines.length > 0 || areas.length > 0),
    compounds: ground.compounds.flatMap((compound) => {
      if (!compound.area) return [];
      const rings = latticeRings(frame, compound.area);
      const box = boxOf(rings);
      return rings.length > 0 && boxesMeet(box, communityBox) ? [{ compound, rings, box }] : [];
    }),
  };
}

function footprintOf(frame: LocalFrame, shape: Ground['buildings'][number]['footprint'], building: number): Footprint {
  if (shape.type !== 'Point') {
    const rings = latticeRings(frame, shape);
    const areaMm2 = ringsAreaMm2(rings);
    if (areaMm2 > 0) return { building, rings, box: boxOf(rings), areaMm2, isPoint: false };
  }
  const [x, y] = toLocal(frame, firstPosition(shape.coordinates));
  const r = POINT_HALF_SIDE_MM;
  const rings = [[x - r, y - r, x + r, y - r, x + r, y + r, x - r, y + r]];
  return { building, rings, box: boxOf(rings), areaMm2: 4 * r * r, isPoint: true };
}

function firstPosition(coordinates: unknown): Position {
  let nested = coordinates;
  while (Array.isArray(nested) && Array.isArray(nested[0])) nested = nested[0];
  return nested as Position;
}

function latticeBarrier(frame: LocalFrame, { class: barrierClass, shape }: Barrier, communityBox: Box): LatticeBarrier {
  const isNear = (line: readonly number[]): boolean =>
    line.length >= 4 && boxesMeet(boxOf([line]), communityBox, NEAR_MM);
  switch (shape.type) {
    case 'LineString':
    case 'MultiLineString': {
      const lines = shape.type === 'LineString' ? [shape.coordinates] : shape.coordinates;
      return { class: barrierClass, lines: lines.map((line) => latticeLine(frame, line)).filter(isNear), areas: [] };
    }
    default:
      return { class: barrierClass, lines: [], areas: latticeRings(frame, shape).filter(isNear) };
  }
}
