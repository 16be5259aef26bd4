export const staffing = {
  title: 'Staffing',
};
