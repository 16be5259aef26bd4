type Listener<Message> = (message: Message) => void;

/** Tells whoever listens to a key. Messages to nobody are dropped: a listener that missed some reads the state again. */
export class Channel<Message> {
  readonly #listeners = new Map<string, Set<Listener<Message>>>();

  listen(key: string, listener: Listener<Message>): () => void {
    const listeners = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(key);
    };
  }

  tell(key: string, message: Message): void {
    for (const listener of this.#listeners.get(key) ?? []) listener(message);
  }
}
