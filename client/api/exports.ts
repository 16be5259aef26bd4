export type GridFormat = 'shapefile' | 'geojson' | 'geopackage';

/** Address of a download of the grids of every community whose code starts with `scope`. */
export function gridsExportUrl(
  scope: string,
  format: GridFormat,
  options: { readonly crs?: string; readonly encoding?: 'UTF-8' | 'GBK'; readonly planId?: string } = {},
): string {
  const query = new URLSearchParams({
    scope,
    format,
    crs: options.crs ?? 'EPSG:4490',
    encoding: options.encoding ?? 'UTF-8',
  });
  if (options.planId) query.set('plan', options.planId);
  return `/api/exports/grids?${query}`;
}

export const staffingExportUrl = (scope: string): string => `/api/exports/staffing?scope=${encodeURIComponent(scope)}`;
export const crosswalkExportUrl = (planId: string): string =>
  `/api/exports/crosswalk?plan=${encodeURIComponent(planId)}`;

/** Starts the download without leaving the page. */
export function download(url: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = '';
  document.body.append(link);
  link.click();
  link.remove();
}
