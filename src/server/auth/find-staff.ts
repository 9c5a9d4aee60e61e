import type { Organization, Practitioner, PractitionerRole } from '@medplum/fhirtypes'
import type { Actor } from '#domain/access/actor.ts'
import { roleOfCode } from '#domain/access/role-code.ts'
import { dayIn } from '#domain/calendar/zone.ts'
import { odsCodeSystem } from '#domain/fhir/codes.ts'
import { nameInWords } from '#domain/person/shown-name.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import type { Store } from '#server/store/store.ts'
import type { Subject } from './claims.ts'
import { type Deps, isWithinPeriod, matchesRecord, type NoActor } from './record-match.ts'

type Post = Readonly<{
  practitioner: Practitioner & { id: string }
  organisation: Organization & { id: string }
  role: NonNullable<ReturnType<typeof roleOfCode>>
}>

/**
 * A member of staff with a PractitionerRole that is valid today, has one of our role codes and leads to an organisation
 * in use. A Practitioner without such a role is nobody here, so a second record with the same identifier changes
 * nothing.
 */
export async function findStaff(subject: Subject, deps: Deps): Promise<Actor | NoActor> {
  const today = dayIn(deps.zone, deps.now)
  const practitioners = await practitionersOf(subject, deps.store, today)
  if (practitioners.length === 0) return 'no-record'
  const posts: Post[] = []
  for (const each of practitioners) posts.push(...(await postsOf(each, deps)))
  const here = posts.filter(({ organisation }) =>
    isMeant(organisation, subject.organisation, today),
  )
  const [post] = here
  if (!post) return 'no-role'
  if (here.some((each) => each.practitioner.id !== post.practitioner.id)) return 'several-records'
  if (here.some((each) => each.organisation.id !== post.organisation.id)) return 'several-roles'
  return actorIn(post, subject.identity, today)
}

function actorIn(
  { practitioner, organisation, role }: Post,
  identity: string,
  today: string,
): Actor {
  return {
    identity,
    name: nameInWords(practitioner.name, today),
    role,
    practitioner: practitioner.id,
    organisation: organisation.id,
    organisationName: organisation.name ?? '',
  }
}

function isMeant(organisation: Organization, code: string | undefined, today: string): boolean {
  return (
    code === undefined || matchesRecord(organisation, { system: odsCodeSystem, value: code }, today)
  )
}

async function practitionersOf(
  { staff = '', staffSystem = '' }: Subject,
  store: Store,
  today: string,
): Promise<readonly (Practitioner & { id: string })[]> {
  const query = new URLSearchParams({
    identifier: `${staffSystem}|${escaped(staff)}`,
    _count: '20',
  })
  const found = (await store.search('Practitioner', query, everyone)).matches as Practitioner[]
  return found.filter(
    (each): each is Practitioner & { id: string } =>
      each.id !== undefined &&
      each.active !== false &&
      matchesRecord(each, { system: staffSystem, value: staff }, today),
  )
}

async function postsOf(
  practitioner: Practitioner & { id: string },
  { store, ...clock }: Deps,
): Promise<readonly Post[]> {
  const query = new URLSearchParams({
    practitioner: `Practitioner/${practitioner.id}`,
    _count: '100',
  })
  const found = (await store.search('PractitionerRole', query, everyone)).matches
  const posts: Post[] = []
  for (const each of found as PractitionerRole[]) {
    const isHeld = each.active !== false && isWithinPeriod(each.period, clock)
    const role = isHeld ? roleOfCode(each.code) : undefined
    const organisation = role && (await organisationOf(each, store))
    if (role && organisation) posts.push({ practitioner, organisation, role })
  }
  return posts
}

async function organisationOf(
  { organization }: PractitionerRole,
  store: Store,
): Promise<(Organization & { id: string }) | undefined> {
  const id = /^Organization\/([^/]+)$/.exec(organization?.reference ?? '')?.[1]
  const found = id ? (await store.read('Organization', id, everyone))?.resource : undefined
  if (!id || found?.resourceType !== 'Organization' || found.active === false) return undefined
  return { ...found, id }
}

/** A search value with commas, dollars and bars escaped. */
const escaped = (text: string): string => text.replace(/[\\,$|]/g, '\\$&')
