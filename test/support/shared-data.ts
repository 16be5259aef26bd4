import path from 'node:path';

/** Where large test data lies on machines that have it: beside the project. Tests that want it skip without. */
export const sharedDirectory = path.resolve(import.meta.dirname, '../../../shared');
