import { county } from './zh-CN/county.ts';
import { errors } from './zh-CN/errors.ts';
import { importing } from './zh-CN/importing.ts';
import { inputIssues } from './zh-CN/input-issues.ts';
import { issues } from './zh-CN/issues.ts';
import { merging } from './zh-CN/merging.ts';
import { reasons } from './zh-CN/reasons.ts';
import { shell } from './zh-CN/shell.ts';
import { staffing } from './zh-CN/staffing.ts';
import { terms } from './zh-CN/terms.ts';
import { workbench } from './zh-CN/workbench.ts';

/** All the page's words in Chinese, by stage. English must have the same keys. */
export const zhCN = {
  shell,
  terms,
  county,
  workbench,
  importing,
  merging,
  staffing,
  issues: { ...issues, ...inputIssues },
  reasons,
  errors,
};

export type Words = typeof zhCN;
