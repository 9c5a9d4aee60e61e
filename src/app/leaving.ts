import { deviceReady } from '#client/device/ready.ts'
import { keptText } from '#client/writing/kept-text.ts'

/** Signs out. Settles when what was typed is kept and nothing that was taken along is on the device. */
export async function leaveBy(signOut: () => Promise<void>): Promise<void> {
  await keptText().flush()
  await signOut()
  await deviceReady()
}
