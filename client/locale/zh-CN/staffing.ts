export const staffing = {
  title: '人员配置',
};
