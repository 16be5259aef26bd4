/** What `--help` prints, whole or for one command. */
export const USAGE = `gridplan: grids of urban communities, from files to files

  gridplan partition --communities F --buildings F [--barriers F] [--compounds F] [--existing F] [--rules NAME|F]
                     [--mode fresh|adjust] [--prefer balanced|fewest] [--forbid river,railway] [--barrier-weight CLASS=N …]
                     [--seed N] [--effort N] [--jobs N]
                     [--estimate M2] [--cells auto|footprints|buildings] [--alternatives N]
                     --out F.zip|F.gpkg|F.geojson [--report R.json]
  gridplan merge     --communities F --buildings F --department NAME=F [--department NAME=F …] [--weight NAME=N …]
                     [--barriers F] [--compounds F] [--rules NAME|F] [--seed N] [--effort N] --out F [--crosswalk C.csv] [--report R.json]
  gridplan check     --communities F --buildings F --grids F [--barriers F] [--compounds F] [--rules NAME|F] [--report R.json]
  gridplan staff     --communities F --grids F [--roster R.xlsx|csv] [--rules NAME|F] --out T.xlsx [--report R.json]
  gridplan convert   IN OUT [--to-crs EPSG:n] [--from-datum gcj02|bd09] [--encoding UTF-8|GBK]
  gridplan bench     --instances DIR --out results.json [--effort N] [--seed N]

F is a zipped or plain shapefile, GeoJSON, GeoPackage or KML. For all of them:
  --column FIELD=NAME   the column of a field, where its name isn't known (households=HS, buildings.id=BH)
  --crs EPSG:n          where files don't say
  --datum gcj02|bd09    where they are shifted
  --encoding GBK        where a file says nothing or the wrong thing
  --encoding-out GBK    of a shapefile written (UTF-8 without it); --to-crs EPSG:n its coordinates (EPSG:4490)
  --skip-bad            go on without features that can't be read
  --households F        counts by building id (and entrance) from an xlsx or csv register, joined to the buildings
  --estimate M2         estimate missing household counts: footprint × floors ÷ M2

Exit codes: 0 done; 1 done, but hard rules are broken (listed); 2 bad input (one problem a line: code, file, feature, field); 3 internal fault.`;
