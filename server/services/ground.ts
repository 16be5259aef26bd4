import type { Community, CommunityCode, Ground } from '../../geodata/model/index.ts';
import { readBarriers } from '../repositories/barriers.ts';
import { readBuildings } from '../repositories/buildings.ts';
import { findCommunity } from '../repositories/communities.ts';
import { readCompounds } from '../repositories/compounds.ts';
import type { Connection, Scope } from '../repositories/scope.ts';
import { boxAround } from './box.ts';

/** A little over the edge: a road along a boundary is often drawn a few metres beside it. */
const MARGIN_DEGREES = 0.0005;

/** Everything that is known of a community's ground; null when there is no such community in the scope. */
export async function readGround(connection: Connection, scope: Scope, code: CommunityCode): Promise<Ground | null> {
  const community = await findCommunity(connection, scope, code);
  if (community === null) return null;
  return {
    community,
    buildings: await readBuildings(connection, scope, code),
    compounds: await readCompounds(connection, scope, code),
    barriers: await readBarriers(connection, scope, boxOfArea(community.area)),
  };
}

export const boxOfArea = (area: Community['area']) => boxAround(area, MARGIN_DEGREES);
