import * as v from 'valibot'
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
  /** time zone of hospitals whose messages give none */
  hl7Zone: string
  /** who to contact when signing in does not work */
  contact?: string
  /** the address of this server for browsers, if it is behind a proxy; that proxy's client addresses are then trusted */
  origin?: string
  maxBody: number
  limits: Limits
  /** requests of one user that are handled at once */
  callsEach: number
  /** a request must be complete within this time, or is refused with 408 */
  requestMs: number
  /** a request is answered within this time, or with 503 */
  callMs: number
  /** the database cancels a reader's statement after this time */
  statementMs: number
  /** how long it still accepts new requests, as not ready, before it stops */
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

const text = v.optional(v.string())
const whole = (otherwise: number, most = 999_999_999_999) =>
  v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,12}$/, 'must be a whole number'),
      v.transform(Number),
      v.maxValue(most, `must be a whole number up to ${most}`),
    ),
    `${otherwise}`,
  )
const zone = v.optional(
  v.pipe(v.string(), v.check(isZone, 'must be a time zone such as Europe/London')),
)
const origin = v.optional(
  v.pipe(
    v.string(),
    v.check(isSafeOrigin, 'is the address browsers use for Gable, such as https://gable.example'),
    v.transform((address) => new URL(address).origin),
  ),
)

const environment = v.object({
  PORT: whole(8080, 65_535),
  GABLE_HOST: v.optional(v.string(), '127.0.0.1'),
  GABLE_DEMO: v.optional(v.picklist(['0', '1'], 'must be 1 for a demonstration, or 0'), '0'),
  GABLE_PEOPLE: whole(5_000),
  GABLE_ZONE: zone,
  GABLE_HL7_ZONE: zone,
  GABLE_CONTACT: text,
  GABLE_ORIGIN: origin,
  GABLE_MAX_BODY: whole(50_000_000),
  GABLE_RATE: whole(200),
  GABLE_RATE_ADDRESS: whole(1_000),
  GABLE_RATE_SIGN_IN: whole(20),
  GABLE_STREAMS_EACH: whole(20),
  GABLE_STREAMS: whole(2_000),
  GABLE_CALLS_EACH: whole(6),
  GABLE_REQUEST_SECONDS: whole(60),
  GABLE_CALL_SECONDS: whole(60),
  GABLE_STATEMENT_SECONDS: whole(15),
  GABLE_STOP_DELAY_SECONDS: whole(0),
})

/**
 * The settings, checked. Throws `SettingProblem`, which names everything that is wrong; an empty setting counts as not
 * set.
 */
function readEnvironment<S extends v.GenericSchema>(shape: S, env: Environment): v.InferOutput<S> {
  const given = Object.entries(env).filter(([, said]) => said !== undefined && said !== '')
  const read = v.safeParse(shape, Object.fromEntries(given))
  if (read.success) return read.output
  const faults = read.issues.map(
    ({ path, message, input }) => `${path?.[0]?.key} ${message}, not "${input}".`,
  )
  throw new SettingProblem(faults.join('\n'))
}

export function settingsFrom(env: Environment): Settings {
  const said = readEnvironment(environment, env)
  const demo = said.GABLE_DEMO === '1'
  if (demo) mustStayHere(said.GABLE_HOST, said.GABLE_ORIGIN)
  const here = said.GABLE_ZONE ?? usualZone
  return {
    port: said.PORT,
    host: said.GABLE_HOST,
    demo,
    people: said.GABLE_PEOPLE,
    zone: here,
    hl7Zone: said.GABLE_HL7_ZONE ?? here,
    ...(said.GABLE_ORIGIN ? { origin: said.GABLE_ORIGIN } : {}),
    ...(said.GABLE_CONTACT ? { contact: said.GABLE_CONTACT } : {}),
    maxBody: said.GABLE_MAX_BODY,
    limits: {
      perCredential: said.GABLE_RATE,
      perAddress: said.GABLE_RATE_ADDRESS,
      signInsPerAddress: said.GABLE_RATE_SIGN_IN,
      streamsEach: said.GABLE_STREAMS_EACH,
      streams: said.GABLE_STREAMS,
    },
    callsEach: Math.max(1, said.GABLE_CALLS_EACH),
    requestMs: said.GABLE_REQUEST_SECONDS * 1_000,
    callMs: said.GABLE_CALL_SECONDS * 1_000,
    statementMs: said.GABLE_STATEMENT_SECONDS * 1_000,
    stopDelayMs: said.GABLE_STOP_DELAY_SECONDS * 1_000,
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

/** The time zone, for the server and for commands beside it. Throws `SettingProblem`. */
export const serviceZone = (env: Environment): string =>
  readEnvironment(v.object({ GABLE_ZONE: zone }), env).GABLE_ZONE ?? usualZone

function isSafeOrigin(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined
  const isSafe =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
  return isSafe && url.href === `${url.origin}/`
}
