import { startApp } from './app/start.tsx'
import { trustOwnScripts } from './app/trusted-scripts.ts'
import { joinOpenTab, lendToNewTabs, restoreSession } from './client/session/session.ts'

/** Browser start: the embedded API unless a remote one is configured, then the app. */
async function start(root: HTMLElement): Promise<void> {
  if (import.meta.env.VITE_API === 'remote') await startOnServer()
  else await startOnDevice(root)
  startApp(root)
}

async function startOnDevice(root: HTMLElement): Promise<void> {
  const { startEmbeddedApi } = await import('./server/hosts/browser/start-embedded-api.ts')
  const { openDeviceGate: waitForDevice } = await import('./app/device/device-gate.tsx')
  const { noteDeviceState, useAppUpdate } = await import('./client/offline/device-state.ts')
  noteDeviceState({ state: 'starting' })
  const api = startEmbeddedApi({
    onReport: noteDeviceState,
    onUpdate: (takeOver) => useAppUpdate.setState({ waiting: true, takeOver }),
  })
  const joined = joinOpenTab()
  await waitForDevice(root, api)
  await joined
  lendToNewTabs()
}

async function startOnServer(): Promise<void> {
  void keepTheApp()
  if (!(await restoreSession())) await joinOpenTab()
  const { startDeviceSession: startDevice } = await import('./client/offline/device-session.ts')
  await startDevice()
}

async function keepTheApp(): Promise<void> {
  const { keepShell } = await import('./server/hosts/browser/keep-shell.ts')
  const { useAppUpdate } = await import('./client/offline/device-state.ts')
  await keepShell((takeOver) => useAppUpdate.setState({ waiting: true, takeOver }))
}

trustOwnScripts()
const root = document.getElementById('root')
if (root) void start(root)
