import { type Actor, isStaff } from '#domain/access/actor.ts'

type Opens = (actor: Actor) => boolean

const isAtHome: Opens = ({ role }) => role === 'person' || role === 'carer'
const isAdmin: Opens = ({ role }) => role === 'admin'
const staffOrAdmin: Opens = (actor) => isStaff(actor) || isAdmin(actor)
const isManager: Opens = ({ role }) => role === 'manager'

/** The roles of a page, by its address or the first part of it. Not listed: pages that decide themselves. */
const opens: Readonly<Record<string, Opens>> = {
  my: isAtHome,
  // for anybody who holds the link, signed in or not
  card: () => true,
  today: isStaff,
  find: staffOrAdmin,
  'find/population': (actor) => staffOrAdmin(actor) || isManager(actor),
  'find/feeds': (actor) => staffOrAdmin(actor) || isManager(actor),
  'find/programmes': (actor) => staffOrAdmin(actor) || isManager(actor),
  'find/gaps': (actor) => staffOrAdmin(actor) || isManager(actor),
  'find/roster': (actor) => staffOrAdmin(actor) || isManager(actor),
  'find/rules': (actor) => staffOrAdmin(actor) || isManager(actor),
  insight: (actor) => staffOrAdmin(actor) || isManager(actor),
  'insight/work': (actor) => isAdmin(actor) || isManager(actor),
  'insight/tried': (actor) => staffOrAdmin(actor) || isManager(actor),
  'insight/unmet': (actor) => staffOrAdmin(actor) || isManager(actor),
  'insight/agreement': (actor) => isAdmin(actor) || isManager(actor),
  'insight/evaluation': (actor) => staffOrAdmin(actor) || isManager(actor),
  caseload: isStaff,
  tasks: isStaff,
  meetings: isStaff,
  cover: (actor) => isStaff(actor) || isManager(actor),
  messages: isStaff,
  diary: isStaff,
  services: (actor) => staffOrAdmin(actor) || isManager(actor),
  'social-care': isStaff,
  'find/referrals': isStaff,
  'find/in-hospital': isStaff,
  emergency: isStaff,
  waiting: isStaff,
  people: staffOrAdmin,
}

/** Whether a role has the page at an address. The server decides its content; this avoids a page that cannot work. */
export function hasRouteAccess(actor: Actor, path: string): boolean {
  const [, first = '', second = ''] = path.split('/')
  const isTheirs = opens[`${first}/${second}`] ?? opens[first] ?? ((each) => !isAtHome(each))
  return isTheirs(actor)
}
