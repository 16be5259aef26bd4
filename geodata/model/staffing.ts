import type { CommunityCode, WorkerId } from './ids.ts';
import type { StaffCategory } from './rules.ts';

/** A person of the roster. Nothing more is kept of anyone. */
export interface Worker {
  readonly id: WorkerId;
  readonly name: string;
  readonly category: StaffCategory;
  readonly fullTime: boolean;
  readonly communityCode: CommunityCode;
  /** What the roster says of the grid: its code or its name; null when no grid is named. Whom a plan's grid has is `Grid.workerIds`. */
  readonly gridLabel: string | null;
}

/** R5's range of posts with the arithmetic it came from, so that a screen can show why. */
export interface PostRange {
  readonly householdCount: number;
  readonly least: number;
  readonly most: number;
  readonly clause: string;
  /** Households above the base, and the posts they add to the least and to the most. */
  readonly householdsAboveBase: number;
  readonly addedLeast: number;
  readonly addedMost: number;
}
