export const importing = {
  title: '数据导入',
};
