import { expect, type Page } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'

/** Calls as the app makes them, from inside a page, so that they go through the service worker and the owner. */
export type Answer = Readonly<{ status: number; type: string; version: string | undefined }>

const demoPerson = `Patient/${graceId}`

/** Opens the app and waits until its API answers. */
export async function openApp(page: Page, path = '/'): Promise<void> {
  await page.goto(path)
  await expectApi(page)
}

/** Resolves when the embedded API answers in JSON. */
export async function expectApi(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(askForIdentities).catch(() => 'no page'), { timeout: 60_000 })
    .toContain('200 application/json')
}

async function askForIdentities(): Promise<string> {
  const response = await globalThis.fetch('/auth/demo', { headers: { Accept: 'application/json' } })
  return `${response.status} ${response.headers.get('content-type')}`
}

/** Signs in and returns the token for later calls. */
export async function signIn(page: Page, identity = 'amina'): Promise<string> {
  return await page.evaluate(async (as) => {
    const response = await globalThis.fetch('/auth/demo', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ as }),
    })
    const { token } = (await response.json()) as { token: string }
    return token
  }, identity)
}

export type Save = Readonly<{ token: string; id: string; text: string; version?: string }>

/** Saves a task for Grace: a new one, or the next version of one. */
export async function saveTask(page: Page, save: Save): Promise<Answer> {
  return await page.evaluate(
    async ({ token, id, text, version, person }) => {
      const response = await globalThis.fetch(`/fhir/Task/${id}`, {
        method: 'PUT',
        headers: {
          Authorization: `Bearer ${token}`,
          'Content-Type': 'application/fhir+json',
          ...(version ? { 'If-Match': `W/"${version}"` } : { 'If-None-Match': '*' }),
        },
        body: JSON.stringify({
          resourceType: 'Task',
          id,
          status: 'requested',
          intent: 'order',
          // one text of a record has 5,000 characters at most
          description: text.slice(0, 4_000),
          note: text
            .slice(4_000)
            .match(/.{1,4000}/gs)
            ?.map((each) => ({ text: each })),
          for: { reference: person },
        }),
      })
      const body = (await response.json()) as { meta?: { versionId?: string } }
      const type = response.headers.get('content-type') ?? ''
      return { status: response.status, type, version: body.meta?.versionId }
    },
    { ...save, person: demoPerson },
  )
}

export type Found = Readonly<{
  status: number
  text: string | undefined
  version: string | undefined
}>

export async function readTask(page: Page, token: string, id: string): Promise<Found> {
  return await page.evaluate(
    async ({ token, id }) => {
      const response = await globalThis.fetch(`/fhir/Task/${id}`, {
        headers: { Authorization: `Bearer ${token}`, Accept: 'application/fhir+json' },
      })
      const body = (await response.json()) as {
        description?: string
        meta?: { versionId?: string }
      }
      return { status: response.status, text: body.description, version: body.meta?.versionId }
    },
    { token, id },
  )
}
