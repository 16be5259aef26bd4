export const merging = {
  title: '全科网格',
};
