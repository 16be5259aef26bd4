import type { ExportField } from '../../../geodata/export/fields.ts';

/** How the field list's file name ends. */
export const FIELD_LIST_SUFFIX = '_字段说明.csv';

const TYPE_LABEL: Readonly<Record<ExportField['type'], string>> = {
  text: '文本',
  integer: '整数',
  decimal: '小数',
  boolean: '是否',
};

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** What the short ASCII names mean, for people: a CSV that Excel opens as UTF-8. */
export const fieldList = (fields: readonly ExportField[]): Uint8Array =>
  Buffer.from(
    `\uFEFF${[['字段', '含义', '类型'], ...fields.map(({ name, label, type }) => [name, label, TYPE_LABEL[type]])]
      .map((line) => line.map(quoted).join(','))
      .join('\r\n')}\r\n`,
  );
