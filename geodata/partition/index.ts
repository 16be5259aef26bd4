// The partition engine, in the order things happen: problem and options in, certificates and a plan out.

export * from './alternatives.ts';
export { certify } from './certify.ts';
export * from './explain-border.ts';
export * from './options.ts';
export type * from './problem.ts';
export { compareWithExisting, scorePlan } from './score.ts';
export { runToEnd, solve } from './solve.ts';
