/** Where files wait until they have arrived, across a reload of the page. */
export type KeptFiles = {
  /** False where the browser will not, or has no room. */
  put(id: string, file: Blob): Promise<boolean>
  /** Null when it is not there, or was dropped by the browser. */
  get(id: string): Promise<Blob | null>
  remove(id: string): Promise<void>
}

const store = 'files'

/**
 * Keeps files in the browser's own database under this name. A browser that has none, or blocks it in a frame of another
 * site, keeps nothing and says so.
 */
export function keepFiles(name: string): KeptFiles {
  let opening: Promise<IDBDatabase | null> | null = null

  function open(): Promise<IDBDatabase | null> {
    opening ??= new Promise((resolve) => {
      try {
        const asked = indexedDB.open(name, 1)
        asked.onupgradeneeded = () => asked.result.createObjectStore(store)
        asked.onsuccess = () => resolve(asked.result)
        asked.onerror = () => resolve(null)
        asked.onblocked = () => resolve(null)
      } catch {
        resolve(null)
      }
    })
    return opening
  }

  async function run<Answer>(
    mode: IDBTransactionMode,
    ask: (files: IDBObjectStore) => IDBRequest<Answer>,
  ): Promise<{ answer: Answer } | null> {
    const database = await open()
    if (!database) return null
    return new Promise((resolve) => {
      try {
        const transaction = database.transaction(store, mode)
        const asked = ask(transaction.objectStore(store))
        transaction.oncomplete = () => resolve({ answer: asked.result })
        transaction.onabort = () => resolve(null)
        transaction.onerror = () => resolve(null)
      } catch {
        resolve(null)
      }
    })
  }

  return {
    put: async (id, file) => (await run('readwrite', (files) => files.put(file, id))) !== null,
    async get(id) {
      const found = await run<unknown>('readonly', (files) => files.get(id))
      return found?.answer instanceof Blob ? found.answer : null
    },
    async remove(id) {
      await run('readwrite', (files) => files.delete(id))
    },
  }
}
