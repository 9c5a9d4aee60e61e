import { type ReactNode, useEffect, useState } from 'react'
import { useDeviceState } from '#client/offline/device-state.ts'
import { useSession } from '#client/session/session.ts'
import { type RebuildDatabase, RecoveryScreen } from './recovery-screen.tsx'
import { StartingScreen } from './starting-screen.tsx'
import { StorageFullScreen } from './storage-full-screen.tsx'

type Gate = Readonly<{ remake: (how: RebuildDatabase) => void; children: ReactNode }>

/** A start that takes no longer than this shows no progress, in milliseconds. */
const unnoticed = 400

/**
 * Shows the app once the records on this device can be used. Until then it shows the sign-in page, which needs none of
 * them, or the progress; or, if they are missing or cannot be read, what can be done about it: never an app without people.
 */
export function DeviceGate({ remake, children }: Gate) {
  const device = useDeviceState()
  const isSignedIn = useSession(({ actor }) => actor !== undefined)
  const isLate = useIsLate()
  const [isOpen, setIsOpen] = useState(false)
  if (device.state === 'ready' && !isOpen) setIsOpen(true)
  if (isOpen) return children
  if (device.state === 'full') return <StorageFullScreen />
  if (device.state === 'missing' || device.state === 'unreadable')
    return <RecoveryScreen device={device} remake={remake} />
  return isSignedIn && isLate ? <StartingScreen /> : children
}

function useIsLate(): boolean {
  const [isLate, setIsLate] = useState(false)
  useEffect(() => {
    const clock = setTimeout(() => setIsLate(true), unnoticed)
    return () => clearTimeout(clock)
  }, [])
  return isLate
}
