import type { Patient } from '@medplum/fhirtypes'
import { ageOn } from '#domain/calendar/age.ts'
import { dayIn } from '#domain/calendar/zone.ts'
import {
  type CardOpener,
  type CardOpening,
  cardOpenerIn,
  cardOpeningToFhir,
} from '#domain/card/card-opening.ts'
import { cardOpeningRequest, forStranger, openedCard } from '#domain/card/opened-card.ts'
import { deathIn } from '#domain/person/death.ts'
import { isInUse } from '#domain/person/joined.ts'
import { type AuditEntry, writeAuditLog } from '#server/audit/audit-log.ts'
import { mustNotBeForeign } from '#server/auth/credential.ts'
import { parseJson } from '#server/http/read-json.ts'
import { resourceResponse } from '#server/http/responses.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import { FhirProblem } from '#server/problem.ts'
import type { Sql } from '#server/store/sql.ts'
import type { Store } from '#server/store/store.ts'
import { readEssentials } from '#server/worse/read-essentials.ts'
import { cardLinkBy, countCardOpening, type StoredCardLink } from './card-links.ts'
import { cardScope } from './card-scope.ts'

const openCardWay = '$open-emergency-card'

/**
 * How often one link opens in an hour, and how many of these openings raise an alarm of their own: somebody who helps is not
 * kept out by who came before. Wrong tokens are answered so often in a minute, from everywhere.
 */
const mostOpenings = 60
const mostAlarms = 5
const mostRefused = 300
/** Refused tries in an hour of which the person is told: a list that somebody fills says nothing any more. */
const mostTold = 5

type Services = Readonly<{ store: Store; now: () => Date; zone: string }>
type Said = Readonly<{ token: string; name: string; role: CardOpener; words: string; from: string }>
type Inside = Readonly<{ store: Store; sql: Sql; now: Date; zone: string; said: Said }>

/**
 * Opens an emergency card by its link, for somebody who is not signed in: only what to know first, after they said who they
 * are. Each opening is in the audit log and on the team’s list. An unknown, stopped or expired link gives the same answer
 * after the same steps. No session, no cookie; the token is in the body, never in an address.
 */
export async function openCard(request: Request, url: URL, services: Services): Promise<Response> {
  if (request.method !== 'POST')
    throw new FhirProblem(405, 'not-supported', 'A card is opened by POST', {
      headers: { Allow: 'POST' },
    })
  mustNotBeForeign(request, url)
  const said = saidIn(request, parseJson(await request.text()))
  const { store, zone } = services
  const now = services.now()
  const answer = await store.transaction(
    async (inner, sql) => await opened({ store: inner, sql, now, zone, said }),
  )
  if (answer instanceof FhirProblem) throw answer
  return answer
}

/** Checked before the token is looked at: what is missing says nothing about it. */
function saidIn(request: Request, body: unknown): Said {
  const asked = askedParameters({ body: body as never }, cardOpeningRequest)
  const name = plain(asked.name, 100)
  const words = plain(asked.why, 300)
  const role = cardOpenerIn(asked.role)
  if (!name || !words || !role)
    throw new FhirProblem(400, 'required', 'Say who you are, your role, and why you open the card')
  const from = request.headers.get('gable-network') ?? ''
  return { token: asked.token.slice(0, 100), name, role, words, from: from.slice(0, 20) }
}

/** Nothing that hides, breaks or turns round a line in a list. */
const plain = (text: string, longest: number) =>
  text
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, longest)
    // half of a character, cut or sent, is stored in no text
    .toWellFormed()

/** Returns the refusal, so that its audit entry is not lost with the transaction. */
async function opened(inside: Inside): Promise<Response | FhirProblem> {
  const { sql, now, said } = inside
  const link = await cardLinkBy(sql, said.token, now)
  const [identity, most, minutes] =
    link?.state === 'open'
      ? [`card:${link.id}`, mostOpenings, 60]
      : ['card:refused', mostRefused, 1]
  await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [identity])
  const tried = await triedOf(inside, identity, minutes)
  if (tried >= most) return tooOften(minutes)
  // each refused token takes the same steps: the person is looked up for an unknown or stopped one too
  const patient = await patientBehind(inside, link)
  const found = patient && link && (await essentialsBehind(inside, link, patient))
  const toldAlready = await refusedAbout(inside, link?.person ?? '')
  if (!link || !found) {
    const person = toldAlready < mostTold ? link?.person : undefined
    await noted(inside, { identity: 'card:refused', person, allowed: false })
    return noSuchCard()
  }
  const alarm = tried < mostAlarms ? [`Flag/${await keepAlarm(inside, link)}`] : []
  await countCardOpening(sql, link.id, now)
  await noted(inside, {
    ...{ identity, person: link.person, allowed: true },
    touched: [...found.names, ...alarm],
  })
  return resourceResponse(openedCard.write(found.card))
}

async function triedOf({ sql, now }: Inside, identity: string, minutes: number): Promise<number> {
  const { rows } = await sql.query<{ tries: number }>(
    'select count(*)::int as tries from audit where identity = $1 and way = $2 and at > $3::timestamptz',
    [identity, openCardWay, new Date(now.getTime() - minutes * 60_000).toISOString()],
  )
  return rows[0]?.tries ?? 0
}

/** Found by the time and not by the person: the length of somebody’s audit log tells nothing. */
async function refusedAbout({ sql, now }: Inside, person: string): Promise<number> {
  const { rows } = await sql.query<{ tries: number }>(
    `select count(*) filter (where persons @> array[$1])::int as tries
     from audit where identity = 'card:refused' and way = $3 and at > $2::timestamptz`,
    [person, new Date(now.getTime() - 3_600_000).toISOString(), openCardWay],
  )
  return rows[0]?.tries ?? 0
}

const nobody = 'nobody'

/**
 * Undefined for a link that does not work, and once the person has died, or the record was joined to another: whose card
 * it is then is not certain.
 */
async function patientBehind({ store }: Inside, link: StoredCardLink | undefined) {
  const person = link?.person ?? nobody
  const patient = (await store.read('Patient', person, cardScope(person)))?.resource as
    | Patient
    | undefined
  if (link?.state !== 'open' || !patient || deathIn(patient) || !isInUse(patient)) return undefined
  return patient
}

async function essentialsBehind(
  { sql, now, zone }: Inside,
  { person, illnesses, matters }: StoredCardLink,
  patient: Patient,
) {
  const scope = cardScope(person)
  const today = dayIn(zone, now)
  const found = await readEssentials({ sql, scope, now, today, person })
  return (
    found && {
      names: found.names,
      card: {
        ...forStranger(found.essentials, { illnesses, matters }),
        age: ageOn(patient.birthDate, today) ?? 0,
      },
    }
  )
}

/** The team is told as of any other emergency opening, until somebody has checked it. */
async function keepAlarm(
  { store, now, said }: Inside,
  { person }: StoredCardLink,
): Promise<string> {
  const opening: CardOpening = {
    ...{ id: crypto.randomUUID(), person, name: said.name, role: said.role, words: said.words },
    ...{ at: now.toISOString(), alert: true },
  }
  await store.write({ resource: cardOpeningToFhir(opening), expect: 'absent' })
  return opening.id
}

type Noted = Readonly<{
  identity: string
  person: string | undefined
  allowed: boolean
  touched?: readonly string[]
}>

async function noted(
  { sql, now, said }: Inside,
  { identity, person, allowed, touched = [] }: Noted,
) {
  const from = said.from ? ` (${said.from})` : ''
  const entry: AuditEntry = {
    ...{ at: now, act: 'E', way: openCardWay, allowed },
    actor: { identity, name: said.name, role: 'unknown' },
    why: `${said.role}: ${said.words}${from}`,
    what: new Map(person ? [[person, [`Patient/${person}`, ...touched]] as const] : []),
  }
  await writeAuditLog(sql, [entry])
}

const noSuchCard = () =>
  new FhirProblem(404, 'not-found', 'This link does not open a card. It may have been stopped')

const tooOften = (minutes: number) =>
  new FhirProblem(429, 'throttled', 'Too many tries. Wait a while', {
    headers: { 'Retry-After': String(minutes * 60) },
  })
