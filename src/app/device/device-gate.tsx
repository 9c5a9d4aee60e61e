import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { StrictMode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { activateI18n } from '#app/i18n.ts'
import { type DeviceState, useDeviceState } from '#client/offline/device-state.ts'
import { type RebuildDatabase, RecoveryScreen } from './recovery-screen.tsx'
import { StartingScreen } from './starting-screen.tsx'
import { StorageFullScreen } from './storage-full-screen.tsx'

type Api = Readonly<{ remake: (how: RebuildDatabase) => void }>

/** A start that takes no longer than this shows no progress, in milliseconds. */
const unnoticed = 400

/**
 * Settles when the records on this device can be used. Until then the page shows the progress or, if they are missing
 * or cannot be read, what can be done about it: never an app without people.
 */
export async function openDeviceGate(element: HTMLElement, api: Promise<Api>): Promise<void> {
  let root: Root | undefined
  const show = () => {
    root ??= createRoot(element)
    root.render(<DeviceGate remake={(how) => void api.then(({ remake }) => remake(how))} />)
  }
  const clock = setTimeout(show, unnoticed)
  await untilReady()
  try {
    await api
  } catch (cause) {
    useDeviceState.setState({
      state: 'unreadable',
      detail: cause instanceof Error ? cause.message : String(cause),
    })
    show()
    await new Promise(() => undefined)
  }
  clearTimeout(clock)
  root?.unmount()
}

function untilReady(): Promise<void> {
  const isReady = ({ state }: DeviceState) => state === 'ready'
  return new Promise((resolve) => {
    if (isReady(useDeviceState.getState())) return resolve()
    const stop = useDeviceState.subscribe((next) => {
      if (!isReady(next)) return
      stop()
      resolve()
    })
  })
}

function DeviceGate({ remake }: Api) {
  const device = useDeviceState()
  const isBroken = device.state === 'missing' || device.state === 'unreadable'
  if (!i18n.locale) activateI18n()
  return (
    <StrictMode>
      <I18nProvider i18n={i18n}>
        {device.state === 'full' ? (
          <StorageFullScreen />
        ) : isBroken ? (
          <RecoveryScreen device={device} remake={remake} />
        ) : (
          <StartingScreen progress={device.progress} />
        )}
      </I18nProvider>
    </StrictMode>
  )
}
