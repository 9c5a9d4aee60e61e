import { isZone, usualZone } from '#domain/calendar/zone.ts'
import { isLoopback } from './loopback.ts'

/** The settings of the team server in the environment. Each name is in the table of docs/deployment.md. */
export type Settings = Readonly<{
  port: number
  host: string
  demo: boolean
  /** how many fictional people a demonstration has */
  people: number
  /** the service's time zone: what day it is, on every screen */
  zone: string
  /** time zone of hospitals whose messages name none */
  hl7Zone: string
  /** who to contact when signing in does not work */
  contact?: string
  /** the address of this server for browsers, if it is behind a proxy; that proxy's client addresses are then trusted */
  origin?: string
  maxBody: number
  limits: Limits
  /** requests of one user that are worked on at once */
  callsEach: number
  /** a request must be complete within this time, or is refused with 408 */
  requestMs: number
  /** a request is answered within this time, or with 503 */
  callMs: number
  /** the database cancels a reader's statement after this time */
  statementMs: number
  /** how long it still accepts new requests, not being ready, before it stops */
  stopDelayMs: number
}>

export type Limits = Readonly<{
  /**
   * requests a second that one user, and one address, may make in the long run; three times as many at once. 0: any
   * number
   */
  perCredential: number
  perAddress: number
  /** the same for attempts to sign in, by address */
  signInsPerAddress: number
  /** open event streams, of one user and in all */
  streamsEach: number
  streams: number
}>

/** The environment asks for something impossible. */
export class SettingProblem extends Error {}

type Environment = Readonly<Record<string, string | undefined>>

export function settingsFrom(env: Environment): Settings {
  const number = (name: string, otherwise: number) => numberIn(env, name, otherwise)
  const host = env['GABLE_HOST'] || '127.0.0.1'
  const demo = env['GABLE_DEMO'] === '1'
  const origin = originIn(env)
  if (demo) mustStayHere(host, origin)
  const zone = serviceZone(env)
  return {
    port: number('PORT', 8080),
    host,
    demo,
    people: number('GABLE_PEOPLE', 5_000),
    zone,
    hl7Zone: zoneIn(env, 'GABLE_HL7_ZONE', zone),
    ...(origin ? { origin } : {}),
    ...(env['GABLE_CONTACT'] ? { contact: env['GABLE_CONTACT'] } : {}),
    maxBody: number('GABLE_MAX_BODY', 50_000_000),
    limits: {
      perCredential: number('GABLE_RATE', 200),
      perAddress: number('GABLE_RATE_ADDRESS', 1_000),
      signInsPerAddress: number('GABLE_RATE_SIGN_IN', 20),
      streamsEach: number('GABLE_STREAMS_EACH', 20),
      streams: number('GABLE_STREAMS', 2_000),
    },
    callsEach: Math.max(1, number('GABLE_CALLS_EACH', 6)),
    requestMs: number('GABLE_REQUEST_SECONDS', 60) * 1_000,
    callMs: number('GABLE_CALL_SECONDS', 60) * 1_000,
    statementMs: number('GABLE_STATEMENT_SECONDS', 15) * 1_000,
    stopDelayMs: number('GABLE_STOP_DELAY_SECONDS', 0) * 1_000,
  }
}

/** Anyone may sign in as anyone in a demonstration: it is for this machine only. */
function mustStayHere(host: string, origin: string | undefined): void {
  const beyond = [host, ...(origin ? [new URL(origin).hostname] : [])].find(
    (name) => !isLoopback(name),
  )
  if (beyond === undefined) return
  throw new SettingProblem(
    `GABLE_DEMO=1 lets anyone sign in as anyone: it is available on this machine only, not on ${beyond} (GABLE_HOST, GABLE_ORIGIN).`,
  )
}

function numberIn(env: Environment, name: string, otherwise: number): number {
  const text = env[name]
  if (text === undefined || text === '') return otherwise
  if (!/^\d{1,12}$/.test(text))
    throw new SettingProblem(`${name} must be a whole number, not "${text}".`)
  return Number(text)
}

/** What day it is, for the server and for commands beside it. Throws `SettingProblem`. */
export const serviceZone = (env: Environment): string => zoneIn(env, 'GABLE_ZONE', usualZone)

function zoneIn(env: Environment, name: string, otherwise: string): string {
  const zone = env[name] || otherwise
  if (isZone(zone)) return zone
  throw new SettingProblem(`${name} must be a time zone such as Europe/London, not "${zone}".`)
}

function originIn(env: Environment): string | undefined {
  const text = env['GABLE_ORIGIN']
  if (!text) return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isSafe =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
  if (!url || !isSafe || url.href !== `${url.origin}/`) {
    throw new SettingProblem(
      `GABLE_ORIGIN is the address browsers use for Gable, such as https://gable.example, not "${text}".`,
    )
  }
  return url.origin
}
