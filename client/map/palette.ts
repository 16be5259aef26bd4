/** Colours of the map. Fills are pale so that dark labels stay legible on them. */
export const paint = {
  background: '#eceff1',
  neighbour: '#e4e8eb',
  neighbourLine: '#c3cad2',
  neighbourText: '#7c8896',
  community: '#fbfaf6',
  communityLine: '#1b3a63',
  compound: '#efeadd',
  compoundLine: '#c6b994',
  compoundText: '#7d6c3f',
  water: '#b9d7ec',
  waterText: '#3d6f96',
  mainRoad: '#ffffff',
  mainRoadCasing: '#c9b79a',
  road: '#ffffff',
  roadCasing: '#ccd1d6',
  roadText: '#6a6256',
  railway: '#77808b',
  wall: '#a48f6c',
  cellLine: '#8a97a8',
  building: '#cfd4da',
  buildingLine: '#5f6b7a',
  buildingText: '#1b2736',
  gridLine: '#173a68',
  gridText: '#10294a',
  halo: '#ffffff',
  selected: '#0b57c9',
  over: '#c02b22',
  under: '#b06a00',
  compliant: '#2f8f62',
  noPlan: '#9aa6b4',
  incomplete: '#5b86c4',
} as const;

/**
 * Fills of the grids, told apart with any kind of colour vision when neighbours differ (after Paul Tol's "light" scheme),
 * without the reds and ambers that mean trouble.
 */
export const GRID_COLOURS = [
  '#77aadd',
  '#66c2a0',
  '#c9cc55',
  '#c3a0d8',
  '#99ddff',
  '#e8a7b8',
  '#a3b58f',
  '#c8b292',
] as const;
