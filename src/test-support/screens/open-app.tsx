import { act, cleanup, configure, render } from '@testing-library/react'
import userEvent, { type UserEvent } from '@testing-library/user-event'
import { vi } from 'vitest'
import { followSession } from '#app/account/follow-session.ts'
import { App } from '#app/app.tsx'
import { activateI18n } from '#app/i18n.ts'
import { createRoutes } from '#app/routes.tsx'
import { queryClient } from '#client/fhir/query-client.ts'
import { forgetSession, signInAs, signInAsPerson, useSession } from '#client/session/session.ts'
import { graceRecords } from '#demo-data/grace/grace.ts'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import { demoQuestionnaires } from '#demo-data/questionnaires.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { dayFromToday, machineNow } from '#test-support/clock.ts'
import { type OpenHandler, openHandler, testOrigin } from '#test-support/servers/handler.ts'

/** What happens to a call: it waits, it finds no network, or it is answered with this status. */
type Failure = 'slow' | 'offline' | number
type Call = Readonly<{ method: string; path: string }>

export type OpenApp = Readonly<{
  server: OpenHandler
  user: UserEvent
  /** opens a page like a link, as this identity, and waits until it is complete */
  open: (path: string, identity?: string) => Promise<void>
  /** the same, without waiting for its calls to the server */
  begin: (path: string, identity?: string) => Promise<void>
  /** waits until no call is running and nothing is loading */
  settled: () => Promise<void>
  /** spoils the calls from now on, or those that `which` picks */
  failCalls: (how: Failure, which?: (call: Call) => boolean) => void
  /** calls arrive again, including those that waited */
  restoreCalls: () => void
  close: () => Promise<void>
}>

const mostPatience = 20_000

const whoIsIn = () => useSession.getState().actor?.identity ?? ''

/** Nobody, a demonstration identity, or the person or carer with this id (`person p-1`). */
async function become(identity: string): Promise<void> {
  if (identity === '') return forgetSession()
  const [, person] = /^person (.+)/.exec(identity) ?? []
  await signInAs(person ? 'amina' : identity)
  if (person) await signInAsPerson(person)
}

/**
 * The app in a window, on its real routes, over the real handler with Grace's record and the given records. Calls of
 * pages go to the handler as the browser's `fetch` would send them. One in each file: databases and modules take most
 * of the time.
 */
export async function openApp(more: readonly ResourceWithId[] = []): Promise<OpenApp> {
  const server = await openHandler({ now: machineNow })
  const grace = [...demoOrganisationRecords(), ...graceRecords(dayFromToday(0))]
  const forms = demoQuestionnaires.map((form) => ({ ...form, id: form.id ?? '' }))
  await server.seed([...grace, ...forms, ...more], 'brook-surgery')
  const wire = controlledFetch(server)
  const { queries = {}, ...others } = queryClient.getDefaultOptions()
  queryClient.setDefaultOptions({ ...others, queries: { ...queries, retryDelay: 0 } })
  // a slow machine is no fault: what is looked for may come later than the second that is usual
  configure({ asyncUtilTimeout: mostPatience })
  activateI18n()
  keepQuiet()
  let router: ReturnType<typeof createRoutes> | undefined
  let unfollow = () => undefined as unknown

  const isBusy = () =>
    router?.state.navigation.state !== 'idle' ||
    !router.state.initialized ||
    wire.underWay() + queryClient.isFetching() + queryClient.isMutating() > 0 ||
    document.querySelector('.gable-skeleton') !== null

  const settled = async () => {
    const end = Date.now() + mostPatience
    for (let quiet = 0; quiet < 2; quiet = isBusy() ? 0 : quiet + 1) {
      if (Date.now() > end) throw new Error(`Still loading: ${document.body.textContent}`)
      await beat()
    }
  }

  /**
   * A page that is opened again would stay as it is, and hear of no change: its queries are removed under it. The frame
   * of the user before would load under the next one, and keep what was refused there.
   */
  const leave = async (path: string, isOther: boolean) => {
    if (!router || !(isOther || router.state.location.pathname === path)) return
    await router.navigate('/nowhere')
    await beat()
  }

  const begin = async (path: string, identity?: string) => {
    const isOther = identity !== undefined && identity !== whoIsIn()
    if (isOther) await wire.sparing(() => become(identity))
    await leave(path, isOther)
    queryClient.removeQueries({ predicate: ({ queryKey: [kind] }) => !isOfFrame(path, kind) })
    if (router) await router.navigate(path)
    else {
      history.replaceState({}, '', path)
      router = createRoutes()
      unfollow = followSession(router)
      render(<App router={router} />)
    }
  }

  return {
    ...{ server, settled, begin, failCalls: wire.failCalls, restoreCalls: wire.restoreCalls },
    user: userEvent.setup({ delay: 0, document, pointerEventsCheck: 0 }),
    open: async (path, identity) => {
      await begin(path, identity)
      await settled()
    },
    close: async () => {
      wire.restoreCalls()
      unfollow()
      cleanup()
      router?.dispose()
      queryClient.clear()
      await server.close()
      // a page that goes away may have put off its last step
      await new Promise((resolve) => setTimeout(resolve))
    },
  }
}

/**
 * What the frame around a person has loaded stays from page to page, so that only the page whose calls fail is
 * affected.
 */
const isOfFrame = (path: string, kind: unknown) =>
  path.startsWith('/people/') && (kind === 'person' || kind === 'opening')

/** Lets React do its pending work now, without the delay between a skeleton and its page. */
const beat = () => act(async () => await new Promise((resolve) => setTimeout(resolve, 1)))

function controlledFetch({ handler }: OpenHandler) {
  let failure:
    | { how: Failure; which: (call: Call) => boolean; restored: PromiseWithResolvers<void> }
    | undefined
  let isSpared = false
  const arrives = async (url: URL, method: string): Promise<Response | undefined> => {
    const { how, which, restored } = failure ?? {}
    if (how === undefined || isSpared || !which?.({ method, path: url.pathname })) return undefined
    if (how === 'offline') throw new TypeError('Failed to fetch')
    if (how !== 'slow') return refusal(how)
    await restored?.promise
    return await arrives(url, method)
  }
  let underWay = 0
  globalThis.fetch = async (input, init) => {
    const url = new URL(String(input instanceof Request ? input.url : input), testOrigin)
    const isOwn = isOfPages({ method: 'GET', path: url.pathname })
    if (isOwn) underWay += 1
    try {
      const spoiltAnswer = await arrives(url, init?.method ?? 'GET')
      return spoiltAnswer ?? (await handler(new Request(url, init)))
    } finally {
      if (isOwn) underWay -= 1
    }
  }
  let isOnLine = true
  Object.defineProperty(navigator, 'onLine', { get: () => isOnLine, configurable: true })
  const restoreCalls = () => {
    failure?.restored.resolve()
    failure = undefined
    isOnLine = true
  }
  return {
    restoreCalls,
    underWay: () => underWay,
    sparing: async (work: () => Promise<void>) => {
      isSpared = true
      await work()
      isSpared = false
    },
    failCalls: (how: Failure, which = isOfPages) => {
      restoreCalls()
      failure = { how, which, restored: Promise.withResolvers<void>() }
      isOnLine = how !== 'offline'
    },
  }
}

/**
 * The messages that React and the router print for each error that a page shows, and for a tag that this window does
 * not know.
 */
function keepQuiet(): void {
  const { error: print } = console
  vi.spyOn(console, 'error').mockImplementation((...words: unknown[]) => {
    const text = words.map(String).join(' ')
    if (!/FhirError|The tag <.+> is unrecognized/.test(text)) print(...words)
  })
}

/** Everything except the app’s own automatic calls: changes by others, and who has the same plan open. */
const isOfPages = ({ path }: Call) => !path.startsWith('/events')

function refusal(status: number): Response {
  const issue = [{ severity: 'error', code: 'exception', details: { text: 'Failed by the test' } }]
  return Response.json(
    { resourceType: 'OperationOutcome', issue },
    { status, headers: { 'Content-Type': 'application/fhir+json' } },
  )
}
