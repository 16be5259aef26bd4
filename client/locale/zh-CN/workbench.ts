export const workbench = {
  title: '划分工作台',
};
