import { county } from './en/county.ts';
import { errors } from './en/errors.ts';
import { importing } from './en/importing.ts';
import { inputIssues } from './en/input-issues.ts';
import { issues } from './en/issues.ts';
import { merging } from './en/merging.ts';
import { reasons } from './en/reasons.ts';
import { shell } from './en/shell.ts';
import { staffing } from './en/staffing.ts';
import { terms } from './en/terms.ts';
import { workbench } from './en/workbench.ts';
import type { Words } from './zh-CN.ts';

/** All the page's words in English; a key missing or too many doesn't compile. */
export const en: Words = {
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
