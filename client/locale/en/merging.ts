export const merging = {
  title: 'General grids',
};
