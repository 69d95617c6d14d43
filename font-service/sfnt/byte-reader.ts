import { TypecaseError } from '../errors.ts';

/**
 * Reads big-endian numbers at explicit offsets of a byte range; every read is bounds-checked.
 *
 * All methods throw TypecaseError `out-of-bounds`, naming the range, where a read would leave it.
 */
export class ByteReader {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView<ArrayBuffer>;
  readonly #name: string;

  constructor(bytes: Uint8Array<ArrayBuffer>, name: string) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#name = name;
  }

  get length(): number {
    return this.bytes.length;
  }

  uint8(offset: number): number {
    this.#check(offset, 1);
    return this.#view.getUint8(offset);
  }

  uint16(offset: number): number {
    this.#check(offset, 2);
    return this.#view.getUint16(offset);
  }

  int16(offset: number): number {
    this.#check(offset, 2);
    return this.#view.getInt16(offset);
  }

  uint32(offset: number): number {
    this.#check(offset, 4);
    return this.#view.getUint32(offset);
  }

  /** The four ASCII characters of an OpenType tag. */
  tag(offset: number): string {
    return String.fromCharCode(...this.slice(offset, 4));
  }

  /** A view of `length` bytes, not a copy. */
  slice(offset: number, length: number): Uint8Array<ArrayBuffer> {
    this.#check(offset, length);
    return this.bytes.subarray(offset, offset + length);
  }

  #check(offset: number, length: number): void {
    if (offset < 0 || length < 0 || offset + length > this.bytes.length) {
      throw new TypecaseError(
        'out-of-bounds',
        `${this.#name} ends at byte ${this.bytes.length}, but ${length} bytes were to be read at ${offset}.`,
        { range: this.#name, offset, length, size: this.bytes.length },
      );
    }
  }
}
