/** Why an edit can't be done now, by the verb's reason code. */
export const reasons = {
  unknown: 'This cannot be done now ({code})',
};
