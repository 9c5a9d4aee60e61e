/** A file in memory that grows as it is written. */
export class HeldFile {
  #bytes: Uint8Array<ArrayBuffer>
  #size: number

  constructor(content: Uint8Array<ArrayBuffer>) {
    this.#bytes = content
    this.#size = content.length
  }

  get size(): number {
    return this.#size
  }

  read(into: Uint8Array, at: number): number {
    const part = this.#bytes.subarray(at, Math.min(this.#size, at + into.length))
    into.set(part)
    return part.length
  }

  write(content: Uint8Array, at: number): number {
    this.resize(Math.max(this.#size, at + content.length))
    this.#bytes.set(content, at)
    return content.length
  }

  /** The extra length is empty, as in any file. */
  resize(size: number): void {
    if (size > this.#bytes.length) {
      const longer = new Uint8Array(Math.max(size, this.#bytes.length * 2))
      longer.set(this.#bytes.subarray(0, this.#size))
      this.#bytes = longer
    }
    if (size < this.#size) this.#bytes.fill(0, size, this.#size)
    this.#size = size
  }
}
