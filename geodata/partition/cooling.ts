import type { Random } from './random.ts';

// Annealing without Math.exp, Math.log or Math.pow, whose last digits differ between engines: only + − × ÷ and the
// square root, which IEEE 754 fixes to the last bit.

const LEVELS = 4096;

/**
 * −ln((2i+1)/(2·LEVELS)) for i = 0 … LEVELS−1: the exponential variate of each of LEVELS equally likely uniforms.
 * Built downwards from ln 1 = 0 at the (imaginary) top by ln(x+1) − ln(x−1) = 2·artanh(1/x).
 */
const EXPONENTIAL = (() => {
  const doubleArtanhOfInverse = (x: number): number => {
    let sum = 0;
    for (let power = 1 / x, odd = 1; power > 1e-18; odd += 2, power /= x * x) sum += power / odd;
    return 2 * sum;
  };
  const values = new Float64Array(LEVELS);
  // The topmost uniform is (2·LEVELS−1)/(2·LEVELS); half a step of the recurrence gives its logarithm closely enough.
  let logarithm = doubleArtanhOfInverse(2 * LEVELS) / 2;
  for (let i = LEVELS - 1; i >= 0; i--) {
    values[i] = logarithm;
    if (i > 0) logarithm += doubleArtanhOfInverse(2 * i);
  }
  return values;
})();

/**
 * Metropolis' rule: an improvement is always taken, a loss with probability exp(−loss / temperature).
 * "uniform < exp(−loss/t)" is "loss < t · (−ln uniform)", and the right side comes from the table.
 */
export function accepts(loss: number, temperature: number, random: Random): boolean {
  if (loss < 0) return true;
  if (temperature <= 0) return false;
  return loss < temperature * EXPONENTIAL[random.bits() >>> 20]!;
}

/** `STAGES` values from `first` to `last` in equal ratios. The ratio is a 64th root: six square roots. */
export const STAGES = 64;
export function geometricStages(first: number, last: number): Float64Array {
  let ratio = last / first;
  for (let i = 0; i < 6; i++) ratio = Math.sqrt(ratio);
  const stages = new Float64Array(STAGES);
  for (let i = 0, value = first; i < STAGES; i++, value *= ratio) stages[i] = value;
  return stages;
}
