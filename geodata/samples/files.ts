import type { Feature, FeatureCollection, Geometry } from 'geojson';
import type { BarrierClass, Building, StaffCategory } from '../model/index.ts';
import type { SampleCounty, SampleGrid } from './county.ts';

/** A layer as a vendor would hand it in: Chinese column names, one file. */
export interface SampleLayer {
  readonly name: string;
  readonly collection: FeatureCollection;
}

const BARRIER_WORDS: Readonly<Record<BarrierClass, string>> = {
  river: '河流',
  railway: '铁路',
  mainRoad: '主干道',
  road: '支路',
  wall: '围墙',
};
const CATEGORY_WORDS: Readonly<Record<StaffCategory, string>> = {
  communityWorker: '社区工作者',
  committee: '两委成员',
  publicWelfare: '公益性岗位',
  other: '其他',
};

/** The sample county as layers and a roster (rows of text, the first one the header). */
export function countyFiles(county: SampleCounty): {
  readonly layers: readonly SampleLayer[];
  readonly roster: readonly (readonly string[])[];
} {
  const layer = (name: string, features: readonly Feature[]): SampleLayer => ({
    name,
    collection: { type: 'FeatureCollection', features: [...features] },
  });
  const grids = (list: readonly SampleGrid[], more: Readonly<Record<string, string>> = {}) =>
    list.map((grid) =>
      feature(grid.area, { 网格编码: grid.code, 网格名称: grid.name, 社区编码: grid.communityCode, ...more }),
    );
  const nameOfCommunity = new Map(county.grounds.map(({ community }) => [community.code, community.name]));
  return {
    layers: [
      layer(
        'communities',
        county.grounds.map(({ community }) =>
          feature(community.area, { 社区编码: community.code, 社区名称: community.name, 街道: community.streetName }),
        ),
      ),
      layer(
        'buildings',
        county.grounds.flatMap(({ buildings }) => buildings.map(buildingFeature)),
      ),
      layer(
        'compounds',
        county.grounds.flatMap(({ compounds }) =>
          compounds.flatMap((c) => (c.area === null ? [] : [feature(c.area, { 小区编号: c.id, 小区名称: c.name })])),
        ),
      ),
      layer(
        'barriers',
        county.barriers.map((barrier) =>
          feature(barrier.shape, { 编号: barrier.id, 类别: BARRIER_WORDS[barrier.class], 名称: barrier.name }),
        ),
      ),
      layer('existing-grids', grids(county.existingGrids)),
      ...county.departments.map((department) =>
        layer(`department-${department.id}`, grids(department.grids, { 部门: department.name })),
      ),
    ],
    roster: [
      ['姓名', '类别', '是否专职', '社区', '网格'],
      ...county.workers.map((worker) => [
        worker.name,
        CATEGORY_WORDS[worker.category],
        worker.fullTime ? '是' : '否',
        nameOfCommunity.get(worker.communityCode) ?? worker.communityCode,
        worker.gridLabel ?? '',
      ]),
    ],
  };
}

function buildingFeature(building: Building): Feature {
  return feature(building.footprint, {
    楼栋编号: building.id,
    楼栋名称: building.name,
    小区编号: building.compoundId,
    户数: building.householdCount,
    人口: building.residentCount,
    层数: building.floorCount,
    单元户数: building.units.map((unit) => `${unit.name}:${unit.householdCount}`).join(';') || null,
  });
}

const feature = (geometry: Geometry, properties: Feature['properties']): Feature => ({
  type: 'Feature',
  properties,
  geometry,
});
