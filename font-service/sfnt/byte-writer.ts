/** Appends big-endian numbers and bytes to a buffer that grows by doubling. */
export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;

  constructor(capacityBytes = 256) {
    this.#bytes = new Uint8Array(Math.max(capacityBytes, 16));
  }

  get length(): number {
    return this.#length;
  }

  uint8(value: number): this {
    // The place first: reserving may replace the buffer.
    const at = this.#reserve(1);
    this.#bytes[at] = value;
    return this;
  }

  uint16(value: number): this {
    const at = this.#reserve(2);
    this.#bytes[at] = value >>> 8;
    this.#bytes[at + 1] = value;
    return this;
  }

  uint32(value: number): this {
    return this.uint16(value >>> 16).uint16(value & 0xffff);
  }

  /** The numbers of an array as consecutive uint16; negative ones become two's complement. */
  uint16s(values: ArrayLike<number>): this {
    for (let index = 0; index < values.length; index++) this.uint16(values[index] ?? 0);
    return this;
  }

  /** The four ASCII characters of an OpenType tag. */
  tag(value: string): this {
    for (let index = 0; index < 4; index++) this.uint8(value.charCodeAt(index));
    return this;
  }

  append(bytes: Uint8Array): this {
    const at = this.#reserve(bytes.length);
    this.#bytes.set(bytes, at);
    return this;
  }

  /** Appends `source[start, end)` without making a view of it: cheaper than `append` for a few bytes. */
  appendRange(source: Uint8Array, start: number, end: number): this {
    let at = this.#reserve(end - start);
    const target = this.#bytes;
    for (let index = start; index < end; index++) target[at++] = source[index] as number;
    return this;
  }

  /** Appends zeros until the length is a multiple of `unit`. */
  pad(unit: number): this {
    while (this.#length % unit !== 0) this.uint8(0);
    return this;
  }

  /** The bytes written so far: a view that the next write may leave behind. */
  bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  #reserve(count: number): number {
    const at = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    return at;
  }
}
