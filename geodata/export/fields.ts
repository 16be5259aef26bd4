/** One attribute of an exported layer. Names are ASCII and at most 10 bytes, so that they are the same in every format. */
export interface ExportField {
  readonly name: string;
  /** What the field list beside the file says, in Chinese. */
  readonly label: string;
  readonly type: 'text' | 'integer' | 'decimal' | 'boolean';
  /** Digits after the point of a decimal. */
  readonly decimals?: number;
}
