import type { Feature, Geometry } from 'geojson';
import type { Community, CommunityCode, Ground } from '../../geodata/model/index.ts';
import { drawnGround } from './drawn-ground.ts';

/** Two rows of houses on either side of a main road: 12 buildings of 60 households, 720 in all, so two or three grids are possible. */
const DRAWING = `
  aa.bb.cc.dd.ee.ff
  aa.bb.cc.dd.ee.ff
  .................
  =================
  .................
  gg.hh.ii.jj.kk.ll
  gg.hh.ii.jj.kk.ll
`;

export const SMALL_COMMUNITY = '220103001001' as CommunityCode;

export const smallGround = (): Ground => {
  const letters = [...'abcdefghijkl'];
  const ground = drawnGround(DRAWING, { households: Object.fromEntries(letters.map((letter) => [letter, 60])) });
  return { ...ground, community: { ...ground.community, name: '示范社区', streetName: '示范街道' } };
};

const feature = (geometry: Geometry, properties: Feature['properties']): Feature => ({
  type: 'Feature',
  geometry,
  properties,
});

const file = (name: string, features: readonly Feature[]) => ({
  name: `${name}.geojson`,
  text: JSON.stringify({ type: 'FeatureCollection', features }),
});

export const communitiesFile = (communities: readonly Community[]) =>
  file(
    'communities',
    communities.map(({ area, code, name, streetName }) =>
      feature(area, { 社区编码: code, 社区名称: name, 街道: streetName }),
    ),
  );

export const buildingsFile = (ground: Pick<Ground, 'buildings'>, extra: Feature['properties'] = {}) =>
  file(
    'buildings',
    ground.buildings.map(({ footprint, id, householdCount }) =>
      feature(footprint, { 楼栋编号: id, 户数: householdCount, ...extra }),
    ),
  );

export const barriersFile = ({ barriers }: Pick<Ground, 'barriers'>) =>
  file(
    'barriers',
    barriers.map(({ shape, id }) => feature(shape, { 编号: id, 类别: '主干道' })),
  );

/** Two grids of today: north and south of the road, each drawn a little carelessly. */
export const gridsFile = ({ community }: Pick<Ground, 'community'>) => {
  const ring = (community.area.type === 'Polygon' ? community.area.coordinates : community.area.coordinates[0]!)[0]!;
  const [west, east] = [Math.min(...ring.map(([x]) => x!)), Math.max(...ring.map(([x]) => x!))];
  const [south, north] = [Math.min(...ring.map(([, y]) => y!)), Math.max(...ring.map(([, y]) => y!))];
  const middle = (south + north) / 2;
  const box = (bottom: number, top: number): Geometry => ({
    type: 'Polygon',
    coordinates: [
      [
        [west, bottom],
        [east, bottom],
        [east, top],
        [west, top],
        [west, bottom],
      ],
    ],
  });
  return file('existing-grids', [
    feature(box(middle, north), { 网格编码: `${community.code}001`, 网格名称: '北网格' }),
    feature(box(south, middle), { 网格编码: `${community.code}002`, 网格名称: '南网格' }),
  ]);
};

export const rosterFile = () => ({
  name: 'roster.csv',
  text: [
    '姓名,类别,是否专职,社区,网格',
    '王丽,社区工作者,是,示范社区,北网格',
    '李强,社区工作者,是,示范社区,南网格',
    '赵敏,公益性岗位,是,示范社区,',
  ].join('\r\n'),
});

export const smallCountyFiles = () => {
  const ground = smallGround();
  return [
    communitiesFile([ground.community]),
    buildingsFile(ground),
    barriersFile(ground),
    gridsFile(ground),
    rosterFile(),
  ];
};
