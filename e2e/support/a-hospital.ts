import { expect, request } from '@playwright/test'
import { minutesFromNow } from '#test-support/clock.ts'

/** A hospital’s message about Grace, or about somebody else; `at` is YYYYMMDDHHMMSS in UTC. */
type Said = Readonly<{ event: string; at: string; nhs?: string; name?: string; born?: string }>

/** Sends one ADT message as the administrator; returns the code of its acknowledgement. */
export async function sendMessage(baseURL: string, said: Said): Promise<string> {
  const door = await request.newContext({ baseURL })
  const signedIn = await door.post('/auth/demo', { data: { as: 'admin' } })
  const { token } = (await signedIn.json()) as { token: string }
  await door.dispose()
  const { event, at, nhs = '9991001018', name = 'OKAFOR^Grace', born = '19340104' } = said
  const gap = (fields: number) => '|'.repeat(fields)
  const message = [
    `MSH|^~\\&|PAS|STANNE|GABLE|GABLE|${at}+0000||ADT^${event}|${event}-${at}-${nhs}|P|2.5`,
    `EVN|${event}|${at}+0000`,
    `PID|1||${nhs}^^^NHS^NH||${name}||${born}|F`,
    `PV1|1|I|Ward 6${gap(16)}V-${nhs}^^^STANNE`,
    'PV2|||^Fall at home',
  ].join('\r')
  // a program of the hospital keeps no cookies
  const hospital = await request.newContext({ baseURL })
  const answer = await hospital.post('/hl7', {
    headers: { 'Content-Type': 'application/hl7-v2', Authorization: `Bearer ${token}` },
    data: Buffer.from(message),
  })
  const text = await answer.text()
  await hospital.dispose()
  expect(text).toMatch(/^MSH\|/)
  return /\rMSA\|(A.)/.exec(text)?.[1] ?? ''
}

/** `hours` ago, as a hospital writes it. */
export function hospitalTime(hours: number): string {
  return minutesFromNow(-hours * 60)
    .toISOString()
    .replace(/\D/g, '')
    .slice(0, 14)
}
