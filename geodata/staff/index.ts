export { checkGridWorkers } from './grid-workers.ts';
export { holdsPost } from './holds-post.ts';
export { matchRoster } from './match-roster.ts';
export { postRange } from './posts.ts';
export { type CommunityStaffing, staffingOf } from './staffing.ts';
