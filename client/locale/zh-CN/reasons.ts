/** Why an edit can't be done now, by the verb's reason code. */
export const reasons = {
  unknown: '现在不能这样做（{code}）',
};
