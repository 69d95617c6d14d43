import { promisifyRequest, type UseStore } from 'idb-keyval';
import type { FaceRecord, FaceRecords } from './face-record.ts';

/** Where it is written what is stored, by face. Every method rejects where the storage fails. */
export interface FaceIndex {
  read(face: string): Promise<FaceRecord | undefined>;
  all(): Promise<FaceRecords>;
  /** Changes a face's record at one go, also among several workers, and gives what it was before; an empty record goes. */
  edit(face: string, change: (record: FaceRecord) => FaceRecord): Promise<FaceRecord>;
}

/** The index in a store of IndexedDB. */
export function createFaceIndex(store: UseStore): FaceIndex {
  return {
    read: (face) => store('readonly', (faces) => promisifyRequest<FaceRecord | undefined>(faces.get(face))),
    all: () =>
      store('readonly', async (faces) => {
        const [names, records] = await Promise.all([
          promisifyRequest(faces.getAllKeys()),
          promisifyRequest<FaceRecord[]>(faces.getAll()),
        ]);
        return names.map((name, at) => [`${name}`, records[at] ?? {}] as const);
      }),
    edit: (face, change) =>
      store('readwrite', async (faces) => {
        let before: FaceRecord = {};
        const reading = faces.get(face);
        // Not awaited: the transaction would be over in browsers that end it with the task.
        reading.onsuccess = () => {
          before = reading.result ?? before;
          const record = change(before);
          if (Object.keys(record).length) faces.put(record, face);
          else faces.delete(face);
        };
        await promisifyRequest(faces.transaction);
        return before;
      }),
  };
}
