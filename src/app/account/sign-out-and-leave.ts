import { draftStorage } from '#client/forms/draft-storage.ts'
import { deviceReady } from '#client/offline/device-ready.ts'

/** Signs out. Settles when what was typed is stored and no downloads are left on the device. */
export async function signOutAndLeave(signOut: () => Promise<void>): Promise<void> {
  await draftStorage().flush()
  await signOut()
  await deviceReady()
}
