import type { CommunityCode, Grid } from '../model/index.ts';

/** How grid codes are made: the community's 12 digits and a sequence number. The digits are policy (`RuleSet.gridCode`). */
export interface GridCodes {
  readonly communityCode: CommunityCode;
  readonly sequenceDigits: number;
  /** Codes of grids that were replaced: never given again. */
  readonly retiredCodes: ReadonlySet<string>;
}

export const gridCode = ({ communityCode, sequenceDigits }: GridCodes, sequence: number): string =>
  `${communityCode}${String(sequence).padStart(sequenceDigits, '0')}`;

/** `count` free codes ascending from sequence 1, skipping retired and held ones; null when the digits don't suffice. */
export function freeCodes(codes: GridCodes, count: number, held: Iterable<Grid>): string[] | null {
  const taken = new Set(codes.retiredCodes);
  for (const { code } of held) taken.add(code);
  const free: string[] = [];
  for (let sequence = 1; free.length < count; sequence++) {
    if (sequence >= 10 ** codes.sequenceDigits) return null;
    const code = gridCode(codes, sequence);
    if (!taken.has(code)) free.push(code);
  }
  return free;
}
