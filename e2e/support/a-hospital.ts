import { expect, type Page, request } from '@playwright/test'
import { minutesFromNow } from '#test-support/clock.ts'

/** A hospital’s message about Grace, or about somebody else; `at` is YYYYMMDDHHMMSS in UTC. */
type Said = Readonly<{ event: string; at: string; nhs?: string; name?: string; born?: string }>

/** Sends one ADT message as the administrator; returns the code of its acknowledgement. */
export async function sendMessage(baseURL: string, said: Said): Promise<string> {
  const door = await request.newContext({ baseURL })
  const signedIn = await door.post('/auth/demo', { data: { as: 'admin' } })
  const { token } = (await signedIn.json()) as { token: string }
  await door.dispose()
  const message = asSent(said)
  // a program of the hospital keeps no cookies
  const hospital = await request.newContext({ baseURL })
  const answer = await hospital.post('/hl7', {
    headers: { 'Content-Type': 'application/hl7-v2', Authorization: `Bearer ${token}` },
    data: Buffer.from(message),
  })
  const text = await answer.text()
  await hospital.dispose()
  return codeIn(text)
}

/** The same to the service in this page. Whoever was signed in is the administrator afterwards. */
export async function sendMessageHere(page: Page, said: Said): Promise<string> {
  const answer = await page.evaluate(async (message) => {
    const signedIn = await globalThis.fetch('/auth/demo', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ as: 'admin' }),
    })
    const { token } = (await signedIn.json()) as { token: string }
    const answered = await globalThis.fetch('/hl7', {
      method: 'POST',
      headers: { 'Content-Type': 'application/hl7-v2', Authorization: `Bearer ${token}` },
      body: message,
    })
    return await answered.text()
  }, asSent(said))
  return codeIn(answer)
}

function codeIn(answer: string): string {
  expect(answer).toMatch(/^MSH\|/)
  return /\rMSA\|(A.)/.exec(answer)?.[1] ?? ''
}

/** `hours` ago, as a hospital writes it. */
export function hospitalTime(hours: number): string {
  return minutesFromNow(-hours * 60)
    .toISOString()
    .replace(/\D/g, '')
    .slice(0, 14)
}

/** ADT in the form of HL7 version 2. */
function asSent({
  event,
  at,
  nhs = '9991001018',
  name = 'OKAFOR^Grace',
  born = '19340104',
}: Said): string {
  const gap = (fields: number) => '|'.repeat(fields)
  return [
    `MSH|^~\\&|PAS|STANNE|GABLE|GABLE|${at}+0000||ADT^${event}|${event}-${at}-${nhs}|P|2.5`,
    `EVN|${event}|${at}+0000`,
    `PID|1||${nhs}^^^NHS^NH||${name}||${born}|F`,
    `PV1|1|I|Ward 6${gap(16)}V-${nhs}^^^STANNE`,
    'PV2|||^Fall at home',
  ].join('\r')
}
