import type { CommunityCode, StaffCategory, Worker, WorkerId } from '../model/index.ts';
import type { Namer } from './names.ts';
import type { RandomStream } from './random.ts';

/**
 * The staff of one community as its register has them: committee members, community workers, public-welfare posts.
 * Most old grids have someone, a few have no one, and one person is down for two.
 */
export function rosterOf(
  random: RandomStream,
  names: Namer,
  communityCode: CommunityCode,
  gridLabels: readonly string[],
  householdCount: number,
): Worker[] {
  const committee = random.whole(4, 6);
  const community = Math.max(3, Math.min(10, Math.round(householdCount / 450) + random.whole(1, 3)));
  const welfare = random.whole(1, 3);
  const categories: StaffCategory[] = [
    ...Array<StaffCategory>(committee).fill('committee'),
    ...Array<StaffCategory>(community).fill('communityWorker'),
    ...Array<StaffCategory>(welfare).fill('publicWelfare'),
  ];
  const posted = categories.map((_, i) => i).filter((i) => categories[i] !== 'committee' || i >= committee - 2);
  const labelOf = new Map<number, string>();
  gridLabels.forEach((label, i) => {
    const who = posted[i];
    if (who !== undefined && !random.chance(0.08)) labelOf.set(who, label);
  });
  return categories.map((category, i) => ({
    id: `${communityCode}R${String(i + 1).padStart(2, '0')}` as WorkerId,
    name: names.person(),
    category,
    fullTime: category !== 'committee' || i < committee - 1 || random.chance(0.6),
    communityCode,
    gridLabel: labelOf.get(i) ?? null,
    gridId: null,
  }));
}
