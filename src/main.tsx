import { startApp } from './app/start.tsx'
import { trustOwnScripts } from './app/trusted-scripts.ts'
import { nextOnDevice } from './client/offline/device-ready.ts'
import { noteDeviceState, useAppUpdate, whenRecordsOpen } from './client/offline/device-state.ts'
import {
  joinOpenTab,
  restoreSession,
  shareWithNewTabs,
  useSession,
} from './client/session/session.ts'
import { signInWithoutServer } from './client/session/sign-in-ways.ts'

/** Browser start: the embedded API unless a remote one is configured, and the app. */
async function start(root: HTMLElement): Promise<void> {
  if (import.meta.env.VITE_API === 'remote') await startOnServer(root)
  else await startOnDevice(root)
}

/** The page comes first: a user who is not signed in needs none of the records, and they open in the background. */
async function startOnDevice(root: HTMLElement): Promise<void> {
  noteDeviceState({ state: 'starting' })
  const joined = joinOpenTab()
  const [{ embeddedSignIn }, { DeviceGate }] = await Promise.all([
    import('./server/hosts/browser/embedded-sign-in.ts'),
    import('./app/device/device-gate.tsx'),
  ])
  signInWithoutServer(embeddedSignIn)
  // another tab may be signed in; only the first page need not wait for it
  if (!['/', '/sign-in'].includes(location.pathname)) await joined
  const isSignedIn = useSession.getState().actor !== undefined
  const api = Promise.withResolvers<Awaited<ReturnType<typeof startEmbedded>>>()
  nextOnDevice(async () => {
    await joined
    shareWithNewTabs()
    await api.promise
    await whenRecordsOpen()
  })
  startApp(root, ({ children }) => (
    <DeviceGate remake={(how) => void api.promise.then(({ remake }) => remake(how))}>
      {children}
    </DeviceGate>
  ))
  if (!isSignedIn) await isShown(root)
  try {
    api.resolve(await startEmbedded())
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause)
    noteDeviceState({ state: 'unreadable', detail })
  }
}

async function startEmbedded() {
  const { startEmbeddedApi } = await import('./server/hosts/browser/start-embedded-api.ts')
  return await startEmbeddedApi({
    onReport: noteDeviceState,
    onUpdate: (takeOver) => useAppUpdate.setState({ waiting: true, takeOver }),
  })
}

/** Milliseconds after which the records are opened in any case. */
const mostWait = 1_500

/** Resolves when there is something to read on the page: opening the records would slow that down. */
async function isShown(root: HTMLElement): Promise<void> {
  const late = performance.now() + mostWait
  while (!root.querySelector('h1') && performance.now() < late)
    await new Promise((resolve) => setTimeout(resolve, 16))
}

async function startOnServer(root: HTMLElement): Promise<void> {
  void keepTheApp()
  // fetched while the session is restored
  const deviceSession = import('./client/offline/device-session.ts')
  if (!(await restoreSession())) await joinOpenTab()
  await (await deviceSession).startDeviceSession()
  startApp(root)
}

async function keepTheApp(): Promise<void> {
  const { keepShell } = await import('./server/hosts/browser/keep-shell.ts')
  await keepShell((takeOver) => useAppUpdate.setState({ waiting: true, takeOver }))
}

trustOwnScripts()
const root = document.getElementById('root')
if (root) void start(root)
