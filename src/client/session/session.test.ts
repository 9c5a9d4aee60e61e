import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { minutesFromNow } from '#test-support/clock.ts'
import { stubLocalStorage } from '#test-support/doubles/local-storage.ts'
import { restoreSession, signInAs, signOut, signOutEverywhere, useSession } from './session.ts'
import { signInWays } from './sign-in-ways.ts'

const amina = { identity: 'amina', name: 'Amina Yusuf', role: 'nurse-case-manager' } as const
const ends = {
  idle: minutesFromNow(30).toISOString(),
  absolute: minutesFromNow(12 * 60).toISOString(),
}
const respond = (body: unknown, status = 200) => Response.json(body, { status })

type Answer = (path: string, init: RequestInit | undefined) => Promise<Response>

/** Records the requests to the server, and answers each with `answer`. */
function server(answer: Answer) {
  const calls: { path: string; init: RequestInit | undefined }[] = []
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    calls.push({ path, init })
    return await answer(path, init)
  })
  return { calls, paths: () => calls.map((each) => each.path) }
}

const lost: Answer = async () => {
  throw new TypeError('Failed to fetch')
}
/** A server that accepts the cookie until the user signs out. */
function knowing(): Answer {
  let isValid = true
  return async (path) => {
    if (path.startsWith('/auth/sign-out')) isValid = false
    return isValid
      ? respond({ actor: amina, ends })
      : respond({}, path === '/auth/session' ? 401 : 200)
  }
}

const isIn = () => useSession.getState().actor?.identity

beforeEach(() => {
  vi.stubEnv('VITE_API', 'remote')
  stubLocalStorage()
  useSession.setState({ actor: amina, ends }, true)
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
})

test('a late 401 from before the sign-in does not end the session', async () => {
  useSession.setState({ actor: undefined }, true)
  const slow = Promise.withResolvers<Response>()
  server(() => slow.promise)
  const asked = restoreSession()
  server(knowing())
  await signInAs('amina')
  slow.resolve(respond({}, 401))
  expect(await asked).toBe(false)
  expect(isIn()).toBe('amina')
})

const ways = {
  'is lost': lost,
  'is refused for now': async () => respond({}, 429),
  'reaches an unavailable server': async () => respond({}, 503),
  'is answered by a captive portal': async () => new Response('<h1>Welcome', { status: 511 }),
} satisfies Record<string, Answer>

test.each(Object.entries(ways))(
  'a sign-out that %s is remembered, and sent before any other request',
  async (_, answer) => {
    server(answer)
    await signOutEverywhere()
    expect(isIn()).toBeUndefined()
    expect(await restoreSession()).toBe(false)
    expect(isIn()).toBeUndefined()
    const { paths, calls } = server(knowing())
    await restoreSession()
    expect(isIn()).toBeUndefined()
    expect(paths()).toEqual(['/auth/sign-out-everywhere', '/auth/session'])
    expect(calls[0]?.init?.headers).toMatchObject({ 'Gable-Identity': 'amina' })
    await restoreSession()
    expect(paths()).toHaveLength(3)
  },
)

test.each([
  '{',
  '"amina"',
  '{"identity":"amina"}',
  '{"path":"https://else.example","identity":"a"}',
])('a stored sign-out that cannot be read, %s, does not block signing in', async (note) => {
  localStorage.setItem('gable-owed', note)
  const { paths } = server(knowing())
  expect(await restoreSession()).toBe(true)
  expect(paths()).toEqual(['/auth/session'])
  expect(localStorage.getItem('gable-owed')).toBeNull()
})

test('an answer without a valid actor is no session', async () => {
  for (const answer of [{ actor: 'amina' }, { actor: { identity: 'amina' } }, 'amina', [1], {}]) {
    server(async () => respond(answer))
    expect(await restoreSession()).toBe(false)
    expect(isIn()).toBe('amina')
  }
})

test('a page that closes during sign-out has stored it first, and the request outlives the page', async () => {
  const { calls } = server(() => new Promise(() => undefined))
  void signOut()
  expect(isIn()).toBeUndefined()
  expect(calls[0]?.init).toMatchObject({ method: 'POST', keepalive: true })
  const { paths } = server(knowing())
  await restoreSession()
  expect(paths()[0]).toBe('/auth/sign-out')
})

test('a session answer that arrives after signing out does not sign in again', async () => {
  const { promise, resolve } = Promise.withResolvers<Response>()
  const { paths } = server(async (path) => (path === '/auth/session' ? await promise : respond({})))
  const restored = restoreSession()
  await vi.waitFor(() => expect(paths()).toContain('/auth/session'))
  await signOut()
  resolve(respond({ actor: amina, ends }))
  await restored
  expect(isIn()).toBeUndefined()
})

test('on a hanging network the app starts after some seconds with the previous user', async () => {
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) =>
    AbortSignal.abort(new DOMException(`${ms}`, 'TimeoutError')),
  )
  server(async (_, init) => {
    init?.signal?.throwIfAborted()
    return await new Promise(() => undefined)
  })
  expect(await restoreSession()).toBe(false)
  expect(isIn()).toBe('amina')
  vi.restoreAllMocks()
})

test.each([
  ['without a network', lost],
  ['when a captive portal answers', async () => new Response('<h1>Welcome')],
] satisfies [string, Answer][])(
  'the sign-in page says that the server does not answer %s',
  async (_, answer) => {
    server(answer)
    await expect(signInWays()).rejects.toMatchObject({
      kind: expect.stringMatching(/offline|unreachable/),
    })
  },
)
