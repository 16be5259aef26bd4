/** A versioned set of policy numbers. Every number in it can be traced to a clause; none of them stands in code. */
export interface RuleSet {
  readonly id: string;
  readonly title: string;
  readonly documentNumber: string;
  readonly issuedBy: string;
  /** ISO date. */
  readonly effectiveDate: string;
  readonly householdBasis: 'registered' | 'resident';
  /** R1: households of one general grid. `target` is what the balanced preference aims at. */
  readonly gridRange: {
    readonly clause: string;
    readonly least: number;
    readonly most: number;
    readonly target: number;
  };
  /** R3. */
  readonly gridWorkers: { readonly clause: string; readonly perGrid: number; readonly gridsPerWorker: number };
  /** R5: posts of a community, see `staff/posts.ts`. */
  readonly posts: {
    readonly clause: string;
    readonly baseHouseholds: number;
    readonly baseLeast: number;
    readonly baseMost: number;
    /** One post more per this many households above the base: the larger divisor gives the least, the smaller the most. */
    readonly householdsPerPostLeast: number;
    readonly householdsPerPostMost: number;
    readonly rounding: 'floor' | 'ceil' | 'round';
  };
  /** R6: which categories of staff hold a community-worker post. */
  readonly postCategories: { readonly clause: string; readonly categories: readonly StaffCategory[] };
  readonly gridCode: { readonly sequenceDigits: number };
}

/** 社区工作者, "两委"成员, 公益性岗位, 其他. */
export type StaffCategory = 'communityWorker' | 'committee' | 'publicWelfare' | 'other';
