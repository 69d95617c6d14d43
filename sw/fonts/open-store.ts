import { promisifyRequest, type UseStore } from 'idb-keyval';

/**
 * A store in a database of the IndexedDB that is given. idb-keyval's own `createStore` knows the global one only, and keeps
 * its connection while somebody wants to delete the database.
 */
export function openStore(factory: IDBFactory, databaseName: string, storeName: string): UseStore {
  let opened: Promise<IDBDatabase> | undefined;

  async function open(): Promise<IDBDatabase> {
    const request = factory.open(databaseName);
    request.onupgradeneeded = () => request.result.createObjectStore(storeName);
    const database = await promisifyRequest(request);
    if (!database.objectStoreNames.contains(storeName)) {
      // Somebody has opened it before, and so made it, but not the store.
      database.close();
      await promisifyRequest(factory.deleteDatabase(databaseName));
      return open();
    }
    // Cleared by the user, or deleted by another worker: the next one to ask opens it anew.
    const release = () => {
      database.close();
      opened = undefined;
    };
    database.onclose = release;
    database.onversionchange = release;
    return database;
  }

  return async (mode, callback) => {
    opened ??= open();
    opened.catch(() => {
      opened = undefined;
    });
    const database = await opened;
    return callback(database.transaction(storeName, mode).objectStore(storeName));
  };
}
