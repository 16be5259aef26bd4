/** A new id for a change, grid or plan made here. `crypto.randomUUID` is absent on plain-http pages of an office network. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
