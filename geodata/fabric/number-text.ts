// Whole numbers as text: 5 bits a character, the lowest first, a sixth bit says that more follow. Signs alternate (0, −1, 1, −2 …)
// so that small numbers of either sign are short. All characters are safe in JSON.
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const VALUE_OF = new Int8Array(128).fill(-1);
for (let value = 0; value < 64; value++) VALUE_OF[ALPHABET.charCodeAt(value)] = value;

export class NumberWriter {
  readonly #parts: string[] = [];

  add(value: number): void {
    if (!Number.isSafeInteger(value)) throw new Error(`only whole numbers can be written, not ${value}`);
    let rest = value < 0 ? -2 * value - 1 : 2 * value;
    let text = '';
    while (rest >= 32) {
      text += ALPHABET[32 + (rest % 32)];
      rest = Math.floor(rest / 32);
    }
    this.#parts.push(text + ALPHABET[rest]);
  }

  text(): string {
    return this.#parts.join('');
  }
}

export class NumberReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The next number. Throws at the end of the text and at characters that don't belong. */
  next(): number {
    let value = 0;
    let weight = 1;
    for (;;) {
      const digit = VALUE_OF[this.#text.charCodeAt(this.#at)] ?? -1;
      if (digit < 0) throw new Error(`no number at character ${this.#at} of ${this.#text.length}`);
      this.#at++;
      value += (digit & 31) * weight;
      if (digit < 32) return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
      weight *= 32;
    }
  }
}
