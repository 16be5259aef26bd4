export type * from './fabric.ts';
export type * from './ids.ts';
export type * from './issue.ts';
export * from './place.ts';
export type * from './plan.ts';
export * from './result.ts';
export type * from './rules.ts';
export type * from './staffing.ts';
